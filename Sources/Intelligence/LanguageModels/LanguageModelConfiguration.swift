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
    /// How many calls run at once; the others wait for their user's turn.
    package var parallelCalls: Int

    package init(
        openAIURL: String? = nil, openAIKey: APIKey? = nil, openAIModel: String = "gpt-4o-mini", ollamaURL: String? = nil,
        ollamaModel: String = "llama3.2", contextWindow: Int = 8192, parallelCalls: Int = 8
    ) {
        self.openAIURL = openAIURL
        self.openAIKey = openAIKey
        self.openAIModel = openAIModel
        self.ollamaURL = ollamaURL
        self.ollamaModel = ollamaModel
        self.contextWindow = contextWindow
        self.parallelCalls = parallelCalls
    }

    /// - Parameter client: asks the model's server; its policy is `.operatorConfigured`, since the URL comes from the settings.
    package func makeModels(client: HTTPClient, embedder: any TextEmbedder) -> ConfiguredModels {
        let places = CallPlaces(parallelCalls)
        let tutor = ExtractiveTutor(embedder: embedder)
        guard let model = generative(client) else {
            return ConfiguredModels(text: nil, answering: FairAnswers(tutor, places: places), probe: tutor)
        }
        let fair = FairTextModel(model, places: places)
        return ConfiguredModels(text: fair, answering: PromptedAnswers(fair), probe: tutor)
    }

    private func generative(_ client: HTTPClient) -> (any TextModel)? {
        if let openAIURL {
            return OpenAIModel(url: openAIURL, key: openAIKey, model: openAIModel, contextWindow: contextWindow, client: client)
        }
        if let ollamaURL { return OllamaModel(url: ollamaURL, model: ollamaModel, contextWindow: contextWindow, client: client) }
        return nil
    }
}

/// The models of an installation.
package struct ConfiguredModels: Sendable {
    /// nil where none is configured: who needs one says so.
    package var text: (any TextModel)?
    /// Is always there.
    package var answering: any AnsweringModel
    /// Tries what is offered. Where the built-in tutor answers it is that one: what it compared in a trial it knows for the answer.
    package var probe: any AnswerProbe
}
