/// A setting whatever the type of its value: what lists and checks of settings ask.
package protocol AnySetting: Sendable {
    var name: String { get }
    /// What a good value looks like.
    var form: String { get }
    var purpose: String { get }
    var isSecret: Bool { get }

    /// The value as a person would write it. Throws if it cannot be read.
    func text(in source: SettingsSource) throws(SettingsFailure) -> String
}

extension Setting: AnySetting {
    package func text(in source: SettingsSource) throws(SettingsFailure) -> String { Self.text(try source.value(self)) }

    private static func text(_ value: some Any) -> String {
        switch value {
        case let flag as Bool: flag ? "on" : "off"
        case let text as String?: text ?? ""
        case let list as [String]: list.joined(separator: ",")
        case let raw as any RawRepresentable: "\(raw.rawValue)"
        default: "\(value)"
        }
    }
}
