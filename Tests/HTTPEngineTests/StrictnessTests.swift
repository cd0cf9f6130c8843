import HTTPEngine
import Telemetry
import Testing

/// The strictness table over a real socket. What the parser says is in `RequestParserTests`; here it must also arrive.
@Suite("Strictness over a socket", .serialized)
struct StrictnessTests {
    @Test("each shape gets its status in one piece", .timeLimit(.minutes(3)), arguments: Shape.all)
    func whole(_ shape: Shape) async throws {
        try await check(shape) { $0.send(shape.bytes) }
    }

    @Test("each shape gets its status byte by byte", .timeLimit(.minutes(3)), arguments: Shape.all)
    func split(_ shape: Shape) async throws {
        try await check(shape) { $0.sendByteByByte(shape.bytes) }
    }

    private func check(_ shape: Shape, _ send: @escaping @Sendable (TestClient) -> Void) async throws {
        try await withServer { server in
            let response = try await server.talk { client in
                send(client)
                return client.response()
            }
            #expect(response?.status == shape.status)
            if shape.status != 200 { #expect(response?.headers["connection"] == "close") }
        }
    }

    @Test("a refusal has the shape of every error")
    func body() async throws {
        try await withServer { server in
            let response = try #require(try await server.ask("GET / HTTP/1.1\r\n\r\n"))
            let id = try #require(response.headers["x-request-id"])
            #expect(response.headers["content-type"] == "application/json")
            #expect(response.text.hasPrefix(#"{"error":"BadRequest","message":"The Host header is missing.","details":{},"#))
            #expect(response.text.contains(#""request_id":"\#(id)","timestamp":""#))
        }
    }

    @Test(
        "a refusal is kept by nobody, and is nothing to a browser but what it says it is",
        arguments: [
            "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/2.0\r\n\r\n",
            "GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\nHost: a\r\n\r\n",
        ])
    func headers(_ request: String) async throws {
        try await withServer { server in
            let response = try #require(try await server.ask(request))
            #expect(response.status >= 400)
            #expect(response.headers["cache-control"] == "no-store" && response.headers["x-content-type-options"] == "nosniff")
            #expect(response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'")
        }
    }

    @Test("the server goes on after a refusal, and counts it")
    func goesOn() async throws {
        try await withServer { server in
            let refused = try await server.ask("nonsense\r\n\r\n")
            let accepted = try await server.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(refused?.status == 400)
            #expect(accepted?.status == 200)
            let metrics = server.metrics.rendered()
            #expect(metrics.contains("http_engine_refused_total 1.0"))
            #expect(metrics.contains("http_engine_requests_total 1.0"))
            #expect(metrics.contains("http_connections_accepted_total 2.0"))
        }
    }
}
