import Ambient
import BlobStorage
import Database
import Graphs
import LanguageModels
import Passages
import Summaries

extension CompanionService {
    /// Draws: by the provider of pictures where there is one, else by the model as SVG, else as a concept map of what the documents say.
    /// Each falls back on the next.
    func draw(_ turn: Turn, _ session: Session, _ step: GraphStep, _ say: (String) async throws -> Void) async throws -> Turn {
        guard case .image(let topic) = turn.route else { return turn }
        var turn = turn
        let passages = try await search.passages(for: topic, mode: .hybrid, limit: 12, in: nil, user: step.user)
        let map = ConceptMap(of: topic, in: passages.map(\.text))
        guard let drawn = try await drawing(of: topic, passages, map, user: step.user) else {
            turn.text = OwnWords.nothingToDraw(topic, turn.language)
            turn.messageID = try await chat.note(turn.said, turn.text, Self.writer, session.id, step.user)
            turn.spoken = turn.text
            try await say(turn.text)
            return turn
        }
        let id: PictureID = ambient.newID()
        try await keep(drawn, id, topic, of: session)
        turn.picture = id.uuid
        turn.spoken = OwnWords.drawn(topic, drawn.isMap ? .map : .picture, turn.language)
        turn.text = ([turn.spoken] + (map?.sentences ?? []).prefix(8).map { "- \($0)" }).joined(separator: "\n\n")
        turn.messageID = try await chat.note(turn.said, turn.text, drawn.by, session.id, step.user)
        try await say(turn.spoken)
        return turn
    }

    /// What the companion itself writes goes under this name.
    static let writer = "little-monster"

    /// A picture that is not kept yet.
    private struct Drawn {
        enum Content {
            case svg(String)
            case file([UInt8], PictureForm)
        }

        let content: Content
        /// Who drew it.
        let by: String
        var isMap = false
    }

    private func drawing(of topic: String, _ passages: [Passage], _ map: ConceptMap?, user: UserID) async throws -> Drawn? {
        guard !passages.isEmpty else { return nil }
        let texts = passages.map(\.text)
        if let pictures {
            do {
                let made = try await pictures.picture(of: Self.description(of: topic, map?.sentences ?? texts), for: user)
                return Drawn(content: .file(made.bytes, made.form), by: pictures.name)
            } catch {
                try note(error, "the provider of pictures did not draw")
            }
        }
        if let model {
            do {
                let text = try await model.answer(to: Self.drawing(of: topic, texts), for: user).text
                if let svg = SVGSanitiser.drawing(in: text) { return Drawn(content: .svg(svg), by: model.name) }
            } catch {
                try note(error, "the model did not draw")
            }
        }
        return map.map { Drawn(content: .svg(ConceptDrawing.svg($0)), by: Self.writer, isMap: true) }
    }

    private func keep(_ drawn: Drawn, _ id: PictureID, _ topic: String, of session: Session) async throws {
        @Sendable func insert(_ content: Picture.Content, _ transaction: any Transaction) async throws {
            let picture = Picture(id: id, title: topic, content: content, isFromModel: !drawn.isMap)
            try await store.insert(picture, of: session.id, user: session.userID, at: ambient.now(), in: transaction)
        }
        switch drawn.content {
        case .svg(let svg):
            try await database.transaction(as: .user(session.userID)) { try await insert(.svg(svg), $0) }
        case .file(let bytes, let form):
            let parts = AsyncStream<[UInt8]> { stream in
                stream.yield(bytes)
                stream.finish()
            }
            try await blobs.receive(from: parts, limit: bytes.count) { received in
                try await received.store()
                try await database.transaction(as: .user(session.userID)) { transaction in
                    try await received.confirm()
                    try await insert(.file(sha256: received.blob.sha256, form), transaction)
                }
            }
        }
    }

    /// What a provider of pictures is asked for.
    private static func description(of topic: String, _ sentences: [String]) -> String {
        """
        A clear, simple diagram for a student: \(topic). A white background, few and short labels. It shows only this:
        \(String(sentences.prefix(8).joined(separator: "\n").prefix(1_500)))
        """
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
}
