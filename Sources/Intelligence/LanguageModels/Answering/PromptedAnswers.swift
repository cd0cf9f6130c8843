package import Ambient

/// Answers from passages by a generative model that is told to use nothing else.
package struct PromptedAnswers: AnsweringModel {
    private let model: any TextModel

    package init(_ model: any TextModel) { self.model = model }

    package var name: String { model.name }
    package var isDeterministic: Bool { false }
    package var readsNotes: Bool { true }

    package func answer(_ prompt: AnswerPrompt, for user: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
        model.complete(PromptWriter(contextWindow: model.contextWindow).request(for: prompt), for: user)
    }

    package func check() async throws -> ModelStatus { try await model.check() }
}
