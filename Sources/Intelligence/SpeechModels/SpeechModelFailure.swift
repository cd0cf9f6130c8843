package import Failures

/// Why a speech model cannot be used.
package enum SpeechModelFailure: Failure, Equatable {
    /// Its bytes are not what they should be.
    case damaged(String)
    /// It could not be fetched; another try may succeed.
    case unreachable(String)
    /// There is no room for it, or it cannot be written.
    case unwritable(String)

    package var code: FailureCode {
        switch self {
        case .damaged: .unprocessable
        case .unreachable: .unavailable
        case .unwritable: .insufficientStorage
        }
    }

    package var message: String {
        switch self {
        case .damaged(let what): "The model is not what it should be: \(what)."
        case .unreachable(let why): "It could not be fetched: \(why). Is there a network?"
        case .unwritable(let why): "It could not be stored: \(why)."
        }
    }
}
