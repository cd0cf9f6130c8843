import FoundationEssentials
package import HTTPClient

/// A model run by Ollama on this machine or another.
package struct OllamaModel: LanguageModel {
    package let name: String
    package let contextWindow: Int
    package var isDeterministic: Bool { false }
    private let transport: ModelTransport

    /// - Parameter url: without a path: `http://127.0.0.1:11434`.
    package init(url: String, model: String, contextWindow: Int, client: HTTPClient) {
        name = model
        self.contextWindow = contextWindow
        transport = ModelTransport(url: url, model: model, client: client)
    }

    private struct Request: Encodable {
        struct Options: Encodable {
            /// Without it Ollama silently cuts the prompt to its own default window.
            var window: Int
            var temperature = 0.2
            enum CodingKeys: String, CodingKey {
                case window = "num_ctx"
                case temperature
            }
        }
        var model: String
        var messages: [ModelMessage]
        var stream = true
        var options: Options
    }

    private struct Line: Decodable {
        struct Message: Decodable { var content: String? }
        var message: Message?
        var done: Bool?
        var reason: String?
        var prompt: Int?
        var completion: Int?
        var error: String?
        enum CodingKeys: String, CodingKey {
            case message, done, error
            case reason = "done_reason"
            case prompt = "prompt_eval_count"
            case completion = "eval_count"
        }
    }

    package func stream(_ prompt: ChatPrompt) -> AsyncThrowingStream<ModelEvent, any Error> {
        let request = Request(
            model: name, messages: PromptWriter(contextWindow: contextWindow).messages(for: prompt),
            options: .init(window: contextWindow))
        return .events { [self] continuation in
            let response = try await hinted { try await transport.post("/api/chat", request, accept: "application/x-ndjson") }
            try await transport.translated {
                var decoder = LineDecoder()
                for try await bytes in response.body {
                    for line in try decoder.feed(bytes) where try take(line, continuation) { return }
                }
                if let line = decoder.finish(), try take(line, continuation) { return }
                throw LanguageModelFailure(.broken, model: name)
            }
        }
    }

    /// true if it was the last.
    private func take(_ text: String, _ continuation: AsyncThrowingStream<ModelEvent, any Error>.Continuation) throws -> Bool {
        guard text.contains(where: { !$0.isWhitespace }) else { return false }
        let line: Line
        do {
            line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
        } catch {
            throw LanguageModelFailure(.broken, model: name, underlying: error)
        }
        if let error = line.error { throw LanguageModelFailure(.rejected(status: 200, error), model: name) }
        if let text = line.message?.content, !text.isEmpty { continuation.yield(.text(text)) }
        guard line.done == true else { return false }
        if line.prompt != nil || line.completion != nil {
            continuation.yield(.usage(TokenUsage(promptTokens: line.prompt ?? 0, completionTokens: line.completion ?? 0)))
        }
        continuation.yield(.finished(line.reason == "length" ? .length : .stop))
        return true
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
