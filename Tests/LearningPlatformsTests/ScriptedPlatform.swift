import Cryptography
import FoundationEssentials
import JSON
import OpenIDTesting
import ScriptedServing
import Synchronization

/// A learning platform that listens on this machine: its keys, its tokens, and its grades. It checks what it is asked as the standard says,
/// and signs what a test wants.
final class ScriptedPlatform: Sendable {
    static let clientID = "tool-1"
    static let deployment = "1:a"

    struct Received: Sendable {
        var tokens = 0
        var lineItems: [String] = []
        var scores: [[String: JSONValue]] = []
        /// What it took exception to.
        var faults: [String] = []
    }

    private struct State {
        var url = ""
        var key: RSAKey?
        var keyID = "first"
        var toolKeys: [UInt8] = []
        var received = Received()
        var now: @Sendable () -> Date = { Date() }
        /// What it answers instead, to whom asks for this path, as often as there are any.
        var upsets: [String: [Int]] = [:]
        var tokenLifetime = 3600
    }

    private final class Book: Sendable { let state = Mutex(State()) }

    private let book: Book
    private let server: ScriptedServer

    init(now: @escaping @Sendable () -> Date) throws {
        let book = Book()
        self.book = book
        server = try ScriptedServer { connection, request in
            let (status, body) = Self.answer(request, book)
            connection.respond(status, ["Content-Type": "application/json"], body)
        }
        let (url, key) = (server.url, try ScriptedIssuer.firstKey.get())
        book.state.withLock { ($0.url, $0.key, $0.now) = (url, key, now) }
    }

    var url: String { server.url }
    var received: Received { book.state.withLock { $0.received } }
    var targets: [String] { server.requests.map(\.target) }

    /// The keys by which it believes the tool.
    func trust(_ keys: [UInt8]) { book.state.withLock { $0.toolKeys = keys } }

    /// Signs with another key from now on, and publishes it alone.
    func rotate() throws {
        let key = try ScriptedIssuer.secondKey.get()
        book.state.withLock { ($0.key, $0.keyID) = (key, "second") }
    }

    func upset(_ path: String, with statuses: [Int]) { book.state.withLock { $0.upsets[path] = statuses } }

    func setTokenLifetime(_ seconds: Int) { book.state.withLock { $0.tokenLifetime = seconds } }

    // MARK: - Signing

    /// A launch as it should be.
    func claims(nonce: String, subject: String = "s-1", role: String = "Learner") -> [String: JSONValue] {
        let now = Int(book.state.withLock { $0.now() }.timeIntervalSince1970)
        return [
            "iss": .string(url), "aud": .string(Self.clientID), "sub": .string(subject), "nonce": .string(nonce),
            "iat": .integer(now), "exp": .integer(now + 300), "email": "ada@example.org", "name": "Ada Lovelace",
            Self.claim("message_type"): "LtiResourceLinkRequest", Self.claim("version"): "1.3.0",
            Self.claim("deployment_id"): .string(Self.deployment),
            Self.claim("target_link_uri"): .string(Place.address + "lti/"),
            Self.claim("roles"): [.string("http://purl.imsglobal.org/vocab/lis/v2/membership#\(role)")],
            Self.claim("context"): .fields([("id", "c-1"), ("title", "Biology 10b")]),
            Self.claim("resource_link"): .fields([("id", "link-1")]),
        ]
    }

    static func claim(_ name: String) -> String { "https://purl.imsglobal.org/spec/lti/claim/\(name)" }

    func sign(_ claims: [String: JSONValue]) throws -> String {
        let (key, id) = book.state.withLock { ($0.key, $0.keyID) }
        guard let key else { throw CancellationError() }
        return try ForeignToken.sign(claims, with: key, id: id)
    }

    // MARK: - Serving

    private static func answer(_ request: ScriptedRequest, _ book: Book) -> (Int, String) {
        book.state.withLock { state in
            let path = request.target.split(separator: "?").first.map(String.init) ?? ""
            if let upset = state.upsets[path]?.first {
                state.upsets[path]?.removeFirst()
                return (upset, "{}")
            }
            switch (request.method, path) {
            case ("GET", "/keys"):
                guard case .rsa(let modulus, let exponent)? = state.key?.publicKey else { return (500, "{}") }
                return (
                    200,
                    """
                    {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "\(state.keyID)",
                     "n": "\(Base64URL.encode(modulus))", "e": "\(Base64URL.encode(exponent))"}]}
                    """
                )
            case ("POST", "/token"): return token(request, &state)
            case ("GET", "/lineitems"):
                guard authorized(request, &state), request.headers["accept"] == "application/vnd.ims.lis.v2.lineitemcontainer+json"
                else { return (401, "{}") }
                return (200, "[\(state.received.lineItems.joined(separator: ","))]")
            case ("POST", "/lineitems"):
                guard authorized(request, &state), request.headers["content-type"] == "application/vnd.ims.lis.v2.lineitem+json",
                    request.text.hasPrefix("{")
                else { return (401, "{}") }
                let made = #"{"id":"\#(state.url)/lineitems/7?type=q","# + request.text.dropFirst()
                state.received.lineItems.append(made)
                return (201, made)
            case ("POST", "/lineitems/7/scores"):
                guard authorized(request, &state), request.target == "/lineitems/7/scores?type=q",
                    request.headers["content-type"] == "application/vnd.ims.lis.v1.score+json",
                    let score = try? JSONDecoder().decode([String: JSONValue].self, from: Data(request.body))
                else { return (401, "{}") }
                state.received.scores.append(score)
                return (204, "")
            default: return (404, "{}")
            }
        }
    }

    private static func authorized(_ request: ScriptedRequest, _ state: inout State) -> Bool {
        let isRight = request.headers["authorization"] == "Bearer token-\(state.received.tokens)"
        if !isRight { state.received.faults.append("\(request.method) \(request.target) without its token") }
        return isRight
    }

    private static func token(_ request: ScriptedRequest, _ state: inout State) -> (Int, String) {
        struct Claims: Decodable {
            let iss: String
            let sub: String
            let aud: String
            let iat: Double
            let exp: Double
            let jti: String
        }
        let form = ScriptedIssuer.fields(request.text)
        let now = state.now().timeIntervalSince1970
        guard form["grant_type"] == "client_credentials",
            form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            let assertion = form["client_assertion"].flatMap({ ForeignToken($0) }), assertion.algorithm == "RS256",
            let keys = WebKeySet(json: state.toolKeys),
            keys.candidates(for: assertion).contains(where: { assertion.isSigned(by: $0) }),
            let claims = try? JSONDecoder().decode(Claims.self, from: Data(assertion.payload)), claims.iss == clientID,
            claims.sub == clientID, claims.aud == state.url + "/token", claims.iat <= now, claims.exp > now,
            claims.exp <= now + 3600,
            claims.jti.count >= 20, let scope = form["scope"], !scope.isEmpty
        else {
            state.received.faults.append("assertion")
            return (400, #"{"error": "invalid_client"}"#)
        }
        state.received.tokens += 1
        return (
            200,
            """
            {"access_token": "token-\(state.received.tokens)", "token_type": "Bearer", "expires_in": \(state.tokenLifetime),
             "scope": "\(scope)"}
            """
        )
    }
}
