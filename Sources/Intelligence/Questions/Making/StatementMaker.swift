import LanguageModels
import Parsing

/// Asks which of four statements about a thing is true; the others are what the text says of other things.
struct StatementMaker: QuestionMaker {
    struct Statement {
        var sentence: Int
        var term: Term
        /// As it stands at the beginning of its sentence.
        var subject: String
        /// What is said of it.
        var predicate: String
        /// `is`, `are`, `VBZ`, `VBD` …: what the predicate agrees by.
        var tag: String
        var isPlural: Bool
        /// Of the predicate, and of the term.
        var stems: Set<String>
        var own: Set<String>
    }

    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest {
        var harvest = Harvest()
        let all = bench.passed.compactMap { statement($0, bench) }
        for one in all where bench.terms.isKey(one.term) || one.term.isDefined {
            let kin = Set(bench.kinship.kin(of: one.term, in: bench.terms, wordnet: bench.wordnet).map(\.key))
            let others = wrong(for: one, kin: kin, all, bench)
            guard others.count == 3, others.count(where: { kin.contains($0.term.key) }) >= 2 else {
                harvest.drop(.distractors)
                continue
            }
            let options = [one] + others
            let texts = options.map { "\(one.subject) \($0.predicate)." }
            harvest.keep(
                candidate(
                    bench, .multipleChoice, .trueStatement, stem: "Which of these statements about \(one.term.surface) is true?",
                    shuffled(texts, &random), sentence: one.sentence, key: one.term.key,
                    difficulty: bench.difficulty(2, of: one.term.key), bloom: .understand, weight: 1.1))
        }
        return harvest
    }

    private func wrong(for one: Statement, kin: Set<String>, _ all: [Statement], _ bench: Workbench) -> [Statement] {
        let about = bench.sentences(naming: one.term)
        let own = bench.sentences[one.sentence].text

        let length = Double(one.predicate.count)
        let fitting = all.filter { other in
            guard other.term.key != one.term.key, other.tag == one.tag, other.isPlural == one.isPlural,
                (0.5...1.8).contains(Double(other.predicate.count) / length),
                other.stems.isDisjoint(with: one.own), other.stems.isDisjoint(with: other.own)
            else { return false }
            let stems = other.stems
            let text = bench.sentences[other.sentence].text
            if let cosine = bench.cosine(text, own), cosine >= 0.75 { return false }
            let isTrueToo = about.contains { sentence in
                if Double(stems.intersection(bench.stems(of: sentence)).count) > 0.5 * Double(stems.count) { return true }
                return (bench.cosine(text, bench.sentences[sentence].text) ?? 0) >= 0.8
            }
            // Last, since it looks through WordNet.
            return !isTrueToo && Kinship.areApart(one.term, other.term, aliases: bench.terms.aliases, wordnet: bench.wordnet)
        }
        let sorted = fitting.sorted { a, b in
            let (isKin, isOther) = (kin.contains(a.term.key), kin.contains(b.term.key))
            if isKin != isOther { return isKin }
            return (bench.cosine(bench.sentences[a.sentence].text, own) ?? 0)
                > (bench.cosine(bench.sentences[b.sentence].text, own) ?? 0)
        }
        var taken: Set<String> = []
        return Array(sorted.filter { taken.insert($0.term.key).inserted }.prefix(3))
    }

    /// A sentence that says one thing of one term, and names neither person, date nor place.
    private func statement(_ index: Int, _ bench: Workbench) -> Statement? {
        guard let parsed = bench.sentences[index].parsed, let root = parsed.roots.first,
            let range = Predicate.words(root, in: parsed),
            let finite = Predicate.finite(root, in: parsed), let subject = Predicate.subject(root, in: parsed),
            parsed.child(of: subject, as: .conjunct, .relativeClause, .preposition, .apposition, .possessive) == nil,
            let term = bench.terms.term(of: 0..<range.lowerBound, in: parsed), (3...20).contains(range.count)
        else { return nil }
        guard
            !parsed.entities.contains(where: { entity in
                [.person, .date, .place, .group, .event, .work, .organisation].contains(entity.kind)
                    && entity.words.lowerBound >= range.lowerBound
            })
        else { return nil }
        let predicate = parsed.text(range)
        // `The Merge Layers command merges layers`; `any map` is none in particular.
        guard !GiveAway.names(predicate, term.surface),
            !["any", "some", "each", "every", "no", "all", "most", "many"].contains(parsed[0].lower)
        else { return nil }
        guard !predicate.contains(where: { "()\"“”".contains($0) }),
            !range.contains(where: { ["also", "only", "other"].contains(parsed[$0].lower) })
        else { return nil }
        let lower = parsed[finite].lower
        let tag = ["is", "are", "was", "were", "has", "have"].contains(lower) ? lower : parsed[finite].tag
        return Statement(
            sentence: index, term: term, subject: parsed.text(0..<range.lowerBound), predicate: predicate, tag: tag,
            isPlural: parsed[subject].isPluralNoun, stems: Set(Words.contentStems(of: predicate)),
            own: Set(Words.contentStems(of: term.key)))
    }
}
