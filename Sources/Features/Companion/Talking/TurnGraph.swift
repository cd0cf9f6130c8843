import Ambient
import Database
import Failures
import FoundationEssentials
import Graphs
import LanguageModels
import Passages
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
                    turn, _ in
                    var turn = turn
                    turn.summary = session.summary
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
                Node("summary", then: .end) { turn, step in
                    try await summarise(session, step.user)
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
    private func note(_ error: any Error, _ what: StaticString) throws {
        try Task.checkCancellation()
        logger.failure(what, error)
    }

    /// Talk beside the matter: by a model in the persona's manner where there is one, else in words of our own. Distress is always
    /// answered in these.
    private func answerOwn(_ turn: Turn, _ session: Session, _ step: GraphStep, _ say: (String) async throws -> Void) async throws
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

    private func follow(_ turn: Turn, _ step: GraphStep, _ say: @escaping @Sendable (String) async throws -> Void) async throws
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

    private func replay(_ turn: Turn, _ session: Session, _ step: GraphStep, _ say: (String) async throws -> Void) async throws
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

    private func draw(_ turn: Turn, _ session: Session, _ step: GraphStep, _ say: (String) async throws -> Void) async throws
        -> Turn
    {
        guard case .image(let topic) = turn.route else { return turn }
        var turn = turn
        let passages = try await search.passages(for: topic, mode: .hybrid, limit: 12, in: nil, user: step.user)
        var (svg, sentences, writer) = (String?.none, [String](), "little-monster")
        if let model, !passages.isEmpty {
            do {
                let text = try await model.answer(to: Self.drawing(of: topic, passages.map(\.text)), for: step.user).text
                svg = SVGSanitiser.drawing(in: text)
                if svg != nil { writer = model.name }
            } catch {
                try note(error, "the model did not draw")
            }
        }
        let map = ConceptMap(of: topic, in: passages)
        sentences = map?.sentences ?? []
        let isFromModel = svg != nil
        guard let drawn = svg ?? map.map(ConceptDrawing.svg) else {
            turn.text = OwnWords.nothingToDraw(topic, turn.language)
            turn.messageID = try await chat.note(turn.said, turn.text, writer, session.id, step.user)
            turn.spoken = turn.text
            try await say(turn.text)
            return turn
        }
        let picture = Picture(id: ambient.newID(), title: topic, svg: drawn, isFromModel: isFromModel)
        try await database.transaction(as: .user(step.user)) {
            try await store.insert(picture, of: session.id, user: step.user, at: ambient.now(), in: $0)
        }
        turn.picture = picture.id.uuid
        turn.spoken = OwnWords.drawn(topic, turn.language)
        turn.text = turn.spoken + "\n\n" + sentences.prefix(8).map { "- \($0)" }.joined(separator: "\n")
        turn.messageID = try await chat.note(turn.said, turn.text, writer, session.id, step.user)
        try await say(turn.spoken)
        return turn
    }

    private static func drawing(of topic: String, _ passages: [String]) -> ModelRequest {
        ModelRequest(
            instruction: """
                Draw a clear diagram as one SVG document and write nothing else. Use only rect, circle, ellipse, line, path, polygon, text and \
                marker; viewBox 0 0 960 720; a white background; at least 16 px text. Show only what the passages say.
                """,
            messages: [.user("Topic: \(topic)\n\nPassages:\n" + passages.prefix(6).joined(separator: "\n---\n"))],
            limits: ModelLimits(answerTokens: 3_000, temperature: 0.2))
    }

    /// Past twenty messages all but the last five are summed up: by a model where there is one, else by what was asked.
    private func summarise(_ session: Session, _ user: UserID) async throws {
        let (open, last) = try await chat.turns(session.id, session.summarised, 200, user)
        guard last - session.summarised > Self.messagesBeforeSummary else { return }
        let old = open.filter { $0.number <= last - Self.messagesKept }
        guard let end = old.last?.number else { return }
        var summary = [session.summary, Self.asked(old)].compactMap(\.self).joined(separator: " ")
        if let model {
            let talk = old.map { ($0.isStudent ? "Student: " : "Companion: ") + String($0.text.prefix(600)) }.joined(
                separator: "\n")
            let request = ModelRequest(
                instruction: "Sum up this conversation for its own continuation in at most 120 words, in its language. Facts only.",
                messages: [.user([session.summary, talk].compactMap(\.self).joined(separator: "\n"))],
                limits: ModelLimits(answerTokens: 240, temperature: 0))
            do {
                let text = try await model.answer(to: request, for: user).text
                if !text.isEmpty { summary = text }
            } catch {
                try note(error, "a conversation was not summed up by the model")
            }
        }
        let kept = String(summary.suffix(2_000))
        try await database.transaction(as: .user(user)) {
            try await store.summarise(session.id, kept, upTo: end, user: user, in: $0)
        }
    }

    static let messagesBeforeSummary = 20
    static let messagesKept = 5

    private static func asked(_ turns: [CompanionChat.Turn]) -> String {
        "Asked: " + turns.filter(\.isStudent).map { "“" + String($0.text.prefix(120)) + "”" }.joined(separator: ", ") + "."
    }
}
