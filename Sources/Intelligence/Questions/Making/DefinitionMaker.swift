import LanguageModels

/// Asks what a thing is: typed, or to be chosen among what other things of the text are.
struct DefinitionMaker: QuestionMaker {
    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest {
        var harvest = Harvest()
        for definition in bench.definitions {
            guard let term = bench.terms[definition.term], !TermTable.generic.contains(term.key), isNoun(term, bench) else {
                harvest.drop(.weakKey)
                continue
            }
            let stem = "\(term.isPerson ? "Who" : "What") \(definition.isPlural ? "are" : "is") \(definition.subject)?"
            let options = others(than: definition, term, bench)
            // Typed, a word of the term in what it is gives nothing away.
            if options.count == 3, !GiveAway.names(definition.text, term.surface) {
                harvest.keep(
                    candidate(
                        bench, .multipleChoice, .whatIsChoice, stem: stem, shuffled([definition.text] + options, &random),
                        sentence: definition.sentence, key: term.key, about: term.key,
                        difficulty: bench.difficulty(2, of: term.key),
                        bloom: .understand,
                        weight: 1.5))
            }
            harvest.keep(
                candidate(
                    bench, .shortAnswer, .whatIs, stem: stem,
                    .typed(TypedKey(accepted: [Openings.capitalised(definition.text)], isOpen: true)),
                    sentence: definition.sentence,
                    key: term.key, about: term.key, difficulty: bench.difficulty(4, of: term.key), bloom: .understand, weight: 1.4))
        }
        return harvest
    }

    /// `Lose` may be the name of a column, but no thing that is asked for.
    private func isNoun(_ term: Term, _ bench: Workbench) -> Bool {
        guard let wordnet = bench.wordnet, term.words == 1, !term.isProper else { return true }
        return !wordnet.senses(of: term.key, as: .noun).isEmpty || wordnet.senses(of: term.key, as: .verb).isEmpty
    }

    /// What three other terms are, near in meaning and in length, none of them true of this one.
    private func others(than definition: Definition, _ term: Term, _ bench: Workbench) -> [String] {
        let own = Set(Words.contentStems(of: term.key))
        let length = Double(definition.text.count)
        var taken: Set<String> = [term.key]
        var found: [(text: String, cosine: Double, stems: Set<String>)] = []
        for other in bench.definitions where other.isPlural == definition.isPlural && taken.insert(other.term).inserted {
            // What only stands for other words is told from what things are at a glance.
            guard Definition.isShortForm(other.kind) == Definition.isShortForm(definition.kind) else { continue }
            guard let otherTerm = bench.terms[other.term], (0.45...2.2).contains(Double(other.text.count) / length) else {
                continue
            }
            let stems = Set(Words.contentStems(of: other.text))
            guard own.isDisjoint(with: stems), Set(Words.contentStems(of: otherTerm.key)).isDisjoint(with: own) else { continue }
            let cosine = bench.cosine(other.text, definition.text) ?? (other.kind == definition.kind ? 0.5 : 0.3)
            guard (0.1..<0.75).contains(cosine), bench.greatestShare(of: stems, naming: term) < 0.55 else { continue }
            // A kind of the same thing may be what the term is too.
            if let general = bench.wordnet?.generals(of: term.key), general.contains(otherTerm.key) { continue }
            // Two options that say the same are both wrong at once.
            guard !found.contains(where: { areAlike($0.stems, stems) || (bench.cosine($0.text, other.text) ?? 0) >= 0.85 }) else {
                continue
            }
            found.append((other.text, cosine, stems))
        }
        return found.sorted { $0.cosine > $1.cosine }.prefix(3).map(\.text)
    }

    private func areAlike(_ one: Set<String>, _ other: Set<String>) -> Bool {
        let both = one.intersection(other).count
        return both > 0 && Double(both) >= 0.6 * Double(one.union(other).count)
    }
}
