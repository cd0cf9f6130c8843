package import Failures

/// Why the embedding model cannot be loaded or run.
package struct EmbeddingFailure: Failure {
    package enum Kind: Sendable, Equatable {
        /// One of the model's files is not there, or may not be read.
        case missingModel
        /// A file is there, and is not what this code can read.
        case damagedModel
        /// The matrix library refused.
        case computation
    }

    package var kind: Kind
    /// What exactly is wrong; for the log and for `lm doctor`.
    package var reason: String

    package init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    package var code: FailureCode {
        switch kind {
        case .missingModel, .damagedModel: .unavailable
        case .computation: .internal
        }
    }

    package var message: String {
        switch kind {
        case .missingModel: "The embedding model is not installed. `make setup` installs it."
        case .damagedModel: "The embedding model's files are damaged. Delete them and run `make setup` again."
        case .computation: "The embedding model failed."
        }
    }

    package var underlying: (any Error)? { Reason(text: reason) }

    private struct Reason: Error, CustomStringConvertible {
        var text: String
        var description: String { text }
    }
}
