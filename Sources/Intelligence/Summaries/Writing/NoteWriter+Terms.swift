import LanguageModels
import Questions

/// Notes about the text's terms.
extension NoteWriter {
    struct Entry {
        var name: String
        var pieces: [NoteDraft.Piece]
        /// Which sentence it is told by.
        var sentence: String
    }

    /// Terms with what they mean, those on which the text turns most first.
    func meanings() -> [Entry] {
        var entries: [Entry] = []
        for term in survey.terms {
            guard let meaning = term.meaning else { continue }
            entries.append(entry(term.name, meaning.text, meaning.origin))
        }
        guard entries.count < 5 else { return entries }
        // A text that defines little: a sentence that begins with the term says most about it.
        for (place, term) in survey.terms.enumerated().prefix(60) where term.meaning == nil && entries.count < 15 {
            let about = survey.statements.first { statement in
                guard statement.isClear, statement.terms.contains(place) else { return false }
                let start = statement.text.lowercased()
                let name = term.name.lowercased()
                return ["", "a ", "an ", "the "].contains { start.hasPrefix($0 + name + " ") }
            }
            guard let about, !entries.contains(where: { $0.sentence == Self.key(about.origin) }) else { continue }
            entries.append(entry(term.name, about.text, about.origin))
        }
        return entries
    }

    private func entry(_ name: String, _ text: String, _ origin: QuestionOrigin) -> Entry {
        let shown = name.prefix(1).uppercased() + name.dropFirst()
        return Entry(name: shown, pieces: [.init(shown, isStrong: true), .init(": " + text, origin)], sentence: Self.key(origin))
    }

    static func key(_ origin: QuestionOrigin) -> String { "\(origin.passage) \(origin.range.lowerBound)" }

    func glossary() -> [NoteDraft.Line] {
        var seen: Set<String> = []
        return meanings().filter { seen.insert($0.name.lowercased()).inserted }.prefix(120)
            .sorted { $0.name.lowercased() < $1.name.lowercased() }.map { .item(0, $0.pieces) }
    }

    /// The concept map in words, a line an edge.
    func relations() -> [NoteDraft.Line] {
        guard let map = ConceptMap(of: survey) else { return [] }
        return map.relations.map { relation in
            .item(
                0,
                [
                    .init(map.terms[relation.from], isStrong: true), .init(relation.label),
                    // Behind a sign of Markdown a number cites nothing.
                    .init(map.terms[relation.to], isStrong: true), .init(".", relation.origin),
                ])
        }
    }
}
