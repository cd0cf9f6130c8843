import Failures

/// The program cannot start, and what to do about it.
struct StartFailure: Failure {
    let message: String
    let underlying: (any Error)?
    var code: FailureCode { .unavailable }

    init(_ failure: any Failure, remedy: String) {
        message = "\(failure.message) \(remedy)"
        underlying = failure
    }
}
