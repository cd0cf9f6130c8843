import Stemming

/// One document as the keyword index takes it: how many terms each passage has, and the places of each term.
package struct DocumentTerms: Sendable, Equatable {
    var lengths: [Int]
    var postings: [String: Postings]
    /// What its passages are in, English left out.
    var languages: Set<TextLanguage> = []

    /// - Parameter texts: what is searched of each passage, in order.
    package init(texts: [String]) {
        let passages = texts.map { WordScanner.items(of: $0) }
        let evidence = passages.map { TextLanguage.Evidence(of: $0) }
        // A passage of a few words is in the language of what is around it.
        let main = evidence.reduce(into: TextLanguage.Evidence()) { $0 += $1 }.winner(least: 4) ?? .english
        let languages = evidence.map { $0.winner(least: 6) ?? main }
        let acronyms = Acronyms(in: texts)
        var terms = [[String]](repeating: [], count: texts.count)
        for language in Set(languages) {
            let analyzer = KeywordAnalyzer(language)
            for index in passages.indices where languages[index] == language {
                terms[index] = analyzer.terms(of: passages[index])
                terms[index] += acronyms.unsaid(in: texts[index], terms: terms[index], analyzer)
            }
        }
        self.init(passages: terms)
        self.languages = Set(languages).subtracting([.english])
    }

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
