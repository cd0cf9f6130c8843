/// One document as the keyword index takes it: how many terms each passage has, and the places of each term.
package struct DocumentTerms: Sendable, Equatable {
    var lengths: [Int]
    var postings: [String: Postings]

    /// - Parameter texts: what is searched of each passage, in order.
    package init(texts: [String]) { self.init(passages: texts.map(KeywordAnalyzer.terms)) }

    /// - Parameter passages: the terms of each passage, in order, as often as they occur.
    package init(passages: [[String]]) {
        lengths = []
        postings = [:]
        for (ordinal, terms) in passages.enumerated() {
            lengths.append(terms.count)
            var counts: [String: Int] = [:]
            for term in terms { counts[term, default: 0] += 1 }
            for (term, count) in counts { postings[term, default: Postings()].append(ordinal: ordinal, count: count) }
        }
    }
}
