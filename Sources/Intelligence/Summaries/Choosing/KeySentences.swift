package import Embedding
package import Questions

/// The sentences of a text that tell most of it in the fewest words, each as it stands there.
package struct KeySentences: Sendable {
    /// More are not compared with each other: some 150 pages.
    private static let mostCompared = 1_200

    /// Places in the survey's statements, the most telling first.
    package let places: [Int]

    /// - Parameters:
    ///   - limit: at most so many.
    ///   - embedder: nil compares by words.
    package init(of survey: TextSurvey, limit: Int, embedder: (any TextEmbedder)?) async throws {
        let candidates = Self.candidates(survey)
        guard candidates.count > 1, limit > 0 else {
            places = Array(candidates.prefix(max(0, limit)))
            return
        }
        let texts = candidates.map { survey.statements[$0].text }
        var similarity: SentenceSimilarity?
        if let embedder { similarity = try await SentenceSimilarity.byMeaning(of: texts, embedder) }
        let sections = Self.sections(candidates.map { survey.statements[$0] })
        let weights = candidates.map { Self.weight(of: survey.statements[$0], in: survey) }
        let selection = CoverageSelection(similarity ?? SentenceSimilarity(wordsOf: texts), sections: sections, weights: weights)
        places = selection.chosen(limit).map { candidates[$0] }
    }

    /// Sentences that are understood below their heading, each once. Of a text that has too many, those that name most terms.
    private static func candidates(_ survey: TextSurvey) -> [Int] {
        var seen: Set<String> = []
        var open = survey.statements.indices.filter {
            survey.statements[$0].isClear && seen.insert(survey.statements[$0].text).inserted
        }
        if open.count > mostCompared {
            // From all of the text: so many of each stretch.
            let size = (open.count + 39) / 40
            open = stride(from: 0, to: open.count, by: size).flatMap { start in
                open[start..<min(open.count, start + size)]
                    .sorted {
                        (weight(of: survey.statements[$0], in: survey), $1) > (weight(of: survey.statements[$1], in: survey), $0)
                    }
                    .prefix(mostCompared / 40)
            }.sorted()
        }
        return open
    }

    /// A sentence that defines a term, or names several that the text turns on, is worth more.
    private static func weight(of statement: TextSurvey.Statement, in survey: TextSurvey) -> Float {
        var weight: Float = 1
        for place in statement.terms.prefix(4) {
            let term = survey.terms[place]
            if place < 20 { weight += 0.1 }
            if let meaning = term.meaning, meaning.origin.passage == statement.origin.passage,
                meaning.origin.range.overlaps(statement.origin.range)
            {
                weight += 0.3
            }
        }
        if !statement.standsAlone { weight *= 0.8 }
        // One that goes on and on tells more than it summarises.
        return statement.text.count > 220 ? weight * 0.7 : weight
    }

    /// Where there are no headings, each passage is a section.
    private static func sections(_ statements: [TextSurvey.Statement]) -> [Int] {
        var known: [String: Int] = [:]
        let hasHeadings = statements.contains { !$0.origin.headings.isEmpty }
        return statements.map { statement in
            let name = hasHeadings ? statement.origin.headings.joined(separator: "\u{1}") : statement.origin.passage
            let key = statement.origin.document + "\u{2}" + name
            return known[key]
                ?? {
                    known[key] = known.count
                    return known.count - 1
                }()
        }
    }
}
