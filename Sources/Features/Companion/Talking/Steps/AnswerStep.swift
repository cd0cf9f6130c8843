import Graphs

extension CompanionService {
    /// Follows what the chat answers from the library, and says it in the persona's manner.
    func follow(_ turn: Turn, _ step: GraphStep, _ say: @escaping @Sendable (String) async throws -> Void) async throws
        -> Turn
    {
        guard let message = turn.messageID else { return turn }
        var turn = turn
        let opening = turn.persona.phrase(turn.persona.openings, turn.language, turn: turn.number)
        if !opening.isEmpty { try await say(opening + " ") }
        let answer = try await chat.follow(message, step.user, say)
        (turn.text, turn.citations) = (answer.text, answer.citations)
        if answer.problem != nil {
            turn.hasFailed = true
            turn.text = OwnWords.answerFailed(turn.language)
            turn.spoken = turn.text
            try await say(turn.text)
            return turn
        }
        // It stands in the conversation as the library answers; how the persona says it is for the ear alone.
        let closing = answer.citations > 0 ? turn.persona.phrase(turn.persona.closings, turn.language, turn: turn.number) : ""
        turn.spoken = [opening, Speakable.text(answer.text, turn.language), closing].filter { !$0.isEmpty }.joined(separator: " ")
        if !closing.isEmpty { try await say("\n" + closing) }
        return turn
    }
}
