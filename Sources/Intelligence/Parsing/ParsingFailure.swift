package import Failures

/// Why the parser's model cannot be loaded.
package struct ParsingFailure: Failure {
    package enum Kind: Sendable, Equatable {
        /// One of the model's files is not there, or may not be read.
        case missingModel
        /// A file is there, and is not what this code can read.
        case damagedModel
    }

    package var kind: Kind
    /// What exactly is wrong; for the log and for `lm doctor`.
    package var reason: String

    package init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    package var code: FailureCode { .unavailable }

    package var message: String {
        switch kind {
        case .missingModel: "The parser's model is not installed. `make setup` installs it."
        case .damagedModel: "The parser's files are damaged. Delete them and run `make setup` again."
        }
    }

    package var underlying: (any Error)? { Reason(text: reason) }

    private struct Reason: Error, CustomStringConvertible {
        var text: String
        var description: String { text }
    }
}
