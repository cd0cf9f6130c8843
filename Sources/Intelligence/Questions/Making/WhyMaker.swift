import LanguageModels
import Parsing

/// Asks why, where a sentence says because.
struct WhyMaker: QuestionMaker {
    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest {
        var harvest = Harvest()
        for index in bench.passed {
            guard let parsed = bench.sentences[index].parsed, let root = parsed.roots.first,
                let reason = reason(of: root, in: parsed), let start = reason.min(), parsed[start].lower == "because"
            else { continue }
            guard reason.count >= 4, !(0..<start).contains(where: { parsed[$0].lower == "because" }),
                let question = Predicate.inverted(root, in: parsed, without: Set(reason), terms: bench.terms),
                question.split(separator: " ").count >= 3, isWhole(parsed, question)
            else {
                harvest.drop(.grammar)
                continue
            }
            let subject = Predicate.subject(root, in: parsed) ?? root
            let term = parsed.nounChunks.first { $0.contains(subject) }.flatMap { bench.terms.term(of: $0, in: parsed) }
            // Why somebody once did something is a question for the story that tells it; why something is hard, one of taste.
            guard let finite = Predicate.finite(root, in: parsed), parsed[finite].tag != "VBD", let term,
                bench.glossaryKeys.contains(ListEntry.key(term.surface)) || bench.isWorthAsking(term),
                Set(Words.contentStems(of: parsed.text(reason))).count >= 3, question.split(separator: " ").count <= 20,
                !question.contains(", which"), !parsed.words.contains(where: { $0.tag == "JJS" || $0.tag == "RBS" }),
                !parsed.hasLooseNoun(in: 0..<start, terms: bench.terms),
                !parsed.words.contains(where: { Self.tastes.contains($0.lower) }),
                Openings.stripped(bench.sentences[index].original) == bench.sentences[index].original
            else {
                harvest.drop(.dangling)
                continue
            }
            let answer = Openings.capitalised(parsed.text(reason).trimmingCharacters { ",. ".contains($0) })
            harvest.keep(
                candidate(
                    bench, .shortAnswer, .why, stem: "Why \(question)?", .typed(TypedKey(accepted: [answer], isOpen: true)),
                    sentence: index, key: term.key, difficulty: bench.difficulty(4, of: term.key), bloom: .understand,
                    weight: 1.6))
        }
        return harvest
    }

    private static let tastes: Set<String> = [
        "challenging", "difficult", "hard", "important", "essential", "useful", "interesting", "controversial", "popular",
        "necessary", "crucial",
        "valuable", "frequently", "chosen", "issue", "unique", "tricky", "problematic", "attractive", "helpful", "critical",
    ]

    /// Without a contraction, which cannot be turned round, a bracket that the reason is cut out of, or a `therefore` that leans on what
    /// stands before.
    private func isWhole(_ parsed: ParsedSentence, _ question: String) -> Bool {
        !parsed.words.contains { ["n't", "n’t", "therefore", "thus", "hence", "consequently"].contains($0.lower) }
            && !PlainGate.isUnbalanced(question)
    }

    /// The words of the clause, or of `because of …`, up to the sentence's end.
    private func reason(of root: Int, in parsed: ParsedSentence) -> [Int]? {
        for child in parsed.children(of: root) where child > root {
            switch parsed[child].relation {
            case .adverbialClause:
                guard let marker = parsed.child(of: child, as: .marker), parsed[marker].lower == "because" else { continue }
            case .preposition where parsed[child].lower == "because": break
            default: continue
            }
            let span = parsed.span(of: child)
            guard span.upperBound >= Predicate.end(of: parsed), span.lowerBound > root else { continue }
            return Array(span.lowerBound..<Predicate.end(of: parsed))
        }
        return nil
    }
}
