package import HTTPMessages
package import HTTPServing
import Synchronization

/// Sends requests to a responder in process, as the engine would, without a socket.
package struct TestClient: Sendable {
    private let responder: any HTTPResponder
    /// Goes with every request: `Authorization`.
    package var headers: HTTPHeaders

    package init(_ responder: any HTTPResponder, headers: HTTPHeaders = [:]) {
        self.responder = responder
        self.headers = headers
    }

    /// The same client with an access token.
    package func bearing(_ token: String) -> TestClient {
        var client = self
        client.headers["Authorization"] = "Bearer \(token)"
        return client
    }

    package func send(
        _ method: HTTPMethod, _ target: String, headers extra: HTTPHeaders = [:], body: [UInt8] = [],
        from address: String = "127.0.0.1"
    ) async throws -> TestAnswer {
        try await send(method, target, headers: extra, body: HTTPRequestBody(bytes: body), from: address)
    }

    package func send(
        _ method: HTTPMethod, _ target: String, headers extra: HTTPHeaders = [:], body: HTTPRequestBody,
        from address: String = "127.0.0.1"
    ) async throws -> TestAnswer {
        var headers = headers
        for field in extra.fields { headers[field.name] = field.value }
        let response = await responder.respond(
            to: HTTPRequest(method: method, target: target, headers: headers, body: body, remoteAddress: address))
        return try await TestAnswer(response, to: method)
    }

    /// The response as it comes, for streams.
    package func open(_ method: HTTPMethod, _ target: String, headers extra: HTTPHeaders = [:]) async -> HTTPResponse {
        var headers = headers
        for field in extra.fields { headers[field.name] = field.value }
        return await responder.respond(to: HTTPRequest(method: method, target: target, headers: headers))
    }

    package func get(_ target: String, headers: HTTPHeaders = [:]) async throws -> TestAnswer {
        try await send(.get, target, headers: headers)
    }

    package func delete(_ target: String) async throws -> TestAnswer { try await send(.delete, target) }

    /// Sends JSON text.
    package func post(_ target: String, json: String = "", headers: HTTPHeaders = [:]) async throws -> TestAnswer {
        try await send(.post, target, headers: typed(headers, json), body: Array(json.utf8))
    }

    /// Sends JSON text.
    package func patch(_ target: String, json: String) async throws -> TestAnswer {
        try await send(.patch, target, headers: typed([:], json), body: Array(json.utf8))
    }

    /// Sends a value as JSON.
    package func send(_ method: HTTPMethod, _ target: String, json value: some Encodable, headers: HTTPHeaders = [:]) async throws
        -> TestAnswer
    {
        let body = try JSONCoding.bytes(value)
        return try await send(method, target, headers: typed(headers, "{}"), body: body)
    }

    /// Sends a form of files and texts.
    package func post(_ target: String, form: TestForm) async throws -> TestAnswer {
        try await send(.post, target, headers: ["Content-Type": form.contentType], body: form.bytes)
    }

    private func typed(_ headers: HTTPHeaders, _ json: String) -> HTTPHeaders {
        var headers = headers
        if !json.isEmpty, headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
        return headers
    }
}
