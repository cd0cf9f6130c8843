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
    private var manner: Manner

    private enum Manner {
        /// Addresses and tokens are taken out of the values.
        case masked
        case plain
        case silent
    }

    package init(minimum: LogLevel, format: Format = .text, write: @escaping @Sendable (String) -> Void, muted: Bool = false) {
        self.minimum = minimum
        self.format = format
        self.write = write
        manner = muted ? .silent : .masked
    }

    /// The same with addresses and tokens.
    var unmasked: LogSink {
        var sink = self
        if manner == .masked { sink.manner = .plain }
        return sink
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

    package func accepts(_ level: LogLevel) -> Bool { manner != .silent && level >= minimum }

    func emit(_ level: LogLevel, label: String, message: String, metadata: Logger.Metadata) {
        let time = Timestamp.text(Date())
        var metadata = metadata
        let service = metadata.removeValue(forKey: Logger.serviceKey) ?? "lm"
        if manner == .masked {
            metadata = Dictionary(uniqueKeysWithValues: metadata.map { ($0.key, LogMask.masked($0.value, named: $0.key)) })
        }
        if let span = Span.current {
            metadata["trace_id"] = span.context.traceID.text
            metadata["span_id"] = span.context.spanText
            if metadata["request_id"] == nil { metadata["request_id"] = span.requestID }
            if metadata["user_id"] == nil { metadata["user_id"] = span.userID?.description }
        }
        let pairs = metadata.sorted { $0.key < $1.key }
        switch format {
        case .text:
            var line = "\(time) \(level.rawValue.uppercased()) \(label): \(message)"
            for (key, value) in pairs { line += " \(key)=\(plain(value))" }
            write(line + "\n")
        case .json:
            var line =
                "{\"timestamp\":\"\(time)\",\"level\":\"\(level.rawValue.uppercased())\",\"service\":\(quoted(service)),"
                + "\"component\":\(quoted(label)),\"message\":\(quoted(message))"
            for (key, value) in pairs { line += ",\(quoted(key)):\(isNumber(value, key) ? value : quoted(value))" }
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

    /// Durations and counts are numbers, so that a collector can compare them.
    private func isNumber(_ value: String, _ key: String) -> Bool {
        guard key.hasSuffix("_ms") || key == "status" || key == "count" || key == "attempt" else { return false }
        guard (1...15).contains(value.utf8.count), value == "0" || value.hasPrefix("0.") || !value.hasPrefix("0") else {
            return false
        }
        let parts = value.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }
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
