package import Failures

/// What HTTP itself refuses: framing, limits, routes that are not there.
package struct HTTPFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]
    package let retryAfter: Duration?

    package init(_ code: FailureCode, _ message: String, details: [String: String] = [:], retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.details = details
        self.retryAfter = retryAfter
    }
}
