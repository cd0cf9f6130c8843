package import Ambient

/// A generative model: writes text, fills in a JSON form or calls tools, on request and piece by piece.
///
/// It knows nothing of documents; answering from passages is `AnsweringModel`. Where none is configured there is no `TextModel`:
/// who needs one takes `(any TextModel)?` and says plainly what is missing.
package protocol TextModel: Sendable {
    /// What wrote a text, as it is stored and shown with it.
    var name: String { get }
    /// How many tokens a request and its answer may have together.
    var contextWindow: Int { get }

    /// The answer as it comes. Ending the iteration, or cancelling the task, stops the model.
    ///
    /// Throws `LanguageModelFailure`. A stream that ends without `finished` does not happen: it throws.
    /// - Parameter user: on whose behalf; users take turns for a model that is busy.
    func complete(_ request: ModelRequest, for user: UserID) -> AsyncThrowingStream<ModelEvent, any Error>

    /// Asks the model's server whether it is there, knows the model and takes the key. Throws `LanguageModelFailure` with what to do.
    func check() async throws -> ModelStatus
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
