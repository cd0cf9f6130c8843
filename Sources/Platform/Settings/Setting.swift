/// One named setting: what it is for, how its text is read, and what holds when it is unset.
package struct Setting<Value: Sendable>: Sendable {
    /// The environment variable, `LM_PORT`.
    package let name: String
    package let fallback: Value
    /// What a good value looks like: `a whole number from 1 to 65535`.
    package let form: String
    /// One sentence for `lm settings`.
    package let purpose: String
    /// Whether its value is masked wherever settings are shown.
    package let isSecret: Bool
    let parse: @Sendable (String) -> Value?

    package init(
        _ name: String, default fallback: Value, form: String, purpose: String, isSecret: Bool = false,
        parse: @escaping @Sendable (String) -> Value?
    ) {
        self.name = name
        self.fallback = fallback
        self.form = form
        self.purpose = purpose
        self.isSecret = isSecret
        self.parse = parse
    }
}

extension Setting where Value == String {
    package static func text(_ name: String, default fallback: String, purpose: String, isSecret: Bool = false) -> Self {
        Setting(name, default: fallback, form: "text", purpose: purpose, isSecret: isSecret) { $0 }
    }
}

extension Setting where Value == String? {
    package static func optionalText(_ name: String, purpose: String, isSecret: Bool = false) -> Self {
        Setting(name, default: nil, form: "text", purpose: purpose, isSecret: isSecret) { .some($0) }
    }
}

extension Setting where Value == Int {
    package static func integer(_ name: String, default fallback: Int, in range: ClosedRange<Int>, purpose: String) -> Self {
        Setting(
            name, default: fallback, form: "a whole number from \(range.lowerBound) to \(range.upperBound)", purpose: purpose
        ) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }
}

extension Setting where Value == Bool {
    package static func flag(_ name: String, default fallback: Bool, purpose: String) -> Self {
        Setting(name, default: fallback, form: "on or off", purpose: purpose) { text in
            switch text.lowercased() {
            case "on", "true", "1", "yes": true
            case "off", "false", "0", "no": false
            default: nil
            }
        }
    }
}
