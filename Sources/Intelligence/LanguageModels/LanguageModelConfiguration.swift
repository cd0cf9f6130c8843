package import Embedding
package import HTTPClient

/// Which model answers. With nothing set it is the built-in tutor, which needs no model and no network.
package struct LanguageModelConfiguration: Sendable {
    /// `https://api.openai.com/v1`, or any server that speaks the same protocol. Comes before Ollama when both are set.
    package var openAIURL: String?
    package var openAIKey: APIKey?
    package var openAIModel: String
    /// `http://127.0.0.1:11434`
    package var ollamaURL: String?
    package var ollamaModel: String
    /// Tokens of prompt and answer together.
    package var contextWindow: Int

    package init(
        openAIURL: String? = nil, openAIKey: APIKey? = nil, openAIModel: String = "gpt-4o-mini", ollamaURL: String? = nil,
        ollamaModel: String = "llama3.2", contextWindow: Int = 8192
    ) {
        self.openAIURL = openAIURL
        self.openAIKey = openAIKey
        self.openAIModel = openAIModel
        self.ollamaURL = ollamaURL
        self.ollamaModel = ollamaModel
        self.contextWindow = contextWindow
    }

    /// - Parameter client: asks the model's server; its policy is `.operatorConfigured`, since the URL comes from the settings.
    package func makeModel(client: HTTPClient, embedder: any TextEmbedder) -> any LanguageModel {
        if let openAIURL {
            return OpenAIModel(url: openAIURL, key: openAIKey, model: openAIModel, contextWindow: contextWindow, client: client)
        }
        if let ollamaURL {
            return OllamaModel(url: ollamaURL, model: ollamaModel, contextWindow: contextWindow, client: client)
        }
        return ExtractiveTutor(embedder: embedder)
    }
}

/// A key that never shows in a log or a description.
package struct APIKey: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let value: String

    /// nil if the text is blank.
    package init?(_ value: String?) {
        let trimmed = (value ?? "").filter { !$0.isWhitespace }
        guard !trimmed.isEmpty else { return nil }
        self.value = trimmed
    }

    package var description: String { "(secret)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
