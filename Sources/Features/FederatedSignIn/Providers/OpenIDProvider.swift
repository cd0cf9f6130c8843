import Ambient
import Cryptography
import FoundationEssentials
import OpenID
import Telemetry

/// A provider of OpenID Connect: the code flow with PKCE, checked by the issuer's own keys.
struct OpenIDProvider: IdentityProvider {
    let name: String
    let title: String
    private let settings: ProviderSettings.Client
    private let issuerAddress: String
    private let scopes: String
    private let issuer: OpenIDIssuer
    private let client: IssuerClient
    private let ambient: Ambient
    let logger: Logger

    init(
        name: String, title: String, issuer: String, client settings: ProviderSettings.Client,
        scopes: String = "openid email profile",
        by client: IssuerClient, ambient: Ambient, logger: Logger
    ) {
        (self.name, self.title, self.settings, self.scopes, issuerAddress) = (name, title, settings, scopes, issuer)
        (self.client, self.ambient, self.logger) = (client, ambient, logger)
        self.issuer = OpenIDIssuer(address: issuer, client: client, ambient: ambient)
    }

    func address(for request: AuthorizationRequest) async throws -> String {
        var fields = [
            (name: "response_type", value: "code"), ("client_id", settings.id), ("redirect_uri", request.redirectAddress),
            ("scope", scopes), ("state", request.state), ("nonce", request.nonce),
            ("code_challenge", Base64URL.encode(SHA256.hash(request.verifier))), ("code_challenge_method", "S256"),
        ]
        // What each of them knows: Google has no `login`.
        if request.isDeliberate {
            let asksAgain = !["google", "microsoft"].contains(name)
            fields.append(("prompt", asksAgain ? "login" : "select_account"))
            // Who is asked so says in the token when it was (OpenID Connect Core, 3.1.2.1).
            if asksAgain { fields.append(("max_age", "0")) }
        }
        return FormFields.append(
            fields, to: try await asked { () throws(OpenIDFailure) in try await issuer.description() }.authorizationEndpoint)
    }

    func identity(for answer: AuthorizationAnswer) async throws -> ProvenIdentity {
        let about = try await asked { () throws(OpenIDFailure) in try await issuer.description() }
        // Another issuer's answer, brought to this one's address (mix-up, RFC 9207).
        guard answer.issuer.map({ $0 == about.issuer }) ?? (about.namesIssuer != true) else {
            throw refusal("issuer of the answer")
        }
        let tokens = try await trade(answer, at: about)
        guard let token = ForeignToken(tokens.idToken) else { throw refusal(IDToken.Fault.form.rawValue) }
        let proven: IDToken
        let keys = try await asked { () throws(OpenIDFailure) in try await issuer.keys(for: token) }
        do throws(IDToken.Fault) {
            proven = try IDToken(
                token, keys: keys,
                expecting: .init(
                    issuer: about.issuer, clientID: settings.id, nonce: answer.nonce, accessToken: tokens.accessToken,
                    now: ambient.now()))
        } catch { throw refusal(error.rawValue) }
        var profile = proven.claims.profile
        if profile.email == nil, let more = try await userInfo(of: proven, tokens, at: about) { profile = more }
        return ProvenIdentity(
            issuer: proven.issuer, subject: proven.claims.subject, email: profile.email, isEmailVerified: profile.isEmailVerified,
            displayName: profile.name, authenticatedAt: proven.claims.authenticatedAt.map { Date(timeIntervalSince1970: $0) })
    }

    private struct Tokens: Decodable {
        let idToken: String
        let accessToken: String?

        enum CodingKeys: String, CodingKey {
            case idToken = "id_token"
            case accessToken = "access_token"
        }
    }

    private func trade(_ answer: AuthorizationAnswer, at about: IssuerMetadata) async throws -> Tokens {
        var fields = [
            (name: "grant_type", value: "authorization_code"), ("code", answer.code), ("redirect_uri", answer.redirectAddress),
            ("code_verifier", answer.verifier),
        ]
        var authorization: IssuerClient.Authorization?
        if let secret = settings.secret, !about.takesSecretInBody {
            authorization = .basic(name: settings.id, secret: secret)
        } else {
            fields.append(("client_id", settings.id))
            if let secret = settings.secret { fields.append(("client_secret", secret)) }
        }
        let (status, body) = try await asked { () throws(OpenIDFailure) in
            try await client.post(about.tokenEndpoint, home: issuerAddress, fields: fields, authorization)
        }
        guard status < 500 else { throw FederatedSignInFailure.down(title) }
        guard status == 200, let tokens = try? JSONDecoder().decode(Tokens.self, from: Data(body)) else {
            throw refusal("the code was answered \(status)")
        }
        return tokens
    }

    /// What the token does not tell. It is believed only if it is of the same person.
    private func userInfo(of proven: IDToken, _ tokens: Tokens, at about: IssuerMetadata) async throws -> IDToken.Profile? {
        guard let place = about.userInfoEndpoint, let access = tokens.accessToken else { return nil }
        let (status, body) = try await asked { () throws(OpenIDFailure) in
            try await client.get(place, home: issuerAddress, .bearer(access))
        }
        struct Named: Decodable { let sub: String }
        guard status == 200, let named = try? JSONDecoder().decode(Named.self, from: Data(body)), named.sub == proven.claims.subject
        else {
            return nil
        }
        return try? JSONDecoder().decode(IDToken.Profile.self, from: Data(body))
    }
}
