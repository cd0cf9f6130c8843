package import Failures

/// Vectors that do not fit the index.
package struct VectorFailure: Failure {
    /// What does not fit; for the log.
    package var reason: String

    package init(_ reason: String) { self.reason = reason }

    package var code: FailureCode { .internal }
    package var message: String { "The search index cannot take these vectors." }
    package var underlying: (any Error)? { Reason(text: reason) }

    private struct Reason: Error, CustomStringConvertible {
        var text: String
        var description: String { text }
    }
}
