import Parsing

/// Asks for a number of a sentence, by a gap.
struct NumberMaker: QuestionMaker {
    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest {
        var harvest = Harvest()
        for index in bench.passed {
            guard let parsed = bench.sentences[index].parsed else { continue }
            let numbers = NumberWord.all(in: parsed)
            guard numbers.count == 1, let number = numbers.first else {
                if numbers.count > 1 { harvest.drop(.alsoRight) }
                continue
            }
            let words = Set(parsed.words.map(\.lower))
            guard words.isDisjoint(with: Self.trivial), !parsed.hasLooseNoun(in: 0..<parsed.count, terms: bench.terms) else {
                harvest.drop(.weakKey)
                continue
            }
            let keys = parsed.nounChunks.compactMap { bench.terms.term(of: $0, in: parsed) }.filter(bench.terms.isCentral)
            guard let key = keys.max(by: { $0.score < $1.score }) else {
                harvest.drop(.weakKey)
                continue
            }
            let stem = parsed.text(replacing: number.index..<number.index + 1, with: QuestionContent.gap)
            harvest.keep(
                candidate(
                    bench, .numeric, .number, stem: stem,
                    .number(NumberKey(value: number.value, tolerance: number.isYear ? 0 : nil, text: number.text)), sentence: index,
                    key: key.key, difficulty: bench.difficulty(3, of: key.key), bloom: .remember, weight: 0.7))
        }
        return harvest
    }

    /// Shares of what was so in some year, years in which somebody was born or given a prize, and bounds that several numbers keep.
    private static let trivial: Set<String> = [
        "%", "percent", "percentage", "nobel", "prize", "born", "died", "act", "about", "approximately", "around", "nearly",
        "almost", "over",
        "least", "most", "exceed", "up", "illustrates", "shows", "contrast", "estimated", "perhaps", "usually",
    ]
}
