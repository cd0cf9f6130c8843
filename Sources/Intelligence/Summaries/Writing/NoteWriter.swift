package import Embedding
package import Questions

/// Writes notes about a text out of its own sentences: nothing that the text does not say, and for each line where it says it.
package struct NoteWriter: Sendable {
    let survey: TextSurvey
    let sections: TextSections
    let words: NoteWords
    private let embedder: (any TextEmbedder)?

    /// - Parameter embedder: nil compares sentences by their words.
    package init(_ survey: TextSurvey, of source: QuestionSource, embedder: (any TextEmbedder)?) {
        self.survey = survey
        sections = TextSections(survey, source)
        words = NoteWords(survey.language)
        self.embedder = embedder
    }

    package func draft(_ kind: NoteKind, title: String) async throws -> NoteDraft {
        let ranking = try await ranking(limit: limit(for: kind))
        let lines =
            switch kind {
            case .outline: outline(ranking)
            case .summary: summary(ranking)
            case .keyPoints: keyPoints(ranking)
            case .glossary: glossary()
            case .cornell: cornell(ranking)
            case .cheatSheet: cheatSheet(ranking)
            case .conceptMap: relations()
            }
        return NoteDraft(title: title, lines: lines)
    }

    /// Sentences that a note of this kind has room for; it grows more slowly than the text.
    private func limit(for kind: NoteKind) -> Int {
        let words = survey.words
        return switch kind {
        case .outline: min(400, max(12, sections.sections.count * 3))
        case .summary: min(30, max(4, words / 160))
        case .keyPoints: min(48, max(6, words / 110))
        case .cornell: min(80, max(12, sections.sections.count * 3))
        case .cheatSheet: min(40, max(10, words / 140))
        case .glossary, .conceptMap: 0
        }
    }

    /// By a statement's place, how early it was chosen.
    private func ranking(limit: Int) async throws -> [Int: Int] {
        guard limit > 0 else { return [:] }
        let wanted = Set(sections.sections.flatMap(\.statements))
        var open = survey
        for place in open.statements.indices where !wanted.contains(place) { open.statements[place].isClear = false }
        let key = try await KeySentences(of: open, limit: limit, embedder: embedder)
        return Dictionary(uniqueKeysWithValues: key.places.enumerated().map { ($1, $0) })
    }

    // MARK: - Pieces

    /// The best of some statements, in the text's order.
    func best(_ count: Int, of statements: [Int], _ ranking: [Int: Int]) -> [Int] {
        statements.filter { ranking[$0] != nil }.sorted { (ranking[$0] ?? 0) < (ranking[$1] ?? 0) }.prefix(count).sorted()
    }

    func piece(_ statement: Int) -> NoteDraft.Piece {
        NoteDraft.Piece(survey.statements[statement].text, survey.statements[statement].origin)
    }

    /// The title of a document, where there is more than one.
    func title(of document: String, after last: String?) -> [NoteDraft.Line] {
        guard sections.documents.count > 1, document != last, let known = sections.documents.first(where: { $0.id == document })
        else { return [] }
        return [.heading(2, known.title)]
    }

    /// The level of outermost headings.
    var level: Int { sections.documents.count > 1 ? 3 : 2 }
}

extension NoteWriter {
    /// The sentences that tell most of the text, in its order: what a model may write a note from.
    package func sources(_ limit: Int) async throws -> [TextSurvey.Statement] {
        let ranking = try await ranking(limit: limit)
        return ranking.keys.sorted().map { survey.statements[$0] }
    }
}
