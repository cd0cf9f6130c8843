/// Cuts a unit down to what a reader wants, around its best sentence.
struct Trimmer: Sendable {
    let question: Question
    let words: QuestionWords
    /// Words of a table that is told whole.
    private var longestTable: Int { question.kind == .list || question.kind == .compare ? 150 : 90 }

    /// How many words an answer has.
    static func limit(_ question: Question) -> Int {
        switch question.kind {
        case .definition: 90
        case .why: 110
        case .how: question.aim == .steps ? 150 : 120
        case .list, .summary: 150
        case .compare: 130
        case .quantity, .when, .who: 55
        case .whereabouts, .other: 110
        }
    }

    /// - Parameter best: index of the unit's best sentence among all of its prose; nil where that is not known.
    func parts(of unit: Unit, limit: Int, best: Int? = nil) -> [AnswerPart] {
        let total = unit.words
        var left = limit
        var parts: [AnswerPart] = []
        var offset = 0
        var name = ""
        for (index, block) in unit.blocks.enumerated() {
            defer { offset += block.kind == .paragraph ? block.parts.count : 0 }
            // What the first paragraph announces is told with it.
            guard left > 0 || index <= 1 else { break }
            let part: AnswerPart
            switch block.kind {
            case .label where unit.blocks.count > index + 1 && unit.blocks[index + 1].kind == .paragraph:
                name = block.text.hasSuffix(":") ? block.text + " " : block.text + ": "
                continue
            case .label: part = .text(block.text + ":", source: block.source)
            case .note: part = .text(block.text, source: block.source)
            case .paragraph:
                let isWhole = total <= limit + limit / 4 || block.words <= left + 40
                let own = best.map { $0 - offset }.flatMap { block.parts.indices.contains($0) ? $0 : nil }
                part = .text(
                    name + (isWhole ? block.text : cut(block.parts, to: max(left, 30), around: own)), source: block.source)
                name = ""
            case .list: part = .list(list(block.parts, left: max(left, 40)), source: block.source)
            case .code: part = .code(code(block.text), source: block.source)
            case .table: part = .table(table(block.parts), source: block.source)
            }
            left -= part.words
            parts.append(part)
        }
        return parts
    }

    /// The best sentence, with what follows it, then with what stands before it, while that fits.
    func cut(_ sentences: [String], to limit: Int, around index: Int?) -> String {
        guard let best = index ?? bestSentence(of: sentences) else { return "" }
        var (low, high) = (best, best)
        var used = TextLength.words(in: sentences[best])
        func fits(_ index: Int) -> Bool { used + TextLength.words(in: sentences[index]) <= limit }
        if low > 0, Pronouns.leans(sentences[low]) {
            low -= 1
            used += TextLength.words(in: sentences[low])
        }
        while high + 1 < sentences.count, fits(high + 1) {
            high += 1
            used += TextLength.words(in: sentences[high])
        }
        while low > 0, fits(low - 1) {
            low -= 1
            used += TextLength.words(in: sentences[low])
        }
        let chosen = sentences[low...high].joined(separator: Self.glue(sentences[low]))
        return chosen
    }

    static func glue(_ text: String) -> String {
        text.unicodeScalars.last.map { "。！？".unicodeScalars.contains($0) } == true ? "" : " "
    }

    /// The sentence with most of the question.
    func bestSentence(of sentences: [String]) -> Int? {
        let values = sentences.map { sentence in
            let stems = Words.stems(of: sentence)
            return words.share(in: Set(stems)) + 0.2 * words.pairs(in: stems).near + 0.2 * SentenceForm.fit(sentence, to: question)
        }
        return values.indices.max { (values[$0], -$0) < (values[$1], -$1) }
    }

    private func list(_ items: [String], left: Int) -> [String] {
        var items = items
        if items.count > 12 { items = Array(items.prefix(12)) }
        let total = items.reduce(0) { $0 + TextLength.words(in: $1) }
        guard total > left + left / 2 else { return items }
        // Long entries by their first sentence.
        let brief = items.map { item in
            SentenceSplitter.sentences(in: item).first.map { first in
                let mark = item.prefix { !$0.isWhitespace }
                return ListMarker.text(of: item) == nil ? first.text : "\(mark) \(first.text)"
            } ?? item
        }
        // Where no list is asked for, those entries that have to do with it.
        guard question.kind != .list, brief.count > 5, brief.reduce(0, { $0 + TextLength.words(in: $1) }) > left + left / 2 else {
            return brief
        }
        let shares = items.map { words.share(in: Set(Words.stems(of: $0))) }
        let best = items.indices.sorted { (shares[$0], -$0) > (shares[$1], -$1) }.prefix(4).filter { shares[$0] > 0 }
        return best.isEmpty ? Array(brief.prefix(5)) : best.sorted().map { items[$0] }
    }

    private func code(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count <= 24 ? text : lines.prefix(18).joined(separator: "\n") + "\n…"
    }

    private func table(_ rows: [String]) -> [String] {
        func length(_ row: String) -> Int { TextLength.words(in: row) }
        guard rows.count > 9 || rows.reduce(0, { $0 + length($1) }) > longestTable else { return rows }
        let ranked = rows.indices.dropFirst().sorted { a, b in
            let (x, y) = (words.share(in: Set(Words.stems(of: rows[a]))), words.share(in: Set(Words.stems(of: rows[b]))))
            return (x, -a) > (y, -b)
        }
        var left = longestTable - length(rows[0])
        let kept = ranked.prefix(8).enumerated().prefix { rank, row in
            left -= length(rows[row])
            return rank == 0 || left >= 0
        }
        return [rows[0]] + kept.map(\.element).sorted().map { rows[$0] }
    }
}
