import Ambient
import Cryptography
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Testing

@testable import App

@Suite("Services that call each other", .timeLimit(.minutes(3)))
struct ServiceCallsTests {
    /// What one service offers others, and people.
    private struct Inner: RouteCollection {
        var routes: [Route] {
            [
                .raw(
                    .get, "/inner/documents", "Look at documents", tag: "Library", access: .service(["llm", "jobs"]),
                    produces: ["text/plain"]
                ) { call in
                    #expect(call.principal == nil)
                    let forged = call.request.headers.fields.filter { $0.name.lowercased().contains("user") }
                    return HTTPResponse(body: .bytes(Array("\(call.caller?.name ?? "nobody") \(forged.count)".utf8)))
                },
                .raw(
                    .post, "/inner/accounts", "End an account", tag: "Accounts", access: .service(["llm"]), produces: ["text/plain"]
                ) { _ in HTTPResponse(status: 204) },
                .raw(.get, "/own", "Look at one's own", tag: "Library", produces: ["text/plain"]) { call in
                    HTTPResponse(
                        body: .bytes(Array("\(try call.user()) \(call.request.headers["X-User-Id"] ?? "none")".utf8)))
                },
            ]
        }
    }

    private struct People: Authenticator {
        let tokens: AccessTokens
        let ambient: Ambient

        func principal(for request: HTTPRequest) async throws -> Principal? {
            guard let token = request.headers["Authorization"]?.dropFirst("Bearer ".count) else { return nil }
            let claims = try tokens.verify(String(token), at: ambient.now())
            return UserID(claims.subject).map { Principal(userID: $0, isAdministrator: true) }
        }
    }

    private let ambient = Ambient.live
    private let keys = SigningKeyRing(current: .random())

    private var client: TestClient {
        var policy = ServingPolicy()
        policy.rateLimits = RateLimits([.api: .init(perMinute: 3)])
        return TestClient(
            Router(
                [Inner()],
                authenticator: ServiceAuthentication(
                    tokens: ServiceTokens(keys: keys), services: ["study", "auth"],
                    people: People(tokens: AccessTokens(keys: keys), ambient: ambient), ambient: ambient), policy: policy))
    }

    private func token(from caller: String = "llm", to callee: String = "study", _ scopes: String...) throws -> String {
        try ServiceTokens(keys: keys).issue(from: caller, to: callee, scopes: scopes, id: "t", at: ambient.now())
    }

    private func person() throws -> (id: String, token: String) {
        let id = "\(ambient.newID() as UserID)"
        return (
            id, try AccessTokens(keys: keys).issue(subject: id, role: "administrator", session: "s", id: "t", at: ambient.now())
        )
    }

    @Test("A service with a token for this is let in, as often as it likes; what a gateway says of users is not heard")
    func good() async throws {
        for scope in ["library:read", "library:write", "read"] {
            let asked = client.bearing(try token(scope))
            for _ in 0..<5 {
                let answer = try await asked.get(
                    "/inner/documents", headers: ["X-User-Id": "0", "x-forwarded-user": "ada", "Remote-User": "ada"])
                #expect(answer.status == 200 && answer.text == "llm 0")
            }
        }
    }

    @Test("Others are not: people, services that are not named, for another service, for something else")
    func bad() async throws {
        #expect(try await client.get("/inner/documents").status == 401)
        #expect(try await client.bearing(try person().token).get("/inner/documents").status == 401)
        #expect(try await client.bearing("lm_pat_x").get("/inner/documents").status == 401)
        #expect(try await client.bearing(try token(to: "video", "library:read")).get("/inner/documents").status == 401)
        #expect(try await client.bearing(try token(from: "video", "library:read")).get("/inner/documents").status == 403)
        for scopes in ["quizzes:read", "", "admin"] {
            let answer = try await client.bearing(try token(scopes)).get("/inner/documents")
            #expect(answer.status == 403)
            #expect(answer.headers["WWW-Authenticate"]?.contains("insufficient_scope") == true)
        }
        // What is about accounts is nobody's but people's, whatever a token says.
        #expect(try await client.bearing(try token("write")).post("/inner/accounts").status == 403)
    }

    @Test("A service's token opens nothing of people's, and who a person is no header says")
    func people() async throws {
        #expect(try await client.bearing(try token("read")).get("/own").status == 401)
        let (id, token) = try person()
        let answer = try await client.bearing(token).get("/own", headers: ["X-User-Id": "someone else"])
        #expect(answer.status == 200 && answer.text == "\(id) none")
        #expect(try await client.get("/own", headers: ["X-User-Id": id]).status == 401)
    }

    @Test("The document says which services a route takes")
    func document() {
        let document = OpenAPIDocument(title: "t", version: "1", mounts: [RouteMount([""], [Inner()])])
        let text = document.json.filter { !$0.isWhitespace }
        #expect(text.contains(#""x-services":["jobs","llm"]"#))
    }
}
