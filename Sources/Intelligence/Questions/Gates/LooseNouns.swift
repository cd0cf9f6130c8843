import Parsing

extension ParsedSentence {
    /// Whether a part speaks of `the N` of which only the text around it says which: nothing follows that tells, nor is it a term of the text.
    func hasLooseNoun(in range: Range<Int>, terms: TermTable) -> Bool {
        nounChunks.contains { chunk in
            let noun = chunk.upperBound - 1
            guard range.contains(noun), chunk.count >= 2, self[chunk.lowerBound].lower == "the", self[noun].part == .noun else {
                return false
            }
            let isTold = children(of: noun).contains {
                $0 > noun && [.preposition, .relativeClause, .adjectivalClause, .apposition].contains(self[$0].relation)
                    && self[$0].lower != "called"
            }
            if isTold || TermTable.unique.contains(self[noun].lemma.lowercased()) { return false }
            guard let term = terms.term(of: chunk, in: self) else { return true }
            // `the inner membrane`: of what?
            if term.words > 1, let first = term.key.split(separator: " ").first, Self.places.contains(String(first)) { return true }
            return
                !(term.isDefined || term.inHeading || term.isProper || term.words == 1 && term.rarest < 3.9
                || term.words > 1 && term.count >= 3)
        }
    }

    private static let places: Set<String> = [
        "inner", "outer", "upper", "lower", "entire", "original", "resulting", "remaining", "former", "latter", "left", "right",
        "central",
    ]
}
