package import Ambient

/// Answers a question from passages, piece by piece: a `TextModel` that is told what to keep to, or the built-in tutor, which needs none.
package protocol AnsweringModel: Sendable {
    /// What wrote an answer, as it is stored and shown with it.
    var name: String { get }
    /// The same prompt always gives the same answer, so an answer that was cut off can be continued where it stood.
    var isDeterministic: Bool { get }

    /// It reads on around the passages, so it is to be given what stands beside them.
    var readsAround: Bool { get }

    /// It suits answers to notes about the student: length, words, examples.
    var readsNotes: Bool { get }

    /// The answer as it comes, with `[n]` behind what passage n says; no tool is called. Ending the iteration, or cancelling the task,
    /// stops it.
    ///
    /// Throws `LanguageModelFailure`. A stream that ends without `finished` does not happen: it throws.
    /// - Parameter user: on whose behalf; users take turns where answers cost much.
    func answer(_ prompt: AnswerPrompt, for user: UserID) -> AsyncThrowingStream<ModelEvent, any Error>

    /// Asks whether it can answer. Throws `LanguageModelFailure` with what to do.
    func check() async throws -> ModelStatus
}

extension AnsweringModel {
    package var readsAround: Bool { false }
    package var readsNotes: Bool { false }
}
