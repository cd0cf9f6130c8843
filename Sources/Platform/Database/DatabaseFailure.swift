package import Failures

/// What a database says no with, in the terms of neither.
package struct DatabaseFailure: Failure {
    package enum Kind: String, Sendable {
        /// A unique or primary key already holds the value.
        case unique
        /// What the row belongs to is not there, or not any more: an account that was removed meanwhile.
        case reference
        /// A NOT NULL or CHECK constraint.
        case constraint
        /// A text holds U+0000, which PostgreSQL cannot store; it came from outside.
        case text
        /// Row-level security or a missing privilege.
        case denied
        /// A deadlock or a serialisation failure: the same transaction may succeed when run again.
        case contention
        /// The server or the file cannot be reached.
        case connection
        /// The database's file is there and is none, or broken.
        case damaged
        /// The disk, or a quota, is full.
        case full
        /// The database's file, its folder or its disk cannot be written.
        case readOnly
        /// The server or the library is older than what the program needs.
        case unsupported
        /// A statement took longer than the database allows.
        case timeout
        /// The task that asked was cancelled.
        case cancelled
        /// A column does not hold what the code expects.
        case decoding
        /// The statement is wrong, or anything else: a fault of ours.
        case statement
    }

    package let kind: Kind
    /// What the database said, for the log.
    package let detail: String
    package let underlying: (any Error)?

    package init(_ kind: Kind, _ detail: String, underlying: (any Error)? = nil) {
        self.kind = kind
        self.detail = detail
        self.underlying = underlying
    }

    package var code: FailureCode {
        switch kind {
        case .unique: .conflict
        case .reference: .notFound
        case .connection, .contention, .damaged, .readOnly, .timeout, .unsupported: .unavailable
        case .cancelled: .cancelled
        case .full: .insufficientStorage
        case .denied: .forbidden
        case .text: .validationFailed
        case .constraint, .decoding, .statement: .internal
        }
    }

    package var message: String {
        switch kind {
        case .unique: "It exists already."
        case .reference: "What this belongs to is gone, perhaps the account itself."
        case .connection: "The database cannot be reached."
        case .damaged: "The database's file is damaged. Put back a copy of the data folder."
        case .unsupported: "The database is too old for the program."
        case .contention: "The database is busy; try again."
        case .full: "The server's disk is full. Its administrator has to make room."
        case .readOnly: "The server cannot write its database. Its administrator has to make it writable again."
        case .timeout: "The database took too long."
        case .cancelled: "It was cancelled."
        case .text: "A text has the character U+0000, which cannot be kept."
        case .denied: "That is not allowed."
        case .constraint, .decoding, .statement: "The database refused the operation."
        }
    }

    package var description: String { "\(code.rawValue): database \(kind.rawValue): \(detail)" }
}
