import Graphs

extension CompanionService {
    /// Says the last answer again.
    func replay(_ turn: Turn, _ session: Session, _ step: GraphStep, _ say: (String) async throws -> Void) async throws
        -> Turn
    {
        var turn = turn
        let last = try await chat.turns(session.id, 0, 10_000, step.user).list.last { !$0.isStudent }
        turn.text = last.map(\.text) ?? OwnWords.nothingToRepeat(turn.language)
        turn.spoken = Speakable.text(turn.text, turn.language)
        turn.isSlower = turn.route == .audio(.slower)
        try await say(turn.spoken)
        return turn
    }
}
