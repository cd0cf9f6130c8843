import Questions

/// Notes that go along the text.
extension NoteWriter {
    func outline(_ ranking: [Int: Int]) -> [NoteDraft.Line] {
        var lines: [NoteDraft.Line] = []
        var (document, open): (String?, [String]) = (nil, [])
        for section in sections.sections {
            let chosen = best(2, of: section.statements, ranking)
            // A section of which nothing can be told still is a part of the text, if it has a name.
            guard !chosen.isEmpty || !section.path.isEmpty else { continue }
            lines += title(of: section.document, after: document)
            if section.document != document { open = [] }
            document = section.document
            let shared = zip(open, section.path).prefix { $0 == $1 }.count
            for depth in shared..<max(shared, section.path.count) {
                lines.append(.heading(level + depth, section.path[depth]))
            }
            open = section.path
            lines += chosen.map { .item(0, [piece($0)]) }
        }
        return lines
    }

    /// A paragraph for each chapter that has a say; headings where there is much to tell.
    func summary(_ ranking: [Int: Int]) -> [NoteDraft.Line] {
        var lines: [NoteDraft.Line] = []
        var document: String?
        let isLong = ranking.count > 8
        for chapter in sections.chapters {
            let chosen = best(ranking.count, of: chapter.statements, ranking)
            guard !chosen.isEmpty else { continue }
            lines += title(of: chapter.document, after: document)
            document = chapter.document
            if isLong, let name = chapter.path.first { lines.append(.heading(level, name)) }
            // Six sentences make a paragraph that can still be read.
            for start in stride(from: 0, to: chosen.count, by: 6) {
                lines.append(.paragraph(chosen[start..<min(chosen.count, start + 6)].map(piece)))
            }
        }
        return lines
    }

    func keyPoints(_ ranking: [Int: Int]) -> [NoteDraft.Line] {
        var lines: [NoteDraft.Line] = []
        var document: String?
        let told = sections.chapters.filter { $0.statements.contains { ranking[$0] != nil } }
        for chapter in told {
            lines += title(of: chapter.document, after: document)
            document = chapter.document
            if told.count > 2, let name = chapter.path.first { lines.append(.heading(level, name)) }
            lines += best(ranking.count, of: chapter.statements, ranking).map { .item(0, [piece($0)]) }
        }
        return lines
    }

    /// Cues left, notes right, a summary below, as they take notes at Cornell.
    func cornell(_ ranking: [Int: Int]) -> [NoteDraft.Line] {
        var rows: [NoteDraft.Line] = []
        for section in sections.sections {
            let chosen = best(3, of: section.statements, ranking)
            guard !chosen.isEmpty else { continue }
            let named = Set(chosen.flatMap { survey.statements[$0].terms }).sorted().prefix(3)
            var cue: [NoteDraft.Piece] = []
            if let name = section.path.last { cue.append(.init(name, isStrong: true)) }
            let terms = named.map { survey.terms[$0].name }.filter { $0.lowercased() != section.path.last?.lowercased() }
            if !terms.isEmpty { cue.append(.init((cue.isEmpty ? "" : "– ") + terms.joined(separator: ", "))) }
            rows.append(.row([cue, chosen.map(piece)]))
        }
        guard !rows.isEmpty else { return [] }
        let all = Array(survey.statements.indices)
        return [.row([[.init(words.cues)], [.init(words.notes)]])] + rows + [
            .heading(2, words.summary), .paragraph(best(max(3, min(6, survey.words / 600)), of: all, ranking).map(piece)),
        ]
    }

    func cheatSheet(_ ranking: [Int: Int]) -> [NoteDraft.Line] {
        var lines: [NoteDraft.Line] = []
        let terms = meanings().prefix(14)
        if !terms.isEmpty { lines += [.heading(2, words.keyTerms)] + terms.map { .item(0, $0.pieces) } }
        let formulas = self.formulas()
        if !formulas.isEmpty { lines += [.heading(2, words.formulas)] + formulas }
        var points: [NoteDraft.Line] = []
        let told = sections.chapters.filter { $0.statements.contains { ranking[$0] != nil } }
        let shown = Set(terms.map(\.sentence))
        for chapter in told {
            let short = chapter.statements.filter {
                survey.statements[$0].text.count <= 180 && !shown.contains(Self.key(survey.statements[$0].origin))
            }
            let chosen = best(max(2, 24 / max(1, told.count)), of: short, ranking)
            guard !chosen.isEmpty else { continue }
            if told.count > 1, let name = chapter.path.first { points.append(.heading(3, name)) }
            points += chosen.map { .item(0, [piece($0)]) }
        }
        if !points.isEmpty { lines += [.heading(2, words.keyPoints)] + points }
        return lines
    }

    /// Short lines that say what equals what.
    private func formulas() -> [NoteDraft.Line] {
        var seen: Set<String> = []
        return survey.statements.filter { statement in
            let text = statement.origin.sentence
            guard text.contains("="), (5...120).contains(text.count), !text.contains("=="),
                !text.contains(where: { ";{}".contains($0) }) || text.contains("$")
            else { return false }
            let long = text.split { !$0.isLetter }.count { $0.count > 3 }
            return long <= 3 && seen.insert(text).inserted
        }.prefix(10).map { .item(0, [.init($0.origin.sentence, $0.origin)]) }
    }
}
