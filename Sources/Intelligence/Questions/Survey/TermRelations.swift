import Parsing

/// How sentences relate terms: `chlorophyll – absorbs – light`, read off the parse.
struct TermRelations {
    /// A longer label is no label.
    private static let longest = 42

    let found: [TextSurvey.Relation]

    /// - Parameters:
    ///   - keys: of the terms that are wanted, in the survey's order.
    ///   - clear: the sentences that are read, by their places.
    init(_ bench: Workbench, _ clear: [Int: TextSentence], keys: [String]) {
        let places = Dictionary(keys.enumerated().map { ($1, $0) }) { first, _ in first }
        var found: [TextSurvey.Relation] = []
        for index in clear.keys.sorted() {
            guard let parsed = clear[index]?.parsed, let root = parsed.roots.first,
                let finite = Predicate.finite(root, in: parsed), let subject = Predicate.subject(root, in: parsed)
            else { continue }
            let chunks = parsed.nounChunks
            guard let from = chunks.first(where: { $0.contains(subject) }),
                let one = bench.terms.term(of: from, in: parsed).flatMap({ places[$0.key] })
            else { continue }
            for chunk in chunks where chunk.lowerBound > finite {
                guard Self.hangs(chunk.upperBound - 1, on: root, in: parsed),
                    let other = bench.terms.term(of: chunk, in: parsed).flatMap({ places[$0.key] }), other != one
                else { continue }
                guard let label = Self.label(parsed, finite, chunk) else { continue }
                found.append(.init(from: one, to: other, label: label, statement: index))
            }
        }
        self.found = found
    }

    /// The words from a verb to what it is about: `needs no` before `no energy`, since what is denied must not be said. nil where they
    /// list things or go round about.
    private static func label(_ parsed: ParsedSentence, _ finite: Int, _ chunk: Range<Int>) -> String? {
        let isDenied = ["no", "not", "neither", "nor"].contains(parsed[chunk.lowerBound].lower)
        let range = finite..<(isDenied ? chunk.lowerBound + 1 : chunk.lowerBound)
        let lists: Set<String> = [",", ";", ":", "and", "or", "but", "nor", "both", "either", "neither"]
        guard !range.contains(where: { lists.contains(parsed[$0].lower) }) else { return nil }
        let beside: Set<String> = ["therefore", "thus", "also", "then", "hence", "however", "again", "still"]
        let label = parsed.text(range).split(separator: " ").filter { !beside.contains($0.lowercased()) }.joined(separator: " ")
        return label.isEmpty || label.count > longest ? nil : label
    }

    /// Whether a noun is what the verb is about: its object, or what a preposition of it names; no noun of another clause.
    private static func hangs(_ noun: Int, on root: Int, in parsed: ParsedSentence) -> Bool {
        var word = noun
        var steps = 0
        while word != root, steps < 3 {
            guard
                [
                    .object, .attribute, .prepositionObject, .preposition, .agent, .dative, .objectPredicate, .conjunct,
                ].contains(parsed[word].relation)
            else { return false }
            word = parsed[word].head
            steps += 1
        }
        return word == root
    }
}
