package import Ambient
package import HTTPClient

/// A model run by Ollama on this machine or another.
package struct OllamaModel: TextModel {
    package let name: String
    package let contextWindow: Int
    private let transport: ModelTransport

    /// - Parameter url: without a path: `http://127.0.0.1:11434`.
    package init(url: String, model: String, contextWindow: Int, client: HTTPClient) {
        name = model
        self.contextWindow = contextWindow
        transport = ModelTransport(url: url, model: model, client: client)
    }

    package func complete(_ request: ModelRequest, for _: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
        .events { [self] continuation in
            let body = try OllamaRequest(request, model: name, contextWindow: contextWindow)
            let response = try await hinted { try await transport.post("/api/chat", body, accept: "application/x-ndjson") }
            try await transport.translated {
                var decoder = LineDecoder()
                var answer = OllamaAnswer(model: name)
                reading: for try await bytes in response.body {
                    for line in try decoder.feed(bytes) {
                        for event in try answer.take(line) { continuation.yield(event) }
                        if answer.isDone { break reading }
                    }
                }
                if !answer.isDone, let line = decoder.finish() {
                    for event in try answer.take(line) { continuation.yield(event) }
                }
                guard answer.isDone else { throw LanguageModelFailure(.broken, model: name) }
            }
        }
    }

    package func check() async throws -> ModelStatus {
        struct Tags: Decodable {
            struct Model: Decodable { var name: String }
            var models: [Model]
        }
        let models = try await transport.get("/api/tags", as: Tags.self).models.map(\.name).sorted()
        guard models.contains(name) || models.contains("\(name):latest") else {
            throw LanguageModelFailure(.missingModel(hint: pullHint), model: name)
        }
        return ModelStatus(summary: "\(name) answers at \(transport.url)", models: models)
    }

    private var pullHint: String { "Fetch it with: ollama pull \(name)" }

    private func hinted<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let failure as LanguageModelFailure {
            if case .missingModel = failure.kind { throw LanguageModelFailure(.missingModel(hint: pullHint), model: name) }
            throw failure
        }
    }
}
