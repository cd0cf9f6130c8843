/// Ranks what the sources say in one breath by how well it answers: by meaning, words, form and place.
struct StatementScorer {
    /// Statements whose meaning is compared with the question's.
    static let compared = 16

    let question: Question
    let words: QuestionWords
    let blocks: [Block]
    let sources: [SourcePassage]
    /// What the search gave the best passage of each section, and the best of all.
    let search: [Int: Double]
    let best: Double
    private var headings: [[String]: Set<String>] = [:]

    init(
        question: Question, words: QuestionWords, blocks: [Block], sources: [SourcePassage], search: [Int: Double], best: Double
    ) {
        self.question = question
        self.words = words
        self.blocks = blocks
        self.sources = sources
        self.search = search
        self.best = best
        for block in blocks where headings[block.path] == nil { headings[block.path] = RomanNumeral.stems(of: block.path) }
    }

    /// Those that promise most before their meaning is known.
    func promising(_ statements: [Statement]) -> [Statement] {
        let rated = statements.enumerated().map { index, statement in
            var statement = statement
            statement.score = promise(statement)
            return (index, statement)
        }
        return rated.sorted { ($0.1.score, -$0.0) > ($1.1.score, -$1.0) }.prefix(Self.compared).map(\.1)
    }

    func scored(_ statements: [Statement], question vector: [Float]) -> [Statement] {
        let rated = statements.enumerated().map { index, statement in
            var statement = statement
            statement.cosine = statement.vector.isEmpty ? 0 : Similarity.dot(statement.vector, vector)
            statement.score += statement.cosine
            return (index, statement)
        }
        return rated.sorted { ($0.1.score, -$0.0) > ($1.1.score, -$1.0) }.map(\.1)
    }

    private func promise(_ statement: Statement) -> Double {
        let block = blocks[statement.block]
        let heading = headings[block.path] ?? []
        var around = heading
        if statement.part > 0, block.kind != .table {
            around.formUnion(Words.stems(of: block.parts[statement.part - 1]))
        } else if block.kind == .table {
            around.formUnion(Words.stems(of: block.parts[0]))
        } else if statement.block > 0, blocks[statement.block - 1].section == block.section {
            around.formUnion(Words.stems(of: blocks[statement.block - 1].parts.last ?? ""))
        }
        let own = words.share(in: statement.stemSet)
        let beside = words.share(in: statement.stemSet, or: around)
        var score = 0.3 * own + 0.35 * beside
        score += 0.1 * words.pairs(in: statement.stems).near
        score += 0.2 * SentenceForm.fit(statement.text, to: question)
        if !question.signs.isEmpty { score += 0.3 * words.signs(in: statement.text) }
        score += 2 * ((search[block.section] ?? 0) - best)
        // It stands beside what the search found.
        if sources[statement.source].score == nil { score -= 0.05 }
        if TextLength.words(in: statement.text) < 5 { score -= 0.15 }
        if statement.text.hasSuffix("?") || statement.text.hasSuffix(":") { score -= 0.1 }
        return score
    }
}
