import Failures
import FoundationEssentials
import HTTPClient
import HTTPMessages

/// What the providers share: JSON out, a streamed answer in, and the server's errors in our terms.
struct ModelTransport: Sendable {
    let url: String
    let model: String
    let headers: HTTPHeaders
    let client: HTTPClient

    init(url: String, model: String, headers: HTTPHeaders = [:], client: HTTPClient) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.model = model
        self.headers = headers
        self.client = client
    }

    func post(
        _ path: String, _ body: some Encodable, accept: String, timeouts: ClientTimeouts = .streaming
    ) async throws -> ClientResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var request = ClientRequest(.post, url + path, headers: headers, body: .bytes(Array(try encoder.encode(body))))
        request.headers.append("Content-Type", "application/json")
        request.headers.append("Accept", accept)
        request.timeouts = timeouts
        return try await send(request)
    }

    func get<Answer: Decodable>(_ path: String, as type: Answer.Type) async throws -> Answer {
        var request = ClientRequest(.get, url + path, headers: headers)
        request.timeouts = ClientTimeouts(connect: .seconds(5), total: .seconds(10), idle: nil)
        let bytes = try await translated { try await send(request).body.collect(upTo: 4 << 20) }
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw LanguageModelFailure(.broken, model: model, underlying: error)
        }
    }

    /// Turns what the client throws into this module's failures.
    func translated<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let failure as HTTPClientFailure {
            switch failure.kind {
            case .unresolved, .connect, .tls, .timeout, .circuitOpen:
                throw LanguageModelFailure(.unreachable, model: model, retryAfter: failure.retryAfter, underlying: failure)
            case .invalidURL, .refused:
                throw LanguageModelFailure(
                    .misconfigured("The address of the language model in the settings is not a web address."), model: model)
            default: throw LanguageModelFailure(.broken, model: model, underlying: failure)
            }
        }
    }

    private func send(_ request: ClientRequest) async throws -> ClientResponse {
        let response = try await translated { try await client.send(request) }
        guard !(200..<300).contains(response.status) else { return response }
        let bytes = (try? await response.body.collect(upTo: 64 << 10)) ?? []
        let said = Self.message(in: bytes)
        let wait = RetryPolicy.retryAfter(response.headers["Retry-After"], now: Date().timeIntervalSince1970)
        let kind: LanguageModelFailure.Kind =
            switch response.status {
            case 401, 403: .unauthorised
            case 404 where said.lowercased().contains("model"): .missingModel(hint: "The server says: \(said)")
            case 429: .rateLimited
            case 503, 529: .overloaded
            default: .rejected(status: response.status, said)
            }
        throw LanguageModelFailure(kind, model: model, retryAfter: wait)
    }

    /// `{"error": {"message": "…"}}`, `{"error": "…"}`, or the beginning of whatever it is.
    static func message(in bytes: [UInt8]) -> String {
        struct Nested: Decodable {
            struct Inner: Decodable { var message: String }
            var error: Inner
        }
        struct Flat: Decodable { var error: String }
        let data = Data(bytes)
        if let nested = try? JSONDecoder().decode(Nested.self, from: data) { return nested.error.message }
        if let flat = try? JSONDecoder().decode(Flat.self, from: data) { return flat.error }
        return String(String(decoding: bytes, as: UTF8.self).prefix(300))
    }
}

extension AsyncThrowingStream where Element == ModelEvent, Failure == any Error {
    /// A stream fed by `body`; the consumer's end of interest cancels it.
    static func events(
        _ body: @escaping @Sendable (Continuation) async throws -> Void
    ) -> AsyncThrowingStream<ModelEvent, any Error> {
        AsyncThrowingStream { continuation in
            // The stream owns this task: it ends with `body`, and `onTermination` cancels it when nobody listens any more.
            let task = Task {
                do {
                    try await body(continuation)
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
