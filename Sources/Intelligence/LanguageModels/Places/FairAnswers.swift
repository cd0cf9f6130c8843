package import Ambient

/// Answers that take turns by user, where it is this machine that works for them and not a `FairTextModel`.
package struct FairAnswers: AnsweringModel {
    private let answers: any AnsweringModel
    private let places: CallPlaces

    package init(_ answers: any AnsweringModel, places: CallPlaces) {
        self.answers = answers
        self.places = places
    }

    package var name: String { answers.name }
    package var isDeterministic: Bool { answers.isDeterministic }
    package var readsAround: Bool { answers.readsAround }
    package var readsNotes: Bool { answers.readsNotes }

    package func answer(_ prompt: AnswerPrompt, for user: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
        places.events(for: user) { [answers] in answers.answer(prompt, for: user) }
    }

    package func check() async throws -> ModelStatus { try await answers.check() }
}
