import Ambient
import FoundationEssentials
import Glibc

/// Where log lines go, in which form, and from which level on.
package struct LogSink: Sendable {
    package enum Format: String, Sendable, CaseIterable {
        /// For a person at a terminal.
        case text
        /// One JSON object a line, for a collector.
        case json
    }

    private let minimum: LogLevel
    private let format: Format
    private let write: @Sendable (String) -> Void
    private let muted: Bool

    package init(minimum: LogLevel, format: Format = .text, write: @escaping @Sendable (String) -> Void, muted: Bool = false) {
        self.minimum = minimum
        self.format = format
        self.write = write
        self.muted = muted
    }

    /// Standard error, one `write` a line, so lines of several threads never mix.
    package static func standardError(minimum: LogLevel, format: Format) -> LogSink {
        LogSink(minimum: minimum, format: format) { line in
            var line = line
            line.withUTF8 { bytes in
                var rest = UnsafeRawBufferPointer(bytes)
                while let base = rest.baseAddress, rest.count > 0 {
                    let written = Glibc.write(STDERR_FILENO, base, rest.count)
                    if written < 0, errno == EINTR { continue }
                    if written <= 0 { return }
                    rest = UnsafeRawBufferPointer(rebasing: rest[written...])
                }
            }
        }
    }

    package func accepts(_ level: LogLevel) -> Bool { !muted && level >= minimum }

    func emit(_ level: LogLevel, label: String, message: String, metadata: Logger.Metadata) {
        let time = Timestamp.text(Date())
        let pairs = metadata.sorted { $0.key < $1.key }
        switch format {
        case .text:
            var line = "\(time) \(level.rawValue.uppercased()) \(label): \(message)"
            for (key, value) in pairs { line += " \(key)=\(plain(value))" }
            write(line + "\n")
        case .json:
            var line =
                "{\"timestamp\":\"\(time)\",\"level\":\"\(level.rawValue)\",\"service\":\(quoted(label)),\"message\":\(quoted(message))"
            for (key, value) in pairs { line += ",\(quoted(key)):\(quoted(value))" }
            write(line + "}\n")
        }
    }

    /// A value as a person reads it: on one line, in quotes where it would look like several values, and without the control characters
    /// by which text from outside could change what a terminal shows.
    private func plain(_ value: String) -> String {
        let line = value.contains(where: \.isNewline) ? value.split(whereSeparator: \.isNewline).joined(separator: " | ") : value
        var out = ""
        var needsQuotes = line.isEmpty
        for scalar in line.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format: out += "\\u{\(String(scalar.value, radix: 16))}"
            default:
                if scalar == "\"" { out += "\\" }
                if scalar == " " || scalar == "=" || scalar == "\"" { needsQuotes = true }
                out.unicodeScalars.append(scalar)
            }
        }
        return needsQuotes ? "\"\(out)\"" : out
    }

    private func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
