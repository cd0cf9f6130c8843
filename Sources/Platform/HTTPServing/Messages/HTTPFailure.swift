package import Failures
package import HTTPMessages

/// What HTTP itself refuses: framing, limits, routes that are not there.
package struct HTTPFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]
    package let retryAfter: Duration?
    /// Go with the answer: `Allow`, `Content-Range`.
    package let headers: HTTPHeaders

    package init(
        _ code: FailureCode, _ message: String, details: [String: String] = [:], retryAfter: Duration? = nil,
        headers: HTTPHeaders = [:]
    ) {
        self.code = code
        self.message = message
        self.details = details
        self.retryAfter = retryAfter
        self.headers = headers
    }
}
