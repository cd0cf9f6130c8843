package import Failures

/// What the queue itself says no with.
package struct JobFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let underlying: (any Error)?

    package init(_ code: FailureCode, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    static let notFound = JobFailure(.notFound, "There is no such job.")
    static let timedOut = JobFailure(.requestTimeout, "It took too long.")
    /// Somebody else runs the job now, or it was ended: what this attempt does must not be kept.
    static let leaseLost = JobFailure(.cancelled, "The job is not this worker's any more.")
}
