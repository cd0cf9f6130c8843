import Cryptography
import FoundationEssentials
import OpenID
import Telemetry

/// Facebook: OAuth 2.0 without OpenID. Who somebody is its Graph tells for the token, which the code, our secret and PKCE bind to us.
struct FacebookProvider: IdentityProvider {
    /// Where it is asked.
    struct Endpoints: Sendable {
        var dialog = "https://www.facebook.com/v21.0/dialog/oauth"
        var graph = "https://graph.facebook.com/v21.0"
    }

    let name = "facebook"
    let title = "Facebook"
    private static let issuer = "https://www.facebook.com"
    private let settings: ProviderSettings.Client
    private let endpoints: Endpoints
    private let client: IssuerClient
    let logger: Logger

    init(client settings: ProviderSettings.Client, endpoints: Endpoints = Endpoints(), by client: IssuerClient, logger: Logger) {
        (self.settings, self.endpoints, self.client, self.logger) = (settings, endpoints, client, logger)
    }

    func address(for request: AuthorizationRequest) async throws -> String {
        var fields = [
            (name: "response_type", value: "code"), ("client_id", settings.id), ("redirect_uri", request.redirectAddress),
            ("scope", "public_profile,email"), ("state", request.state),
            ("code_challenge", Base64URL.encode(SHA256.hash(request.verifier))), ("code_challenge_method", "S256"),
        ]
        if request.isDeliberate { fields.append(("auth_type", "reauthenticate")) }
        return FormFields.append(fields, to: endpoints.dialog)
    }

    func identity(for answer: AuthorizationAnswer) async throws -> ProvenIdentity {
        struct Token: Decodable {
            let accessToken: String
            enum CodingKeys: String, CodingKey { case accessToken = "access_token" }
        }
        struct Person: Decodable {
            let id: String
            let name: String?
            let email: String?
        }
        var fields = [
            (name: "client_id", value: settings.id), ("redirect_uri", answer.redirectAddress), ("code", answer.code),
            ("code_verifier", answer.verifier), ("grant_type", "authorization_code"),
        ]
        if let secret = settings.secret { fields.append(("client_secret", secret)) }
        let traded = try await asked { () throws(OpenIDFailure) in
            try await client.post("\(endpoints.graph)/oauth/access_token", home: endpoints.graph, fields: fields)
        }
        guard traded.status < 500 else { throw FederatedSignInFailure.down(title) }
        guard traded.status == 200, let token = try? JSONDecoder().decode(Token.self, from: Data(traded.body)) else {
            throw refusal("the code was answered \(traded.status)")
        }
        var asking = [(name: "fields", value: "id,name,email")]
        // Proves that the token is used by who has the secret: a token of another app is refused with it.
        if let secret = settings.secret {
            let proof = MessageAuthentication.code(for: Array(token.accessToken.utf8), key: Array(secret.utf8))
            asking.append(("appsecret_proof", Hexadecimal.encode(proof)))
        }
        let place = FormFields.append(asking, to: "\(endpoints.graph)/me")
        let told = try await asked { () throws(OpenIDFailure) in
            try await client.get(place, home: endpoints.graph, .bearer(token.accessToken))
        }
        guard told.status == 200, let person = try? JSONDecoder().decode(Person.self, from: Data(told.body)),
            (1...255).contains(person.id.utf8.count)
        else { throw refusal("the person was answered \(told.status)") }
        // It tells an address only once it is confirmed, and does not say so.
        return ProvenIdentity(
            issuer: Self.issuer, subject: person.id, email: person.email, isEmailVerified: nil, displayName: person.name)
    }
}
