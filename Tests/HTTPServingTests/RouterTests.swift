import Ambient
import Failures
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Telemetry
import Testing

@Suite struct RouterTests {
    let client = TestClient(sampleRouter())

    @Test(arguments: ["/api/v1", "/api"]) func `serves a collection under each prefix`(_ prefix: String) async throws {
        let answer = try await client.get("\(prefix)/cards?tags=x&tags=y&level=hard&limit=5&page=2")
        #expect(answer.status == 200)
        #expect(answer.headers["Content-Type"] == "application/json")
        let page: Page<Card> = try answer.json()
        #expect(page.data.first?.tags == ["x", "y"])
        #expect(page.data.first?.level == .hard)
        #expect(page.pagination == Pagination(page: 2, limit: 5, total: 41))
        #expect(page.pagination.pages == 9)
    }

    @Test func `answers with the declared status and added headers`() async throws {
        let answer = try await client.post("/api/cards", json: #"{"front":"why","level":"easy","count":3}"#)
        #expect(answer.status == 201)
        #expect(answer.headers["Location"] == "/cards/1")
        #expect(try answer.json(Card.self).front == "why")
    }

    @Test func `a delete without an answer gives 204`() async throws {
        let answer = try await client.bearing("admin").delete("/api/cards/1")
        #expect(answer.status == 204)
        #expect(answer.body.isEmpty)
    }

    @Test(arguments: ["/", "/api", "/api/nothing", "/api/cards/1/more", "//api/cards", "/api//cards", "/api/words/"])
    func `what is not there is 404`(_ target: String) async throws {
        let answer = try await client.get(target)
        #expect(answer.status == 404)
        #expect(try answer.error().error == "NotFound")
    }

    @Test func `a wrong method is 405 and says which are right`() async throws {
        let answer = try await client.send(.put, "/api/cards")
        #expect(answer.status == 405)
        #expect(answer.headers["Allow"] == "GET, HEAD, POST, OPTIONS")
        #expect(try answer.error().error == "MethodNotAllowed")
    }

    @Test func `a literal segment goes before a parameter`() async throws {
        #expect(try await client.get("/api/cards/special").json([String].self) == ["special"])
    }

    @Test func `HEAD is answered as GET without a body`() async throws {
        let answer = try await client.send(.head, "/api/cards")
        #expect(answer.status == 200)
        #expect(answer.body.isEmpty)
    }

    @Test func `OPTIONS tells the methods`() async throws {
        let answer = try await client.send(.options, "/api/cards/7")
        #expect(answer.status == 204)
        #expect(answer.headers["Allow"] == "GET, HEAD, DELETE, OPTIONS")
        #expect(try await client.send(.options, "*").status == 204)
    }

    @Test func `a trailing slash is sent to the path without it, with the query`() async throws {
        let answer = try await client.get("/api/cards/?page=2")
        #expect(answer.status == 308)
        #expect(answer.headers["Location"] == "/api/cards?page=2")
    }

    @Test(arguments: [
        ("caf%C3%A9", "café"), ("a%2Fb", "a/b"), ("a+b", "a+b"), ("%20", " "), ("%E2%82%AC", "€"), ("%2e%2e", ".."),
    ])
    func `decodes a path parameter`(_ raw: String, _ word: String) async throws {
        #expect(try await client.get("/api/words/\(raw)?q=a+b%26").json([String].self) == [word, "a b&"])
    }

    @Test(arguments: ["%", "%2", "%zz", "%00", "%ff", "%C3", "a%", "%C0%AF", "%ED%A0%80"])
    func `refuses a broken escape in the path and in the query`(_ raw: String) async throws {
        #expect(try await client.get("/api/words/\(raw)").status == 400)
        #expect(try await client.get("/api/words/x?q=\(raw)").status == 400)
    }

    @Test func `a rest parameter takes all segments`() async throws {
        #expect(try await client.get("/api/files/a/b%20c/d").json([String].self) == ["a/b c/d"])
    }

    @Test func `a parameter that is no value of its type is 404`() async throws {
        let signedIn = client.bearing("student")
        #expect(try await signedIn.get("/api/cards/not-an-id").status == 404)
        #expect(try await signedIn.get("/api/cards/\(SampleRoutes.user)").json(Card.self).id == SampleRoutes.user)
    }

    @Test func `asks for a token, and for the right one`() async throws {
        let none = try await client.get("/api/cards/1")
        #expect(none.status == 401)
        #expect(none.headers["WWW-Authenticate"] == "Bearer")
        #expect(try none.error().error == "Unauthenticated")
        #expect(try await client.bearing("stale").get("/api/cards/1").status == 401)
        #expect(try await client.bearing("student").delete("/api/cards/1").status == 403)
        // A stale token does not close what is open to anyone.
        #expect(try await client.bearing("stale").get("/api/cards").status == 200)
    }

    @Test func `an unforeseen error is 500 without detail, and is in the log with its id`() async throws {
        let lines = LogLines()
        let answer = try await TestClient(sampleRouter(logger: lines.logger)).get("/api/broken", headers: ["X-Request-ID": "abc-1"])
        #expect(answer.status == 500)
        #expect(!answer.text.contains("secret"))
        #expect(try answer.error().error == "InternalError")
        #expect(try answer.error().requestID == "abc-1")
        #expect(lines.text.contains("secret detail"))
        #expect(lines.text.contains("request_id=abc-1"))
    }

    @Test func `a failure's details and time are in the answer`() async throws {
        let answer = try await client.post("/api/cards", json: #"{"front":"taken","level":"easy","count":3}"#)
        #expect(answer.status == 409)
        let error = try answer.error()
        #expect(error.details == ["front": "is taken"])
        #expect(error.timestamp == "2026-01-02T03:04:05.000000Z")
    }

    @Test func `keeps a plain request id and replaces any other`() async throws {
        #expect(
            try await client.get("/api/cards", headers: ["X-Request-ID": "trace_7.a-b"]).headers["X-Request-ID"] == "trace_7.a-b")
        for bad in ["", "a b", "x\u{1b}[2J", String(repeating: "a", count: 129)] {
            let id = try await client.get("/api/cards", headers: ["X-Request-ID": bad]).headers["X-Request-ID"]
            #expect(id?.utf8.count == 36)
            #expect(id?.dropFirst(14).first == "7")
        }
    }

    @Test func `continues a trace in the access log`() async throws {
        let lines = LogLines()
        let traced = TestClient(sampleRouter(logger: lines.logger))
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        _ = try await traced.get("/api/cards?q=private", headers: ["traceparent": parent])
        #expect(lines.text.contains("trace_id=4bf92f3577b34da6a3ce929d0e0e4736"))
        #expect(lines.text.contains("path=/api/cards "))
        #expect(!lines.text.contains("private"))
        _ = try await traced.get("/api/cards", headers: ["traceparent": "00-00000000000000000000000000000000-00f067aa0ba902b7-01"])
        #expect(!lines.text.contains("trace_id=00000000"))
    }
}
