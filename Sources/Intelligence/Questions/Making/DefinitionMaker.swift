import LanguageModels

/// Asks what a thing is: typed, or to be chosen among what other things of its kind in the text are.
struct DefinitionMaker: QuestionMaker {
    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest {
        var harvest = Harvest()
        let all = bench.definitions.compactMap { definition in
            bench.terms[definition.term].map { DescribedTerm(definition, $0, wordnet: bench.wordnet) }
        }
        let distractors = Distractors(bench: bench)
        for definition in bench.definitions {
            guard let term = bench.terms[definition.term], !TermTable.generic.contains(term.key), isNoun(term, bench),
                // Of a place or a person a sentence says one thing among many.
                !term.isProper,
                bench.isWorthDefining(term), !bench.glossaryKeys.contains(ListEntry.key(definition.subject))
            else {
                harvest.drop(.weakKey)
                continue
            }
            let stem = "\(term.isPerson ? "Who" : "What") \(definition.isPlural ? "are" : "is") \(definition.subject)?"
            let one = DescribedTerm(definition, term, wordnet: bench.wordnet)
            let own = Set(Words.contentStems(of: term.key))
            let length = Double(definition.text.count)
            let others = distractors.three(for: one, among: all) { other in
                (0.45...2.2).contains(Double(other.description.count) / length) && own.isDisjoint(with: other.stems)
                    && bench.greatestShare(of: other.stems, naming: term) < 0.55
                    // A kind of the same thing may be what the term is too.
                    && bench.wordnet?.generals(of: term.key).contains(other.name.lowercased()) != true
            }
            // Typed, a word of the term in what it is gives nothing away.
            if let others, !GiveAway.names(definition.text, term.surface),
                !GiveAway.means(definition.text, term.surface, bench.wordnet)
            {
                harvest.keep(
                    candidate(
                        bench, .multipleChoice, .whatIsChoice, stem: stem,
                        shuffled([definition.text] + others.map(\.description), &random), sentence: definition.sentence,
                        key: term.key,
                        about: term, difficulty: bench.difficulty(2, of: term.key), bloom: .understand, weight: 1.5))
            }
            harvest.keep(
                candidate(
                    bench, .shortAnswer, .whatIs, stem: stem,
                    .typed(TypedKey(accepted: [Openings.capitalised(definition.text)], isOpen: true)),
                    sentence: definition.sentence,
                    key: term.key, about: term, difficulty: bench.difficulty(4, of: term.key), bloom: .understand, weight: 1.4))
        }
        return harvest
    }

    /// `Lose` may be the name of a column, but no thing that is asked for.
    private func isNoun(_ term: Term, _ bench: Workbench) -> Bool {
        guard let wordnet = bench.wordnet, term.words == 1, !term.isProper else { return true }
        return !wordnet.senses(of: term.key, as: .noun).isEmpty || wordnet.senses(of: term.key, as: .verb).isEmpty
    }
}
