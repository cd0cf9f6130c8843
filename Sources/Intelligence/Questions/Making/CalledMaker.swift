import LanguageModels
import Parsing

/// Asks how a thing is called that the text describes: `The point at which … is called X`, `a layer, called X, …`.
struct CalledMaker: QuestionMaker {
    private static let naming: Set<String> = ["call", "name", "term", "know", "refer"]

    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest {
        var harvest = Harvest()
        for index in bench.passed {
            let sentence = bench.sentences[index]
            guard let parsed = sentence.parsed, let root = parsed.roots.first else { continue }
            // A name in quotation marks is a manner of speaking.
            if sentence.text.contains(where: { "\"“”‘".contains($0) }) { continue }
            if Self.naming.contains(parsed[root].lemma.lowercased()), parsed[root].tag == "VBN" {
                main(parsed, root, index, bench, &harvest)
            } else {
                aside(parsed, index, bench, &harvest)
            }
        }
        return harvest
    }

    /// `S is called X` becomes `What is S called?`
    private func main(_ parsed: ParsedSentence, _ root: Int, _ index: Int, _ bench: Workbench, _ harvest: inout Harvest) {
        guard let finite = Predicate.finite(root, in: parsed), ["is", "are"].contains(parsed[finite].lower),
            let subject = Predicate.subject(root, in: parsed), parsed.child(of: root, as: .negation) == nil,
            let (name, term) = name(root, parsed, bench)
        else { return }
        let span = parsed.span(of: subject)
        // What is described must be told by more than its name.
        // `are collectively called` says it of all of them, and not of each.
        guard span.lowerBound == 0, span.count >= 4, span.upperBound == finite, root == finite + 1, name.lowerBound > root,
            name.upperBound >= Predicate.end(of: parsed) - 1, !parsed.hasLooseNoun(in: span, terms: bench.terms)
        else { return harvest.drop(.weakKey) }
        let asked = terms(parsed.text(span), parsed[0], bench)
        let tail = parsed[root].lemma == "know" ? "known as" : parsed[root].lower == "referred" ? "referred to as" : "called"
        let stem = "What \(parsed[finite].lower) \(asked) \(tail)?"
        add(stem, .typed(typedKey(term, shown: parsed.text(name), bench)), .shortAnswer, term, index, bench, &harvest)
    }

    /// `a layer, called X, surrounds it` with a gap for X.
    private func aside(_ parsed: ParsedSentence, _ index: Int, _ bench: Workbench, _ harvest: inout Harvest) {
        for (place, word) in parsed.words.enumerated()
        where word.lower == "called" && word.relation == .adjectivalClause && !bench.terms.isHeadingStem(word.lower) {
            guard let (name, term) = name(place, parsed, bench), place > 0, !parsed[name.upperBound - 1].text.hasSuffix("."),
                parsed[name.lowerBound..<name.upperBound, isText: "or"] == false,
                // `the Tropic of Capricorn` is one name.
                name.upperBound >= parsed.count || parsed[name.upperBound].lower != "of"
            else { continue }
            let told = parsed.words.map(\.lower)
            guard told.allSatisfy({ !Self.leaning.contains($0) }), isWhole(name, after: place, parsed),
                parsed[parsed[place].head].relation != .conjunct,
                !parsed.hasLooseNoun(in: 0..<name.lowerBound, terms: bench.terms),
                !parsed.hasLooseNoun(in: name.upperBound..<parsed.count, terms: bench.terms)
            else { continue }
            let before = parsed.text(0..<name.lowerBound)
            let after = parsed.text(name.upperBound..<parsed.count)
            let glue = after.first.map { ",.;:)".contains($0) } == true ? "" : " "
            let stem = "\(before) \(QuestionContent.gap)\(glue)\(after)"
            add(stem, .gaps([typedKey(term, shown: parsed.text(name), bench)]), .cloze, term, index, bench, &harvest)
            return
        }
    }

    private func add(
        _ stem: String, _ content: QuestionContent, _ kind: QuestionKind, _ term: Term, _ index: Int, _ bench: Workbench,
        _ harvest: inout Harvest
    ) {
        guard !GiveAway.names(stem, term.surface) else { return harvest.drop(.giveAway) }
        guard bench.isWorthAsking(term) || bench.glossaryKeys.contains(ListEntry.key(term.surface)) else {
            return harvest.drop(.weakKey)
        }
        harvest.keep(
            candidate(
                bench, kind, .called, stem: stem, content, sentence: index, key: term.key, about: term,
                difficulty: bench.difficulty(3, of: term.key), bloom: .remember, weight: 1.3))
    }

    /// Words that lean on a sentence before.
    private static let leaning: Set<String> = [
        "then", "again", "thus", "therefore", "collectively", "next", "eventually", "finally", "subsequently",
    ]

    /// Whether the name stands right behind `called`, but for its article: else a word of it is left in the stem.
    private func isWhole(_ name: Range<Int>, after verb: Int, _ parsed: ParsedSentence) -> Bool {
        (verb + 1..<name.lowerBound).allSatisfy { parsed[$0].part == .determiner }
    }

    private func terms(_ text: String, _ first: ParsedWord, _ bench: Workbench) -> String { bench.terms.inSentence(text, first) }

    /// The words of the name that follows `called`, without its article.
    private func name(_ verb: Int, _ parsed: ParsedSentence, _ bench: Workbench) -> (Range<Int>, Term)? {
        var noun = parsed.child(of: verb, as: .objectPredicate, .attribute)
        if noun == nil, let preposition = parsed.children(of: verb, as: .preposition).first(where: { parsed[$0].lower == "as" }) {
            noun = parsed.child(of: preposition, as: .prepositionObject)
        }
        guard let noun, parsed[noun].isNoun, parsed.child(of: noun, as: .conjunct, .relativeClause, .apposition) == nil else {
            return nil
        }
        let left = parsed.span(of: noun).lowerBound
        // `the first modern factory` is no name.
        guard let core = TermTable.core(of: left..<noun + 1, in: parsed), core.count <= 5,
            (left..<core.lowerBound).allSatisfy({ parsed[$0].part == .determiner }),
            let term = bench.terms.term(of: core, in: parsed)
        else { return nil }
        return (core, term)
    }
}

extension ParsedSentence {
    fileprivate subscript(_ range: Range<Int>, isText text: String) -> Bool { range.contains { self[$0].lower == text } }
}
