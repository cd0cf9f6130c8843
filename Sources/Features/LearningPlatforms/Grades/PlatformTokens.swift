import Ambient
import Cryptography
import FoundationEssentials
import OpenID

/// Tokens for platforms' services, asked for by an assertion that we sign (LTI 1.3 Security, 4.1.1), and kept until they run out.
///
/// Another process asks for its own; nothing is lost with one.
actor PlatformTokens {
    /// Seconds before its end at which a token is not used any more.
    private static let margin: TimeInterval = 30
    private static let most = 500

    private struct Name: Hashable {
        let platform: LearningPlatformID
        let client: String
        let address: String
        let scopes: [String]
    }

    private let client: PlatformClient
    private let keys: ToolKeys
    private let ambient: Ambient
    private var kept: [Name: (token: String, until: Date)] = [:]

    init(client: PlatformClient, keys: ToolKeys, ambient: Ambient) {
        (self.client, self.keys, self.ambient) = (client, keys, ambient)
    }

    func token(for scopes: [String], at platform: LearningPlatform) async throws -> String {
        let name = Self.name(scopes, platform)
        let now = ambient.now()
        if let known = kept[name], known.until > now { return known.token }
        let key = try await keys.current()
        let seconds = Int(now.timeIntervalSince1970)
        let assertion = try ForeignToken.sign(
            Assertion(
                iss: platform.clientID, sub: platform.clientID, aud: platform.tokenAudience ?? platform.tokenURL, iat: seconds,
                exp: seconds + Int(LearningPlatformService.assertionLifetime), jti: SecureRandom.token()),
            with: key.key, id: key.id)
        let (status, body) = try await client.post(
            platform.tokenURL,
            fields: [
                ("grant_type", "client_credentials"), ("scope", name.scopes.joined(separator: " ")),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ("client_assertion", assertion),
            ])
        guard status == 200, let granted = try? JSONDecoder().decode(Granted.self, from: Data(body)),
            granted.type.map({ $0.lowercased() == "bearer" }) ?? true
        else { throw GradeFailure.refused("token", status) }
        if kept.count >= Self.most { kept = kept.filter { $0.value.until > now } }
        kept[name] = (granted.token, now.addingTimeInterval(max(0, (granted.seconds ?? 300) - Self.margin)))
        return granted.token
    }

    /// One that a service did not take is not shown again.
    func forget(_ scopes: [String], at platform: LearningPlatform) { kept[Self.name(scopes, platform)] = nil }

    private static func name(_ scopes: [String], _ platform: LearningPlatform) -> Name {
        Name(platform: platform.id, client: platform.clientID, address: platform.tokenURL, scopes: scopes.sorted())
    }

    private struct Assertion: Encodable {
        let iss: String
        let sub: String
        let aud: String
        let iat: Int
        let exp: Int
        let jti: String
    }

    private struct Granted: Decodable {
        let token: String
        let type: String?
        let seconds: Double?

        enum CodingKeys: String, CodingKey {
            case token = "access_token"
            case type = "token_type"
            case seconds = "expires_in"
        }
    }
}
