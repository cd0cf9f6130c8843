import Graphs
import LanguageModels

extension CompanionService {
    /// Talk beside the matter: by a model in the persona's manner where there is one, else in words of our own. Distress is always
    /// answered in these.
    func answerOwn(_ turn: Turn, _ session: Session, _ step: GraphStep, _ say: (String) async throws -> Void) async throws
        -> Turn
    {
        var turn = turn
        var writer = "little-monster"
        switch turn.route {
        case .distress(let distress): turn.text = OwnWords.help(distress, turn.language)
        case .conversation(let talk):
            turn.text = OwnWords.reply(to: talk, turn.persona, turn.language, turn: turn.number, memories: turn.memories)
            if let model, talk != .identity, talk != .remembering {
                do {
                    let answer = try await model.answer(to: request(for: turn), for: step.user)
                    let text = answer.text.trimmingPrefix { $0.isWhitespace }
                    if !text.isEmpty { (turn.text, writer) = (String(text.prefix(1_200)), model.name) }
                } catch {
                    try note(error, "the model did not answer small talk")
                }
            }
        default: break
        }
        turn.messageID = try await chat.note(turn.said, turn.text, writer, session.id, step.user)
        turn.spoken = turn.text
        try await say(turn.text)
        return turn
    }

    private func request(for turn: Turn) -> ModelRequest {
        var instruction = """
            \(turn.persona.style) You are a program that accompanies a student's learning, and say so if asked. Answer in two or three \
            short spoken sentences, without lists or marks. Give no facts of the student's subjects here, and no medical or legal advice. \
            Language: \(turn.language == "de" ? "German" : "English").
            """
        if !turn.memories.isEmpty { instruction += "\nWhat you remember of the student: " + turn.memories.joined(separator: "; ") }
        if let summary = turn.summary { instruction += "\nBefore in this conversation: " + summary }
        return ModelRequest(
            instruction: instruction, messages: [.user(turn.said)], limits: ModelLimits(answerTokens: 160, temperature: 0.7))
    }
}
