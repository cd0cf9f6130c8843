import LanguageModels

/// Statements to be judged: what a thing is as the text says it, and a thing with what another of its kind is.
///
/// Other sentences of a text are seldom worth judging, and turned round by a word or a number they give themselves away.
struct TruthMaker: QuestionMaker {
    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest {
        var harvest = Harvest()
        let distractors = Distractors(bench: bench)
        definitions(bench, distractors, &random, &harvest)
        entries(bench, distractors, &random, &harvest)
        return harvest
    }

    /// A thing with what it is, or with what another, near to it, is.
    private func definitions(
        _ bench: Workbench, _ distractors: Distractors, _ random: inout DraftRandom, _ harvest: inout Harvest
    ) {
        let all = bench.definitions.compactMap { definition in
            bench.terms[definition.term].map { (definition, $0, DescribedTerm(definition, $0, wordnet: bench.wordnet)) }
        }
        for (definition, term, one) in all where bench.isWorthAsking(term) {
            let general = bench.wordnet?.generals(of: term.head) ?? []
            let near = all.compactMap { other, _, described -> (Definition, Double)? in
                guard let likeness = distractors.likeness(one, described), Self.isNear(likeness), !general.contains(other.kind),
                    bench.greatestShare(of: described.stems, naming: term) < 0.55
                else { return nil }
                return (other, likeness)
            }
            guard !GiveAway.names(definition.text, term.surface) else { continue }
            let best = near.max(by: { $0.1 < $1.1 })?.0
            let isRight = best == nil || Bool.random(using: &random)
            let text = isRight ? definition.text : best?.text ?? definition.text
            let stem = "\(Openings.capitalised(definition.subject)) \(definition.isPlural ? "are" : "is") \(text)."
            harvest.keep(
                candidate(
                    bench, .trueFalse, isRight ? .statedTrue : .exchangedDefinition, stem: stem, .truth(isRight),
                    sentence: definition.sentence, key: definition.term, about: term,
                    difficulty: bench.difficulty(2, of: definition.term), bloom: .understand, weight: isRight ? 0.8 : 1))
        }
    }

    /// Whether a statement is not absurd with the other's meaning, also where both turn on one noun.
    private static func isNear(_ likeness: Double) -> Bool { (likeness > 1 ? likeness - 1 : likeness) >= 0.4 }

    /// A word of the glossary with its own meaning, and with that of its nearest.
    private func entries(
        _ bench: Workbench, _ distractors: Distractors, _ random: inout DraftRandom, _ harvest: inout Harvest
    ) {
        let all = bench.glossary.map { DescribedTerm($0) }
        for (list, entries) in zip(bench.lists, bench.entries) where list.isGlossary {
            for entry in entries where entry.kind != nil {
                let one = DescribedTerm(entry)
                let near = all.compactMap { other in
                    distractors.likeness(one, other).flatMap { Self.isNear($0) ? (other, $0) : nil }
                }
                guard let best = near.max(by: { $0.1 < $1.1 })?.0, !GiveAway.names(best.description, entry.term),
                    !GiveAway.names(entry.description, entry.term), !GiveAway.names(entry.description, best.name)
                else { continue }
                let isRight = Bool.random(using: &random)
                let meaning = isRight ? entry.description : best.description
                harvest.keep(
                    Candidate(
                        draft: DraftQuestion(
                            kind: .trueFalse, making: isRight ? .statedTrue : .exchangedDefinition,
                            stem: "\(Openings.capitalised(entry.term)) \(entry.isPlural ? "mean" : "means"): \(meaning).",
                            content: .truth(isRight),
                            explanation: entry.item.text,
                            origin: bench.origin(list.passage, entry.item.range, entry.item.text, list.headings), topic: entry.term,
                            difficulty: 2, bloom: .remember),
                        sentence: nil, key: "truth:\(entry.key)", facts: isRight ? [entry.key] : [entry.key, best.key], weight: 1.1,
                        stems: Set(Words.contentStems(of: "\(entry.term) \(meaning)"))))
            }
        }
    }
}
