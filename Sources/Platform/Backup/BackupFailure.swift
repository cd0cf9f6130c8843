package import Failures

/// A back-up cannot be made, read or put back. What it says is for whoever runs the server, and may name folders.
package struct BackupFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let underlying: (any Error)?

    package init(_ code: FailureCode, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    static func damaged(_ what: String) -> BackupFailure { BackupFailure(.unprocessable, "The back-up is damaged: \(what).") }
}
