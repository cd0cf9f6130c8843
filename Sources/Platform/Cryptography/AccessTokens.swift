package import FoundationEssentials

/// What an access token says of its bearer (RFC 7519 names).
package struct TokenClaims: Codable, Sendable, Hashable {
    package var issuer: String
    package var audience: String
    /// Who: a user's id.
    package var subject: String
    package var role: String
    /// The sign-in that it comes from.
    package var session: String
    package var id: String
    /// Seconds since 1970.
    package var issuedAt: Int64
    package var notBefore: Int64
    package var expires: Int64

    enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case audience = "aud"
        case subject = "sub"
        case role
        case session = "sid"
        case id = "jti"
        case issuedAt = "iat"
        case notBefore = "nbf"
        case expires = "exp"
    }
}

/// Signs and checks access tokens: JWT in the compact form, HMAC-SHA256 and nothing else.
///
/// A check needs no database and takes tens of microseconds.
package struct AccessTokens: Sendable {
    private static let type = "JWT"

    /// The lifetime of a token.
    package let lifetime: TimeInterval
    private let keys: SigningKeyRing
    private let issuer: String
    private let audience: String
    private let leeway: TimeInterval

    /// - Parameter leeway: seconds by which clocks of several machines may differ.
    package init(
        keys: SigningKeyRing, lifetime: TimeInterval = 30 * 60, issuer: String = "little-monster",
        audience: String = "little-monster",
        leeway: TimeInterval = 5
    ) {
        self.keys = keys
        self.lifetime = lifetime
        self.issuer = issuer
        self.audience = audience
        self.leeway = leeway
    }

    package func issue(subject: String, role: String, session: String, id: String, at now: Date) throws -> String {
        let seconds = Int64(now.timeIntervalSince1970)
        let claims = TokenClaims(
            issuer: issuer, audience: audience, subject: subject, role: role, session: session, id: id, issuedAt: seconds,
            notBefore: seconds, expires: seconds + Int64(lifetime))
        return try sign(claims)
    }

    /// Signs any claims; `issue` fills them in as `verify` wants them.
    package func sign(_ claims: TokenClaims) throws -> String {
        try CompactToken.sign(claims, type: Self.type, key: keys.current)
    }

    /// The claims of a token that is ours, whole and in date. Throws a `TokenFailure` otherwise.
    package func verify(_ token: String, at now: Date) throws(TokenFailure) -> TokenClaims {
        let claims = try CompactToken.open(token, as: TokenClaims.self, type: Self.type, keys: keys)
        guard claims.issuer == issuer else { throw .issuer }
        guard claims.audience == audience else { throw .audience }
        try CompactToken.check(notBefore: claims.notBefore, expires: claims.expires, at: now, leeway: leeway)
        return claims
    }
}
