package import Ambient
package import Embedding

/// Answers in the sources' own words, each with its citation: it trusts the search for the place, takes a whole unit there, and trims
/// it to what is asked. It needs no model beyond the embeddings, invents nothing, and says plainly when the sources hold no answer.
package struct ExtractiveTutor: AnsweringModel {
    /// Units whose meaning is compared with the question's; more cost time and win nothing.
    private static let compared = 8
    /// Passages whose sections are read.
    private static let places = 6
    /// Words of an answer for who wants it short; its first part is whole all the same.
    private static let short = 40

    package let name = "extractive-tutor"
    package let isDeterministic = true
    package let readsAround = true
    private let embedder: any TextEmbedder
    private let known = UnitVectors()

    package init(embedder: any TextEmbedder) { self.embedder = embedder }

    package func check() async throws -> ModelStatus {
        _ = try await embedder.embed(["ready"])
        return ModelStatus(summary: "the built-in tutor answers in the sources' own words", models: [name])
    }

    package func answer(_ prompt: AnswerPrompt, for _: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
        .events { continuation in
            let (text, isAnswer, isPlain) = try await answer(to: prompt)
            for word in Self.words(of: text) {
                try Task.checkCancellation()
                continuation.yield(.text(word))
            }
            let read = prompt.passages.reduce(TokenEstimate.tokens(in: prompt.question)) { $0 + TokenEstimate.tokens(in: $1.text) }
            continuation.yield(.usage(TokenUsage(promptTokens: read, completionTokens: TokenEstimate.tokens(in: text))))
            continuation.yield(.finished(!isAnswer ? .notInSources : isPlain ? .stop : .nearest))
        }
    }

    /// The whole answer, whether it is one, and whether the sources say it plainly.
    package func answer(to prompt: AnswerPrompt) async throws -> (text: String, isAnswer: Bool, isPlain: Bool) {
        let question = Question(prompt.standaloneQuestion)
        let sources = prompt.passages + prompt.neighbours
        let page = AnswerPage(sources: sources)
        let blocks = BlockReader.blocks(of: sources)
        if prompt.reading != nil || question.kind == .summary && question.isAboutAll {
            let path = prompt.reading ?? []
            let parts = ReadingSummary(blocks: blocks.filter { $0.path.starts(with: path) }, sources: sources).parts()
            if !parts.isEmpty { return (page.text(of: parts), true, true) }
        }
        if question.kind == .summary,
            let section = AskedSection(question: question, blocks: blocks, sources: sources).found()
        {
            let parts = ReadingSummary(blocks: section, sources: sources).parts()
            if parts.reduce(0, { $0 + $1.words }) >= 20 { return (page.text(of: parts), true, true) }
        }
        let told = Told(prompt)
        guard let (plan, asked) = try await plan(for: question, prompt, blocks, told) else {
            return (told.isEmpty ? NoAnswer.text() : NoAnswer.nothingMore, false, false)
        }
        let (units, near) = (plan.units, plan.statements)
        let verdict = AnswerGate.verdict(plan, passages: prompt.passages)
        let isRefused = verdict == .refuse || verdict == .doubtful && plan.lacksFact
        if isRefused, !told.isEmpty { return (NoAnswer.nothingMore, false, false) }
        let similarity = (units.map(\.cosine) + near.map(\.cosine)).max() ?? 0
        if isRefused, !NoAnswer.isNear(similarity, question) { return (NoAnswer.text(), false, false) }
        let best = try await bestSentence(of: units[0], asked)
        let whole = isRefused ? plan.nearest(best: best, words: NoAnswer.shown) : plan.parts(best: best)
        let text = page.text(of: prompt.wantsShort ? AnswerPart.opening(of: whole, words: Self.short) : whole)
        // Who asked may find it there all the same, or see that it is about something else.
        if isRefused { return (NoAnswer.text(nearest: sources[units[0].blocks[0].source]) + "\n\n" + text, false, false) }
        return ((verdict == .doubtful ? NoAnswer.doubt + "\n\n" : "") + text, true, verdict == .answer)
    }

    /// What comes near the question, best first, and the question's vector; nil where there is nothing to read.
    func plan(
        for question: Question, _ prompt: AnswerPrompt, _ blocks: [Block], _ told: Told
    ) async throws -> (plan: AnswerPlan, asked: [Float])? {
        let sources = prompt.passages + prompt.neighbours
        let candidates = place(UnitMaker.units(of: blocks, sources: sources), prompt, sources).filter { !told.holds($0) }
        guard !candidates.isEmpty else { return nil }
        let words = QuestionWords(question, units: candidates)
        let top = prompt.passages.compactMap(\.score).max() ?? 0
        let scorer = UnitScorer(question: question, words: words, best: top)
        let isPrecise = [.quantity, .when, .who, .definition].contains(question.kind)
        let compared = Self.compared + (question.kind == .compare ? 6 : isPrecise ? 4 : 0)
        let chosen =
            candidates.count <= compared
            ? candidates
            : Array(
                candidates.map { ($0, scorer.promise($0)) }.sorted { ($0.1, -$0.0.first) > ($1.1, -$1.0.first) }.prefix(
                    compared
                ).map(\.0))
        let search = Self.search(of: blocks, prompt)
        let ranker = StatementScorer(
            question: question, words: words, blocks: blocks, sources: sources, search: search, best: top)
        var near = ranker.promising(Statement.all(in: blocks) { search[$0.section] != nil })
        let texts = chosen.map(Self.embedded) + near.map { String($0.text.prefix(260)) }
        let vectors = try await known.vectors(of: texts, embedder)
        let asked = try await embedder.embed([question.text])[0]
        for index in near.indices { near[index].vector = vectors[chosen.count + index] }
        near = ranker.scored(near, question: asked).filter { !told.holds($0.text) }
        let units = scorer.scored(
            zip(chosen, vectors).map { unit, vector in
                var unit = unit
                unit.vector = vector
                return unit
            }, question: asked)
        return (
            AnswerPlan(question: question, words: words, units: units, blocks: blocks, sources: sources, statements: near), asked
        )
    }

    /// The units of the sections that the best passages cover, with what the search gave these.
    private func place(_ units: [Unit], _ prompt: AnswerPrompt, _ sources: [SourcePassage]) -> [Unit] {
        // Of a section its best passage counts.
        var best: [Int: Double] = [:]
        var places: Set<Int> = []
        for unit in units {
            for block in unit.blocks where block.source < prompt.passages.count {
                if let score = sources[block.source].score { best[unit.section] = max(best[unit.section] ?? 0, score) }
                if block.source < Self.places { places.insert(unit.section) }
            }
        }
        return units.filter { places.contains($0.section) }.map { unit in
            var unit = unit
            unit.search = best[unit.section] ?? 0
            unit.isBeside = unit.blocks.allSatisfy { $0.source >= prompt.passages.count }
            return unit
        }
    }

    /// Of each section that a passage covers, what the search gave its best one.
    private static func search(of blocks: [Block], _ prompt: AnswerPrompt) -> [Int: Double] {
        var best: [Int: Double] = [:]
        for block in blocks where block.source < prompt.passages.count {
            best[block.section] = max(best[block.section] ?? 0, prompt.passages[block.source].score ?? 0)
        }
        return best
    }

    private static func embedded(_ unit: Unit) -> String {
        let text = unit.blocks.map { $0.kind == .code ? $0.parts.prefix(6).joined(separator: " ") : $0.text }.joined(separator: " ")
        let path = unit.path.suffix(2).joined(separator: ": ")
        return (path.isEmpty ? "" : path + ": ") + text.prefix(260)
    }

    /// Of a long paragraph the sentence that is nearest in meaning.
    private func bestSentence(of unit: Unit, _ asked: [Float]) async throws -> Int? {
        let sentences = unit.blocks.filter { $0.kind == .paragraph }.flatMap(\.parts)
        guard unit.words > 130, (4...16).contains(sentences.count) else { return nil }
        let vectors = try await known.vectors(of: sentences, embedder)
        return vectors.indices.max { (Similarity.dot(vectors[$0], asked), -$0) < (Similarity.dot(vectors[$1], asked), -$1) }
    }

    /// Pieces that a reader sees appear: a word with the space before it.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text {
            if character.isWhitespace, word.contains(where: { !$0.isWhitespace }) {
                words.append(word)
                word = ""
            }
            word.append(character)
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
