/// What speaks for and against that the sources hold an answer, once they are read.
struct AnswerEvidence: Sendable, Hashable {
    /// What the search gave the first passage; nil where nothing was searched.
    var place: Double?
    /// How near in meaning the nearest unit is, a cosine.
    var unit = 0.0
    /// How near in meaning the nearest sentence is, a cosine.
    var sentence = 0.0
    /// The share of the question's words that the best unit holds with its headings, by weight, 0...1.
    var share = 0.0
    /// The share that one passage holds with its headings.
    var passage = 0.0
    /// A name or a number of the question stands nowhere in what was read.
    var lacksName = false
}

extension AnswerEvidence {
    init(_ plan: AnswerPlan, passages: [SourcePassage]) {
        let (units, words) = (plan.units, plan.words)
        place = passages.first?.score
        unit = units.prefix(12).map(\.cosine).max() ?? 0
        sentence = plan.statements.map(\.cosine).max() ?? unit
        share = units.first.map { words.share(in: $0.stemSet, or: $0.headingStems) } ?? 0
        let held = passages.indices.map { index in
            units.filter { $0.blocks.contains { $0.source == index } }
                .reduce(into: Set(Words.stems(of: passages[index].text))) { $0.formUnion($1.headingStems) }
        }
        passage = held.map { words.share(in: $0) }.max() ?? 0
        lacksName = words.question.terms.contains { term in
            term.isName && !held.contains { QuestionWords.holds(term.stem, $0) } && !Self.isKnown(term.stem, units)
        }
    }

    /// Whether any unit or heading holds a word.
    static func isKnown(_ stem: String, _ units: some Sequence<Unit>) -> Bool {
        units.contains { QuestionWords.holds(stem, $0.stemSet) || QuestionWords.holds(stem, $0.headingStems) }
    }
}
