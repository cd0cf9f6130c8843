import FoundationEssentials
package import HTTPClient
import HTTPMessages

/// A model behind the OpenAI chat-completions protocol: OpenAI itself, vLLM, llama.cpp, LM Studio, LiteLLM and many more.
package struct OpenAIModel: LanguageModel {
    package let name: String
    package let contextWindow: Int
    package var isDeterministic: Bool { false }
    private let transport: ModelTransport
    private let model: String

    /// - Parameter url: with the version: `https://api.openai.com/v1`.
    package init(url: String, key: APIKey?, model: String, contextWindow: Int, client: HTTPClient) {
        name = model
        self.model = model
        self.contextWindow = contextWindow
        var headers: HTTPHeaders = [:]
        if let key { headers.append("Authorization", "Bearer \(key.value)") }
        transport = ModelTransport(url: url, model: model, headers: headers, client: client)
    }

    private struct Request: Encodable {
        struct Options: Encodable {
            var includeUsage = true
            enum CodingKeys: String, CodingKey { case includeUsage = "include_usage" }
        }
        var model: String
        var messages: [ModelMessage]
        var stream = true
        var options = Options()
        var temperature = 0.2
        enum CodingKeys: String, CodingKey {
            case model, messages, stream, temperature
            case options = "stream_options"
        }
    }

    private struct Chunk: Decodable {
        struct Choice: Decodable {
            struct Delta: Decodable { var content: String? }
            var delta: Delta?
            var finishReason: String?
            enum CodingKeys: String, CodingKey {
                case delta
                case finishReason = "finish_reason"
            }
        }
        struct Usage: Decodable {
            var prompt: Int?
            var completion: Int?
            enum CodingKeys: String, CodingKey {
                case prompt = "prompt_tokens"
                case completion = "completion_tokens"
            }
        }
        struct Problem: Decodable { var message: String? }
        var choices: [Choice]?
        var usage: Usage?
        var error: Problem?
    }

    package func stream(_ prompt: ChatPrompt) -> AsyncThrowingStream<ModelEvent, any Error> {
        let request = Request(model: model, messages: PromptWriter(contextWindow: contextWindow).messages(for: prompt))
        return .events { [transport, model] continuation in
            let response = try await transport.post("/chat/completions", request, accept: "text/event-stream")
            try await transport.translated {
                var decoder = ServerSentEventDecoder()
                var reason: FinishReason?
                var isDone = false
                reading: for try await bytes in response.body {
                    for event in try decoder.feed(bytes) {
                        if event.data.drop(while: \.isWhitespace).hasPrefix("[DONE]") {
                            isDone = true
                            break reading
                        }
                        let chunk: Chunk
                        do {
                            chunk = try JSONDecoder().decode(Chunk.self, from: Data(event.data.utf8))
                        } catch {
                            throw LanguageModelFailure(.broken, model: model, underlying: error)
                        }
                        if let error = chunk.error {
                            throw LanguageModelFailure(.rejected(status: 200, error.message ?? ""), model: model)
                        }
                        if let text = chunk.choices?.first?.delta?.content, !text.isEmpty { continuation.yield(.text(text)) }
                        if let usage = chunk.usage, let prompt = usage.prompt {
                            continuation.yield(.usage(TokenUsage(promptTokens: prompt, completionTokens: usage.completion ?? 0)))
                        }
                        switch chunk.choices?.first?.finishReason {
                        case nil: break
                        case "length": reason = .length
                        case "content_filter": reason = .filtered
                        default: reason = .stop
                        }
                    }
                }
                // Some servers leave [DONE] out; without a reason either, the answer was cut off.
                guard isDone || reason != nil else { throw LanguageModelFailure(.broken, model: model) }
                continuation.yield(.finished(reason ?? .stop))
            }
        }
    }

    package func check() async throws -> ModelStatus {
        struct Models: Decodable {
            struct Model: Decodable { var id: String }
            var data: [Model]
        }
        let models = try await transport.get("/models", as: Models.self).data.map(\.id).sorted()
        guard models.isEmpty || models.contains(model) else {
            throw LanguageModelFailure(
                .missingModel(hint: "It offers \(models.prefix(8).joined(separator: ", "))\(models.count > 8 ? " and more" : "")."),
                model: model)
        }
        return ModelStatus(summary: "\(model) answers at \(transport.url)", models: models)
    }
}
