import Ambient
package import Failures
import FoundationEssentials
import Glibc
import Synchronization

package enum LogLevel: String, Sendable, CaseIterable, Comparable {
    case trace, debug, info, notice, warning, error

    package static func < (a: Self, b: Self) -> Bool {
        guard let left = allCases.firstIndex(of: a), let right = allCases.firstIndex(of: b) else { return false }
        return left < right
    }

    package init(_ severity: FailureSeverity) {
        self =
            switch severity {
            case .debug: .debug
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            }
    }
}

/// Structured log lines: a constant message and what varies beside it as metadata. Secrets and document text never go in.
package struct Logger: Sendable {
    package typealias Metadata = [String: String]

    /// The part of the program that speaks: `jobs`, `http`.
    package let label: String
    /// Goes with every line.
    package var metadata: Metadata
    private var sink: LogSink

    /// Under which `metadata` has the part of the program that the process serves; `lm` if it has none.
    package static let serviceKey = "lm.service"

    package init(label: String, sink: LogSink, metadata: Metadata = [:]) {
        self.label = label
        self.sink = sink
        self.metadata = metadata
    }

    /// Discards everything.
    package static let silent = Logger(label: "", sink: LogSink(minimum: .error, write: { _ in }, muted: true))

    package func labelled(_ label: String) -> Logger { Logger(label: label, sink: sink, metadata: metadata) }

    package func with(_ extra: Metadata) -> Logger {
        var logger = self
        logger.metadata.merge(extra) { $1 }
        return logger
    }

    /// Shows addresses and tokens too: for who asked to see mail in the log instead of having it sent.
    package var unmasked: Logger {
        var logger = self
        logger.sink = sink.unmasked
        return logger
    }

    package func log(_ level: LogLevel, _ message: StaticString, _ extra: @autoclosure () -> Metadata = [:]) {
        guard sink.accepts(level) else { return }
        sink.emit(level, label: label, message: message.description, metadata: metadata.merging(extra()) { $1 })
    }

    package func trace(_ message: StaticString, _ extra: @autoclosure () -> Metadata = [:]) { log(.trace, message, extra()) }
    package func debug(_ message: StaticString, _ extra: @autoclosure () -> Metadata = [:]) { log(.debug, message, extra()) }
    package func info(_ message: StaticString, _ extra: @autoclosure () -> Metadata = [:]) { log(.info, message, extra()) }
    package func notice(_ message: StaticString, _ extra: @autoclosure () -> Metadata = [:]) { log(.notice, message, extra()) }
    package func warning(_ message: StaticString, _ extra: @autoclosure () -> Metadata = [:]) { log(.warning, message, extra()) }
    package func error(_ message: StaticString, _ extra: @autoclosure () -> Metadata = [:]) { log(.error, message, extra()) }

    /// Logs a failure as loud as its code says.
    package func failure(_ message: StaticString, _ error: any Error, _ extra: @autoclosure () -> Metadata = [:]) {
        log(LogLevel(FailureCode(of: error).severity), message, extra().merging(["error": "\(error)"]) { $1 })
    }
}
