package import Failures

/// Named values from the environment, over those of a file, over defaults. One that is empty counts as unset.
package struct SettingsSource: Sendable {
    private let environment: [String: String]
    private let file: [String: String]
    /// Of the file, where there is one.
    package let path: String?

    package init(environment: [String: String], file: [String: String] = [:], path: String? = nil) {
        self.environment = environment
        self.file = file
        self.path = path
    }

    /// Reads `KEY=value` lines, ended as Linux or Windows ends them; `#` starts a comment line; quotes around a value are dropped.
    package static func parse(file text: String, name: String) throws(SettingsFailure) -> [String: String] {
        var values: [String: String] = [:]
        for (number, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = raw.trimmed
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let equals = line.firstIndex(of: "="), equals > line.startIndex else {
                throw SettingsFailure(setting: "\(name):\(number + 1)", reason: "is not of the form NAME=value")
            }
            var value = line[line.index(after: equals)...].trimmed
            if value.count >= 2, let quote = value.first, quote == "\"" || quote == "'", value.last == quote {
                value = value.dropFirst().dropLast()
            }
            values[String(line[..<equals].trimmed)] = String(value)
        }
        return values
    }

    /// The raw text of a setting; nil if it is unset or empty.
    package func text(_ name: String) -> String? {
        [environment[name], file[name]].lazy.compactMap { $0 }.first { !$0.isEmpty }
    }

    /// The names that are set, in the environment as far as they begin with `prefix`.
    package func names(prefix: String) -> Set<String> { Set(environment.keys.filter { $0.hasPrefix(prefix) }).union(file.keys) }

    /// The value of a setting, or its default.
    package func value<Value>(_ setting: Setting<Value>) throws(SettingsFailure) -> Value {
        guard let text = text(setting.name) else { return setting.fallback }
        guard let value = setting.parse(text) else {
            throw SettingsFailure(setting: setting.name, reason: "must be \(setting.form)")
        }
        return value
    }

    /// Where a setting's value comes from.
    package func origin(_ name: String) -> String {
        if let value = environment[name], !value.isEmpty { return "environment" }
        if let value = file[name], !value.isEmpty { return "file" }
        return "default"
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = self
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}

/// A setting's value cannot be used.
package struct SettingsFailure: Failure {
    package let setting: String
    package let reason: String

    package init(setting: String, reason: String) {
        self.setting = setting
        self.reason = reason
    }

    package var code: FailureCode { .validationFailed }
    package var message: String { "\(setting) \(reason)." }
    package var details: [String: String] { [setting: reason] }
}
