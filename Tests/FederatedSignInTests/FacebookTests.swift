import Accounts
import Cryptography
@testable import FederatedSignIn
import FoundationEssentials
import HTTPServingTesting
import OpenIDTesting
import ScriptedServing
import Synchronization
import Testing

@Suite("Facebook's form, at a server that checks it", .timeLimit(.minutes(2)))
struct FacebookTests {
    private struct Graph {
        let book: Book
        let server: ScriptedServer

        init() throws {
            let book = Book()
            self.book = book
            server = try ScriptedServer { connection, request in
                let (status, body) = book.answer(request)
                connection.respond(status, ["Content-Type": "application/json"], body)
            }
        }
    }

    /// What it knows: codes that were given, with the challenge of each.
    private final class Book: Sendable {
        let codes = Mutex<[String: String]>([:])
        let hasEmail = Mutex(true)

        func answer(_ request: ScriptedRequest) -> (Int, String) {
            let parts = request.target.split(separator: "?", maxSplits: 1).map(String.init)
            switch (request.method, parts[0]) {
            case ("POST", "/oauth/access_token"):
                let form = ScriptedIssuer.fields(request.text)
                guard form["client_id"] == "app", form["client_secret"] == "app secret",
                    form["redirect_uri"] == "https://study.example.org/sign-in/facebook", let verifier = form["code_verifier"],
                    let code = form["code"], let challenge = codes.withLock({ $0.removeValue(forKey: code) }),
                    Base64URL.encode(SHA256.hash(verifier)) == challenge
                else {
                    return (400, #"{"error": {"message": "Invalid verification code", "type": "OAuthException", "code": 100}}"#)
                }
                return (200, #"{"access_token": "EAAB", "token_type": "bearer", "expires_in": 5183999}"#)
            case ("GET", "/me"):
                let query = ScriptedIssuer.fields(parts.count > 1 ? parts[1] : "")
                let proof = Hexadecimal.encode(MessageAuthentication.code(for: Array("EAAB".utf8), key: Array("app secret".utf8)))
                guard request.headers["authorization"] == "Bearer EAAB", query["fields"] == "id,name,email",
                    query["appsecret_proof"] == proof
                else { return (400, #"{"error": {"message": "Invalid appsecret_proof", "code": 100}}"#) }
                let email = hasEmail.withLock { $0 } ? #", "email": "ada\u0040example.org""# : ""
                return (200, #"{"id": "10158", "name": "Ada"\#(email)}"#)
            default: return (404, "{}")
            }
        }
    }

    @Test("The code, PKCE, the proof of the secret, and a person with and without an address")
    func flow() async throws {
        let graph = try Graph()
        let endpoints = FacebookProvider.Endpoints(dialog: graph.server.url + "/dialog", graph: graph.server.url)
        try await Desk.with(facebook: endpoints) { desk async throws in
            func signIn(_ code: String) async throws -> TestAnswer {
                let way = try await desk.begin("facebook")
                let query = ScriptedIssuer.fields(String(way.address.split(separator: "?", maxSplits: 1)[1]))
                #expect(query["scope"] == "public_profile,email" && query["client_id"] == "app")
                graph.book.codes.withLock { $0["real"] = query["code_challenge"] }
                return try await desk.complete(way, ["state": query["state"] ?? "", "code": code])
            }
            #expect(try await signIn("made up").reason == "not_believed")
            graph.book.hasEmail.withLock { $0 = false }
            #expect(try await signIn("real").reason == "no_email")
            graph.book.hasEmail.withLock { $0 = true }
            let grant = try desk.grant(try await signIn("real"))
            #expect(grant.user.email == "ada@example.org")
            graph.book.hasEmail.withLock { $0 = false }
            #expect(try desk.grant(try await signIn("real")).user.id == grant.user.id)
        }
    }
}
