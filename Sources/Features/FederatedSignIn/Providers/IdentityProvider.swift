import FoundationEssentials
import OpenID
import Telemetry

/// A service that people have accounts at, as this installation signs them in by it.
protocol IdentityProvider: Sendable {
    /// In addresses and in the database: `google`, `university`.
    var name: String { get }
    /// As people know it.
    var title: String { get }

    var logger: Logger { get }

    /// Where a browser is sent to.
    func address(for request: AuthorizationRequest) async throws -> String

    /// Who came back. Throws `FederatedSignInFailure` where the answer is not to be believed, or the provider cannot be asked.
    func identity(for answer: AuthorizationAnswer) async throws -> ProvenIdentity
}

/// How each provider tells that it cannot be asked, or is not believed: the reason to the log, never to who asks.
extension IdentityProvider {
    func asked<Value>(_ body: () async throws(OpenIDFailure) -> Value) async throws(FederatedSignInFailure) -> Value {
        do throws(OpenIDFailure) { return try await body() } catch {
            logger.warning("an identity provider cannot be asked", ["provider": name, "reason": error.reason])
            if case .untrusted = error { throw .notBelieved(title) }
            throw .down(title)
        }
    }

    func refusal(_ reason: String) -> FederatedSignInFailure {
        logger.warning("an identity provider's answer is not believed", ["provider": name, "reason": reason])
        return .notBelieved(title)
    }
}

/// What a browser takes to a provider.
struct AuthorizationRequest: Sendable {
    let redirectAddress: String
    let state: String
    let nonce: String
    /// Its digest is sent along; it is shown when the code is traded (RFC 7636).
    let verifier: String
    /// They are to sign in there anew, or to choose whom as.
    var isDeliberate = false
}

/// What a browser brought back, with what was kept of the way there.
struct AuthorizationAnswer: Sendable {
    let code: String
    /// Who says that they answered (RFC 9207).
    let issuer: String?
    let redirectAddress: String
    let nonce: String
    let verifier: String
}

/// Somebody as a provider vouches for them.
struct ProvenIdentity: Sendable, Hashable {
    /// With `subject` the one thing that tells a person from all others; an address never does.
    let issuer: String
    let subject: String
    let email: String?
    /// nil where the provider does not say.
    let isEmailVerified: Bool?
    let displayName: String?
    /// When they last showed the provider who they are; nil where it does not say.
    var authenticatedAt: Date?
}
