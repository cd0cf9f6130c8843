import Ambient
import Graphs
import Telemetry

/// The steps of a turn: what is remembered, where it goes, what is answered, what is summed up. What a
/// turn tells of the student is kept with its message.
extension CompanionService {
    /// - Parameters:
    ///   - session: whose turn it is.
    ///   - say: is given the answer as it grows, for who speaks it meanwhile.
    func graph(of session: Session, say: @escaping @Sendable (String) async throws -> Void) throws(GraphFailure) -> StateGraph<Turn>
    {
        typealias Node = StateGraph<Turn>.Node
        return try StateGraph(
            "companion", entry: "memory",
            [
                Node("memory", then: .to("router")) { turn, step in
                    var turn = turn
                    // What is down costs the answer a memory, not the answer.
                    if turn.remembers {
                        do { turn.memories = try await memory.recall(turn.said, 3, step.user) } catch {
                            try note(error, "memories were not recalled")
                        }
                    }
                    return turn
                },
                Node("router", then: .to("context")) { turn, _ in
                    var turn = turn
                    turn.route = TurnRoute(of: turn.said)
                    return turn
                },
                Node("context", then: .choose(among: ["own", "question", "picture", "replay"]) { Self.edge(of: $0.route) }) {
                    turn, step in
                    var turn = turn
                    if case .conversation = turn.route { turn.summary = try await chat.summary(session.id, step.user) }
                    return turn
                },
                Node("own", then: .to("summary")) { turn, step in
                    try await answerOwn(turn, session, step, say)
                },
                // The question is put once, whatever becomes of this process; the chat goes on with its answer by itself.
                Node("question", then: .to("answer")) { turn, step in
                    var turn = turn
                    turn.messageID = try await chat.ask(turn.said, session.id, step.user)
                    return turn
                },
                Node("answer", then: .to("summary")) { turn, step in
                    try await follow(turn, step, say)
                },
                Node("picture", then: .to("summary")) { turn, step in
                    try await draw(turn, session, step, say)
                },
                Node("replay", then: .to("summary")) { turn, step in
                    try await replay(turn, session, step, say)
                },
                // What the chat answers it sums up itself.
                Node("summary", then: .end) { turn, step in
                    if turn.route != .question { try await chat.sumUp(session.id, step.user) }
                    return turn
                },
            ])
    }

    private static func edge(of route: TurnRoute?) -> String {
        switch route {
        case .distress, .conversation: "own"
        case .image: "picture"
        case .audio: "replay"
        case .question, nil: "question"
        }
    }

    /// Logs what went wrong beside an answer, unless the turn itself was cut off.
    func note(_ error: any Error, _ what: StaticString) throws {
        try Task.checkCancellation()
        logger.failure(what, error)
    }
}
