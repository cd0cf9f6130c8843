/// Tells how far passages hold the answer to a question, whichever model writes answers: before one is offered.
package protocol AnswerProbe: Sendable {
    func holding(of prompt: AnswerPrompt) async throws -> Holding
}

/// How far sources hold an answer.
package enum Holding: Sendable, Hashable {
    case plain
    /// They have something near.
    case nearest
    case none
}

extension ExtractiveTutor: AnswerProbe {
    package func holding(of prompt: AnswerPrompt) async throws -> Holding {
        let answer = try await answer(to: prompt)
        return !answer.isAnswer ? .none : answer.isPlain ? .plain : .nearest
    }
}
