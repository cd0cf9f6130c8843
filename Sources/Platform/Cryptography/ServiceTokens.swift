package import FoundationEssentials

/// What a service's token says: which service calls which, and for what.
package struct ServiceClaims: Codable, Sendable, Hashable {
    package var issuer: String
    /// The service that is called.
    package var audience: String
    /// The service that calls.
    package var subject: String
    /// What it may do there, separated by spaces (RFC 8693): `library:read`.
    package var scope: String
    package var id: String
    /// Seconds since 1970.
    package var issuedAt: Int64
    package var notBefore: Int64
    package var expires: Int64

    enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case audience = "aud"
        case subject = "sub"
        case scope
        case id = "jti"
        case issuedAt = "iat"
        case notBefore = "nbf"
        case expires = "exp"
    }
}

/// Signs and checks the tokens by which the services of an installation call each other: type `service+jwt`, for one service, for one purpose, for
/// two minutes. Signed by the keys that sign access tokens, and never taken for one: the type differs, and so does the audience.
package struct ServiceTokens: Sendable {
    private static let type = "service+jwt"

    package let lifetime: TimeInterval
    private let keys: SigningKeyRing
    private let issuer: String
    private let leeway: TimeInterval

    package init(
        keys: SigningKeyRing, lifetime: TimeInterval = 120, issuer: String = "little-monster", leeway: TimeInterval = 5
    ) {
        (self.keys, self.lifetime, self.issuer, self.leeway) = (keys, lifetime, issuer, leeway)
    }

    /// - Parameters:
    ///   - caller: the service that is about to call.
    ///   - callee: the one that it calls.
    package func issue(
        from caller: String, to callee: String, scopes: [String], id: String, at now: Date
    ) throws -> String {
        let seconds = Int64(now.timeIntervalSince1970)
        let claims = ServiceClaims(
            issuer: issuer, audience: Self.audience(callee), subject: caller, scope: scopes.joined(separator: " "), id: id,
            issuedAt: seconds, notBefore: seconds, expires: seconds + Int64(lifetime))
        return try CompactToken.sign(claims, type: Self.type, key: keys.current)
    }

    /// The claims of a token that is ours, whole, in date, and for one of these services.
    package func verify(_ token: String, for callees: Set<String>, at now: Date) throws(TokenFailure) -> ServiceClaims {
        let claims = try CompactToken.open(token, as: ServiceClaims.self, type: Self.type, keys: keys)
        guard claims.issuer == issuer else { throw .issuer }
        guard callees.contains(where: { claims.audience == Self.audience($0) }) else { throw .audience }
        try CompactToken.check(notBefore: claims.notBefore, expires: claims.expires, at: now, leeway: leeway)
        return claims
    }

    private static func audience(_ service: String) -> String { "little-monster/\(service)" }
}
