/// Answers a question from passages, piece by piece: the built-in tutor, or a generative model behind a URL.
package protocol LanguageModel: Sendable {
    /// What wrote an answer, as it is stored and shown with it.
    var name: String { get }
    /// How many tokens a prompt and its answer may have together.
    var contextWindow: Int { get }
    /// The same prompt always gives the same answer, so an answer that was cut off can be continued where it stood.
    var isDeterministic: Bool { get }

    /// The answer as it comes. Ending the iteration, or cancelling the task, stops the model.
    ///
    /// Throws `LanguageModelFailure`. A stream that ends without `finished` does not happen: it throws.
    func stream(_ prompt: ChatPrompt) -> AsyncThrowingStream<ModelEvent, any Error>

    /// Asks the model's server whether it is there, knows the model and takes the key. Throws `LanguageModelFailure` with what to do.
    func check() async throws -> ModelStatus
}

package enum ModelEvent: Sendable, Hashable {
    /// More of the answer.
    case text(String)
    case usage(TokenUsage)
    /// The last event.
    case finished(FinishReason)
}

package enum FinishReason: String, Sendable, Hashable, Codable {
    case stop
    /// The window, or the limit of an answer, is full.
    case length
    /// The model's server held the answer back.
    case filtered
    /// The sources do not hold the answer, and the model says so.
    case notInSources = "not_in_sources"
}

package struct TokenUsage: Sendable, Hashable {
    package var promptTokens: Int
    package var completionTokens: Int
    package var totalTokens: Int { promptTokens + completionTokens }

    package init(promptTokens: Int, completionTokens: Int) {
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
    }
}

/// What `check` found.
package struct ModelStatus: Sendable, Hashable {
    /// One sentence for `doctor`.
    package var summary: String
    /// The models that the server offers, where it tells.
    package var models: [String]

    package init(summary: String, models: [String] = []) {
        self.summary = summary
        self.models = models
    }
}
