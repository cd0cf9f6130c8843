/// Why what an authenticator says is not believed.
package struct WebAuthnFailure: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable {
        /// It is not in the form that the specification has.
        case malformed
        /// It is, and says something else than was asked for, or its signature is not right.
        case untrusted
    }

    package let kind: Kind
    package let reason: String

    static func malformed(_ reason: String) -> WebAuthnFailure { WebAuthnFailure(kind: .malformed, reason: reason) }
    static func untrusted(_ reason: String) -> WebAuthnFailure { WebAuthnFailure(kind: .untrusted, reason: reason) }

    package var description: String { reason }
}
