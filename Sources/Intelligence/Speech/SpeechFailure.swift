package import Failures

/// Why something was not spoken, or not written down.
package struct SpeechFailure: Failure {
    package enum Reason: Sendable, Hashable {
        /// An engine or a model is not there, or cannot be used here.
        case missing
        /// It ended by itself, or had to be ended: it took too long.
        case broken
        /// What it was given it cannot take.
        case refused
    }

    package let reason: Reason
    package let code: FailureCode
    package let message: String
    package let underlying: (any Error)?

    package init(_ reason: Reason, _ message: String, underlying: (any Error)? = nil) {
        self.reason = reason
        self.message = message
        self.underlying = underlying
        code =
            switch reason {
            case .missing: .unavailable
            case .broken: .badGateway
            case .refused: .unprocessable
            }
    }
}
