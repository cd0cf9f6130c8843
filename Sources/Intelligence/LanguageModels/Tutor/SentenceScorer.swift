/// Puts meaning, words, form and place of each sentence into one number.
struct SentenceScorer: Sendable {
    let question: Question

    func scored(_ candidates: [Candidate], vectors: [[Float]], question vector: [Float]) -> [Candidate] {
        zip(candidates, vectors).map { candidate, own in
            var candidate = candidate
            candidate.vector = own
            candidate.similarity = Self.dot(own, vector)
            let rank = 1 / (1 + 0.25 * Double(candidate.passage))
            candidate.score =
                0.55 * candidate.similarity + 0.2 * candidate.coverage + 0.1 * candidate.contextCoverage
                + fitWeight * candidate.fit * (0.4 + 0.6 * candidate.contextCoverage) + 0.05 * rank - penalty(candidate)
                + agencyWeight * candidate.agency - 0.2 * candidate.missing - (candidate.lacksNumber ? 0.1 : 0)
                - (candidate.lacksExact ? 0.15 : 0) + 0.08
                * candidate.headed
            return candidate
        }.sorted { ($0.score, -$0.passage, -$0.index) > ($1.score, -$1.passage, -$1.index) }
    }

    /// A question for a name, a date or a number is answered by nothing else.
    private var fitWeight: Double {
        switch question.kind {
        case .who, .when, .quantity: 0.35
        case .definition, .why: 0.3
        // “by” and “through” stand in half of all sentences.
        case .how where question.aim == .plain: 0.1
        default: 0.2
        }
    }

    /// “How does X make Y?” is answered where X is spoken of.
    private var agencyWeight: Double {
        switch question.kind {
        case .how where question.aim == .plain: 0.12
        case .why, .other: 0.08
        default: 0
        }
    }

    private func penalty(_ candidate: Candidate) -> Double {
        let words = candidate.stems.count
        let first = candidate.stems.first ?? ""
        var penalty = words > 45 ? 0.05 : words < 6 && !candidate.sentence.isListItem ? 0.08 : 0
        if first == "other" || first == "another" { penalty += 0.1 }
        if candidate.lacksListed { penalty += 0.12 }
        // It repeats the question.
        if question.kind == .why, candidate.fit < 0.6, candidate.coverage >= 0.99 { penalty += 0.08 }
        // What blocks it is not how it works.
        if question.kind == .how, question.aim == .plain, !question.isNegative {
            let lower = candidate.sentence.text.lowercased()
            if lower.contains(" no longer ") || candidate.stems.contains(where: Verbs.hinders) { penalty += 0.12 }
        }
        // It tells of the text, or of an example, not of the subject.
        penalty += 0.12 * Discourse.dependence(candidate.sentence.text)
        return penalty
    }

    static func dot(_ a: [Float], _ b: [Float]) -> Double {
        var sum: Float = 0
        for index in 0..<min(a.count, b.count) { sum += a[index] * b[index] }
        return Double(sum)
    }
}
