package import Cryptography
package import FoundationEssentials

/// Who somebody is, as an issuer signed it (OpenID Connect Core, 2), once everything in it has been checked.
package struct IDToken: Sendable {
    /// Why one is not believed: for the log, never for who asks.
    package enum Fault: String, Error, CaseIterable {
        case form, algorithm, key, signature, issuer, audience, party, expired, notYet, nonce, accessToken, subject
    }

    /// What must stand in it.
    package struct Expectation: Sendable {
        /// As the issuer's description says; may have a place for Microsoft's tenant.
        let issuer: String
        let clientID: String
        let nonce: String
        /// That came with it, if one did.
        let accessToken: String?
        let now: Date

        package init(issuer: String, clientID: String, nonce: String, accessToken: String? = nil, now: Date) {
            (self.issuer, self.clientID, self.nonce, self.accessToken, self.now) = (issuer, clientID, nonce, accessToken, now)
        }
    }

    /// Seconds by which our clock and the issuer's may differ.
    static let skew: TimeInterval = 60
    /// Seconds beyond which a token that was just asked for cannot be old.
    static let age: TimeInterval = 600

    package let issuer: String
    package let claims: Claims

    /// - Parameter keys: those of the issuer that may have signed it.
    package init(_ token: ForeignToken, keys: [SignatureKey], expecting expected: Expectation) throws(Fault) {
        guard token.algorithm == "RS256" || token.algorithm == "ES256" else { throw .algorithm }
        guard !keys.isEmpty else { throw .key }
        guard keys.contains(where: { token.isSigned(by: $0) }) else { throw .signature }
        guard let claims = try? JSONDecoder().decode(Claims.self, from: Data(token.payload)) else { throw .form }
        let issuer = try Self.issuer(expected.issuer, claims)
        guard claims.issuer == issuer else { throw .issuer }
        guard claims.audience.contains(expected.clientID) else { throw .audience }
        if let party = claims.party {
            guard party == expected.clientID else { throw .party }
        } else if claims.audience.count > 1 {
            throw .party
        }
        let now = expected.now.timeIntervalSince1970
        guard now < claims.expires + Self.skew else { throw .expired }
        guard claims.issuedAt <= now + Self.skew, (claims.notBefore ?? 0) <= now + Self.skew else { throw .notYet }
        guard claims.issuedAt > now - Self.age - Self.skew else { throw .expired }
        guard let nonce = claims.nonce, MessageAuthentication.equal(Array(nonce.utf8), Array(expected.nonce.utf8)) else {
            throw .nonce
        }
        if let digest = claims.accessTokenDigest, let access = expected.accessToken {
            guard digest == Base64URL.encode(SHA256.hash(access).prefix(16)) else { throw .accessToken }
        }
        guard (1...255).contains(claims.subject.utf8.count) else { throw .subject }
        (self.issuer, self.claims) = (issuer, claims)
    }

    /// With the tenant that signed, where the issuer is any of Microsoft's.
    private static func issuer(_ expected: String, _ claims: Claims) throws(Fault) -> String {
        guard expected.contains(IssuerMetadata.tenant) else { return expected }
        guard let tenant = claims.tenant, tenant.utf8.count == 36, UUID(uuidString: tenant) != nil else { throw .issuer }
        return expected.replacing(IssuerMetadata.tenant, with: tenant)
    }

    package struct Claims: Decodable, Sendable {
        package let issuer: String
        package let audience: [String]
        package let subject: String
        package let expires: Double
        package let issuedAt: Double
        package let notBefore: Double?
        package let nonce: String?
        package let party: String?
        package let accessTokenDigest: String?
        package let tenant: String?
        /// When who is signed in there last showed who they are.
        package let authenticatedAt: Double?
        package let profile: Profile

        private enum CodingKeys: String, CodingKey {
            case issuer = "iss"
            case audience = "aud"
            case subject = "sub"
            case expires = "exp"
            case issuedAt = "iat"
            case notBefore = "nbf"
            case nonce
            case party = "azp"
            case accessTokenDigest = "at_hash"
            case tenant = "tid"
            case authenticatedAt = "auth_time"
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            issuer = try fields.decode(String.self, forKey: .issuer)
            audience = try (try? [fields.decode(String.self, forKey: .audience)]) ?? fields.decode([String].self, forKey: .audience)
            subject = try fields.decode(String.self, forKey: .subject)
            expires = try fields.decode(Double.self, forKey: .expires)
            issuedAt = try fields.decode(Double.self, forKey: .issuedAt)
            notBefore = try fields.decodeIfPresent(Double.self, forKey: .notBefore)
            nonce = try fields.decodeIfPresent(String.self, forKey: .nonce)
            party = try fields.decodeIfPresent(String.self, forKey: .party)
            accessTokenDigest = try fields.decodeIfPresent(String.self, forKey: .accessTokenDigest)
            tenant = try fields.decodeIfPresent(String.self, forKey: .tenant)
            authenticatedAt = try fields.decodeIfPresent(Double.self, forKey: .authenticatedAt)
            profile = try Profile(from: decoder)
        }
    }

    /// What an issuer tells of somebody besides who they are, in the token or on request.
    package struct Profile: Decodable, Sendable {
        package let email: String?
        package let isEmailVerified: Bool?
        package let name: String?

        private enum CodingKeys: String, CodingKey {
            case email, name
            case isEmailVerified = "email_verified"
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            // What is told beside the identity is taken where it has the form, and else left out.
            email = try? fields.decodeIfPresent(String.self, forKey: .email)
            name = try? fields.decodeIfPresent(String.self, forKey: .name)
            // Some write it as a text.
            if let text = try? fields.decodeIfPresent(String.self, forKey: .isEmailVerified) {
                isEmailVerified = text == "true"
            } else {
                isEmailVerified = try? fields.decodeIfPresent(Bool.self, forKey: .isEmailVerified)
            }
        }
    }
}
