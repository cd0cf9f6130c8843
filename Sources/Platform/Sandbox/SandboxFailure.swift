package import Failures

/// A sandboxed program could not be run, or did not end well.
package struct SandboxFailure: Failure {
    package enum Reason: Sendable, Hashable {
        /// No sandbox can be made here; nothing was run.
        case unavailable
        /// The program is not installed.
        case missing
        /// This process may not give it as much of the resource as it needs; nothing was run.
        case limited(SandboxResource)
        /// It ended with this status, not 0.
        case exited(Int32)
        /// It ended by this signal.
        case crashed(Int32)
        case processorTime
        case wallClock
        case memory
        /// It wrote a file beyond the limit.
        case fileSize
        /// It printed more than the limit.
        case output
    }

    package let reason: Reason
    package let program: String
    /// What it or what walls it in wrote to standard error, cut; for the log, and for telling one reason from another.
    package let diagnostics: String

    package init(_ reason: Reason, program: String, diagnostics: String = "") {
        self.reason = reason
        self.program = program
        self.diagnostics = diagnostics
    }

    package var code: FailureCode {
        switch reason {
        case .unavailable, .missing, .limited: .unavailable
        case .exited, .crashed, .processorTime, .wallClock, .memory, .fileSize, .output: .unprocessable
        }
    }

    package var message: String {
        switch reason {
        case .unavailable:
            "Files cannot be read: no sandbox can be made on this machine. `lm doctor` says how to mend it."
        case .missing: "The program \(program) is not installed. `lm doctor` says how to mend it."
        case .limited(let resource):
            "Files cannot be read: the server's own limit of \(resource.setting) is too low. `lm doctor` says how to mend it."
        case .exited, .crashed: "The file could not be read; it may be damaged."
        case .processorTime, .wallClock: "Reading the file took too long."
        case .memory: "Reading the file took too much memory."
        case .fileSize, .output: "The file unpacks to more than is allowed."
        }
    }

    package var description: String {
        "\(code.rawValue): sandbox: \(program): \(reason)\(diagnostics.isEmpty ? "" : ": \(diagnostics)")"
    }
}
