package import Failures

/// A key file that cannot be used, a hash that cannot be made, or too many sign-ins at once.
package struct CryptographyFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let retryAfter: Duration?
    package let underlying: (any Error)?

    package init(_ code: FailureCode, _ message: String, retryAfter: Duration? = nil, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
        self.underlying = underlying
    }
}
