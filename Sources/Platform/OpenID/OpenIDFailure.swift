package import Failures

/// Why an issuer's word cannot be had, or not be taken.
package enum OpenIDFailure: Failure, Hashable {
    /// It does not answer, or not as it should.
    case unreachable(String)
    /// What it answers is not to be believed: the reason is for the log alone.
    case untrusted(String)

    package var code: FailureCode { .badGateway }

    package var message: String {
        switch self {
        case .unreachable: "The identity provider does not answer as it should."
        case .untrusted: "What the identity provider answers cannot be believed."
        }
    }

    package var reason: String {
        switch self {
        case .unreachable(let reason), .untrusted(let reason): reason
        }
    }

    package var description: String { "\(code.rawValue): \(message) [\(reason)]" }
}
