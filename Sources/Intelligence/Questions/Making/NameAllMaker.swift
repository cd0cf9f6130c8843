import LanguageModels
import Parsing

/// Asks for all things that a sentence ends with: `X consists of A, B and C`.
struct NameAllMaker: QuestionMaker {
    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest {
        var harvest = Harvest()
        for index in bench.passed {
            guard let parsed = bench.sentences[index].parsed, let root = parsed.roots.first else { continue }
            let end = Predicate.end(of: parsed)
            guard
                let first = parsed.words.indices.first(where: { place in
                    place > root && parsed[place].isNoun && parsed[place].relation != .conjunct && chain(place, parsed).count >= 3
                })
            else { continue }
            let heads = chain(first, parsed)
            guard heads.count <= 6, let last = heads.last, parsed.span(of: last).upperBound >= end,
                let subject = Predicate.subject(root, in: parsed),
                let term = bench.terms.term(of: parsed.span(of: subject), in: parsed)
                    ?? bench.terms[parsed[subject].lemma.lowercased()],
                [.object, .attribute, .prepositionObject].contains(parsed[first].relation)
            else { continue }
            let items = heads.map { head in
                let left = parsed.span(of: head).lowerBound
                return parsed.text(
                    (left..<head + 1).filter { parsed[$0].relation != .determiner && parsed[$0].relation != .coordinator })
            }
            let start = parsed.span(of: first).lowerBound
            guard items.allSatisfy({ !$0.isEmpty && $0.split(separator: " ").count <= 4 }), Set(items).count == items.count,
                start > 2
            else {
                harvest.drop(.grammar)
                continue
            }
            let stem = "Complete with all \(Self.numbers[heads.count]): “\(parsed.text(0..<start)) …”"
            harvest.keep(
                candidate(
                    bench, .shortAnswer, .nameAll, stem: stem, .typed(TypedKey(accepted: items, isList: true)), sentence: index,
                    key: term.key, difficulty: bench.difficulty(3, of: term.key), bloom: .remember, weight: 0.8))
        }
        return harvest
    }

    private func chain(_ first: Int, _ parsed: ParsedSentence) -> [Int] {
        var chain = [first]
        while let last = chain.last, let next = parsed.child(of: last, as: .conjunct), parsed[next].isNoun { chain.append(next) }
        return chain
    }

    private static let numbers = ["", "", "two", "three", "four", "five", "six"]
}
