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
/// The algorithm is fixed here, never taken from the token: a header that names another is refused before its signature is looked at.
/// A check needs no database and takes tens of microseconds.
package struct AccessTokens: Sendable {
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
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let key = keys.current
        let signed = Self.header(key) + "." + Base64URL.encode(try encoder.encode(claims))
        return signed + "." + Base64URL.encode(MessageAuthentication.code(for: Array(signed.utf8), key: key.secret))
    }

    /// Key ids are base64url or checked when the ring is read, so they need no escaping.
    private static func header(_ key: SigningKey) -> String {
        Base64URL.encode(Array("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"\(key.id)\"}".utf8))
    }

    /// The claims of a token that is ours, whole and in date. Throws a `TokenFailure` otherwise.
    package func verify(_ token: String, at now: Date) throws(TokenFailure) -> TokenClaims {
        let bytes = Array(token.utf8)
        guard bytes.count <= 4096 else { throw .malformed }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Base64URL.decode(parts[0]), let payload = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2])
        else { throw .malformed }
        guard let header = try? JSONDecoder().decode(Header.self, from: Data(head)) else { throw .malformed }
        guard header.algorithm == "HS256", header.type == "JWT", header.critical == nil else { throw .algorithm }
        guard let key = keys.key(header.keyID) else { throw .unknownKey }
        let expected = MessageAuthentication.code(for: Array(bytes[..<parts[1].endIndex]), key: key.secret)
        guard MessageAuthentication.equal(signature, expected) else { throw .signature }
        guard let claims = try? JSONDecoder().decode(TokenClaims.self, from: Data(payload)) else { throw .malformed }
        guard claims.issuer == issuer else { throw .issuer }
        guard claims.audience == audience else { throw .audience }
        let time = now.timeIntervalSince1970
        guard time < Double(claims.expires) + leeway else { throw .expired }
        guard time >= Double(claims.notBefore) - leeway else { throw .notYetValid }
        return claims
    }

    private struct Header: Decodable {
        let algorithm: String
        let type: String
        let keyID: String
        let critical: [String]?

        enum CodingKeys: String, CodingKey {
            case algorithm = "alg"
            case type = "typ"
            case keyID = "kid"
            case critical = "crit"
        }
    }
}
