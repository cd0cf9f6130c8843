import LanguageModels
import Parsing

/// Statements to be judged: the text's own, and the same with one word, number or definition exchanged.
struct TruthMaker: QuestionMaker {
    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest {
        var harvest = Harvest()
        for index in bench.passed {
            guard let parsed = bench.sentences[index].parsed, let key = central(parsed, bench) else { continue }
            let text = bench.sentences[index].text
            harvest.keep(
                candidate(
                    bench, .trueFalse, .statedTrue, stem: text, .truth(true), sentence: index, key: key.key,
                    difficulty: bench.difficulty(1, of: key.key), bloom: .remember, weight: 0.8))
            if let wrong = opposite(parsed) {
                harvest.keep(
                    candidate(
                        bench, .trueFalse, .exchangedDirection, stem: wrong, .truth(false), sentence: index, key: key.key,
                        difficulty: bench.difficulty(2, of: key.key), bloom: .understand, weight: 0.8))
            }
            if let number = NumberWord.all(in: parsed).first, let wrong = exchanged(number, parsed, &random) {
                harvest.keep(
                    candidate(
                        bench, .trueFalse, .exchangedNumber, stem: wrong, .truth(false), sentence: index, key: key.key,
                        difficulty: bench.difficulty(2, of: key.key), bloom: .remember, weight: 0.6))
            }
        }
        for definition in bench.definitions {
            guard let wrong = exchanged(definition, bench) else { continue }
            harvest.keep(
                candidate(
                    bench, .trueFalse, .exchangedDefinition, stem: wrong, .truth(false), sentence: definition.sentence,
                    key: definition.term, difficulty: bench.difficulty(2, of: definition.term), bloom: .understand, weight: 1))
        }
        return harvest
    }

    /// The term of the sentence that the text turns on most.
    private func central(_ parsed: ParsedSentence, _ bench: Workbench) -> Term? {
        parsed.nounChunks.compactMap { bench.terms.term(of: $0, in: parsed) }.filter(bench.terms.isKey).max { $0.score < $1.score }
    }

    private func opposite(_ parsed: ParsedSentence) -> String? {
        let found = parsed.words.indices.filter { Self.directions[parsed[$0].lower] != nil }
        guard found.count == 1, let place = found.first, let other = Self.directions[parsed[place].lower],
            !parsed.words.contains(where: { $0.relation == .negation })
        else { return nil }
        // `increase` may be a noun or a verb, and `lower` a verb.
        guard parsed[place].lower != "lower" || parsed[place].part == .adjective else { return nil }
        let text = parsed[place].text.first?.isUppercase == true ? Openings.capitalised(other) : other
        return parsed.text(replacing: place..<place + 1, with: text)
    }

    private func exchanged(_ number: NumberWord, _ parsed: ParsedSentence, _ random: inout DraftRandom) -> String? {
        let value: Double
        if number.isYear {
            value = number.value + Double(Int.random(in: 4...12, using: &random) * (Bool.random(using: &random) ? 1 : -1))
        } else {
            guard number.value >= 3 else { return nil }
            value =
                Bool.random(using: &random) && number.value.truncatingRemainder(dividingBy: 2) == 0
                ? number.value / 2 : number.value * 2
        }
        let isAngle = number.index + 1 < parsed.count && ["°", "degrees"].contains(parsed[number.index + 1].lower)
        guard !isAngle || value <= 360 else { return nil }
        return parsed.text(replacing: number.index..<number.index + 1, with: number.written(value))
    }

    /// The thing with what another, near to it, is.
    private func exchanged(_ definition: Definition, _ bench: Workbench) -> String? {
        guard let term = bench.terms[definition.term] else { return nil }
        let own = Set(Words.contentStems(of: term.key))
        let near = bench.definitions.filter { other in
            guard other.term != definition.term, other.isPlural == definition.isPlural, let otherTerm = bench.terms[other.term],
                let cosine = bench.cosine(other.text, definition.text), (0.3..<0.75).contains(cosine),
                Kinship.areApart(term, otherTerm, aliases: bench.terms.aliases, wordnet: bench.wordnet)
            else { return false }
            let stems = Set(Words.contentStems(of: other.text))
            return own.isDisjoint(with: stems) && bench.greatestShare(of: stems, naming: term) < 0.55
        }
        let best = near.max { (bench.cosine($0.text, definition.text) ?? 0) < (bench.cosine($1.text, definition.text) ?? 0) }
        guard let best else { return nil }
        return "\(Openings.capitalised(definition.subject)) \(definition.isPlural ? "are" : "is") \(best.text)."
    }

    private static let directions: [String: String] = {
        let pairs = [
            ("larger", "smaller"), ("inside", "outside"), ("maximum", "minimum"), ("increases", "decreases"),
            ("increase", "decrease"),
            ("increased", "decreased"), ("higher", "lower"), ("upper", "lower"), ("internal", "external"), ("positive", "negative"),
            ("longest", "shortest"), ("largest", "smallest"), ("highest", "lowest"), ("faster", "slower"), ("longer", "shorter"),
            ("stronger", "weaker"), ("heavier", "lighter"), ("absorbs", "emits"), ("absorb", "emit"), ("northern", "southern"),
            ("eastern", "western"), ("oldest", "youngest"), ("above", "below"), ("rises", "falls"), ("expands", "contracts"),
            ("inner", "outer"), ("hotter", "colder"), ("wider", "narrower"), ("deeper", "shallower"), ("greater", "smaller"),
        ]
        var all: [String: String] = [:]
        for (one, other) in pairs {
            if all[one] == nil { all[one] = other }
            if all[other] == nil { all[other] = one }
        }
        return all
    }()
}

extension ParsedSentence {
    /// The text with some of its words exchanged.
    func text(replacing range: Range<Int>, with new: String) -> String {
        let before = range.lowerBound > 0 ? text(0..<range.lowerBound) : ""
        let after = range.upperBound < count ? text(range.upperBound..<count) : ""
        let glueBefore = range.lowerBound > 0 && words[range.lowerBound - 1].hasSpaceAfter ? " " : ""
        let glueAfter = words[range.upperBound - 1].hasSpaceAfter ? " " : ""
        return before + glueBefore + new + glueAfter + after
    }
}
