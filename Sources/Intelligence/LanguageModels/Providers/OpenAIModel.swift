package import Ambient
import FoundationEssentials
package import HTTPClient
import HTTPMessages

/// A model behind the OpenAI chat-completions protocol: OpenAI itself, vLLM, llama.cpp, LM Studio, LiteLLM and many more.
package struct OpenAIModel: TextModel {
    package let name: String
    package let contextWindow: Int
    private let transport: ModelTransport
    private let isOpenAI: Bool

    /// - Parameter url: with the version: `https://api.openai.com/v1`.
    package init(url: String, key: APIKey?, model: String, contextWindow: Int, client: HTTPClient) {
        name = model
        self.contextWindow = contextWindow
        var headers: HTTPHeaders = [:]
        if let key { headers.append("Authorization", "Bearer \(key.value)") }
        transport = ModelTransport(url: url, model: model, headers: headers, client: client)
        isOpenAI = url.lowercased().hasPrefix("https://api.openai.com/")
    }

    package func complete(_ request: ModelRequest, for _: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
        let body = OpenAIRequest(request, model: name, isOpenAI: isOpenAI)
        return .events { [transport, name] continuation in
            let response = try await transport.post("/chat/completions", body, accept: "text/event-stream")
            try await transport.translated {
                var decoder = ServerSentEventDecoder()
                var answer = OpenAIAnswer(model: name)
                reading: for try await bytes in response.body {
                    for event in try decoder.feed(bytes) {
                        for event in try answer.take(event.data) { continuation.yield(event) }
                        if answer.isDone { break reading }
                    }
                }
                for event in try answer.finish() { continuation.yield(event) }
            }
        }
    }

    package func check() async throws -> ModelStatus {
        struct Models: Decodable {
            struct Model: Decodable { var id: String }
            var data: [Model]
        }
        let models = try await transport.get("/models", as: Models.self).data.map(\.id).sorted()
        guard models.isEmpty || models.contains(name) else {
            throw LanguageModelFailure(
                .missingModel(hint: "It offers \(models.prefix(8).joined(separator: ", "))\(models.count > 8 ? " and more" : "")."),
                model: name)
        }
        return ModelStatus(summary: "\(name) answers at \(transport.url)", models: models)
    }
}
