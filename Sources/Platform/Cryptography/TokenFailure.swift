package import Failures

/// Why an access token is not accepted. The caller is told only whether signing in again will help, which it always does.
package enum TokenFailure: Failure, Hashable, CaseIterable {
    /// Not three parts of base64url, or not the JSON expected.
    case malformed
    /// The header asks for another algorithm than the one that we sign with, or for an extension.
    case algorithm
    /// Signed with a key that this installation does not (or no longer) know.
    case unknownKey
    case signature
    case issuer
    case audience
    case expired
    case notYetValid

    package var code: FailureCode { .unauthenticated }

    package var message: String {
        switch self {
        case .expired: "The access token has expired."
        default: "The access token is not valid."
        }
    }

    package var description: String { "\(code.rawValue): access token: \(reason)" }

    private var reason: String {
        switch self {
        case .malformed: "malformed"
        case .algorithm: "algorithm"
        case .unknownKey: "unknown key"
        case .signature: "signature"
        case .issuer: "issuer"
        case .audience: "audience"
        case .expired: "expired"
        case .notYetValid: "not yet valid"
        }
    }
}
