/// Decides whether the sources hold an answer at all.
///
/// Calibrated with the built-in embeddings on questions over texts of several subjects, answerable and not (`AnswerGateTests`): an
/// unanswerable question of the same subject still reaches a cosine of .6, but lacks a word that no passage has.
enum AnswerGate {
    /// - Parameter candidates: best first.
    static func holds(_ candidates: [Candidate], question: Question, reader: PassageReader) -> Bool {
        guard let best = candidates.first else { return false }
        let similarity = candidates.prefix(3).map(\.similarity).max() ?? 0
        let coverage = max(best.coverage, 0.9 * best.contextCoverage)
        guard !question.terms.isEmpty else { return similarity >= 0.45 }
        // A name or a number that stands in another passage only is not spoken of here.
        if best.lacksExact, question.exact.contains(where: { $0.first?.isNumber == true }), best.similarity < 0.85 { return false }
        // A date is asked for and none is told.
        if question.aim == .date, best.fit < 0.6, best.similarity < 0.7 { return false }
        if best.lacksNumber, best.similarity < 0.85 { return false }
        if best.lacksName, best.similarity < 0.62 + 0.2 * best.missing { return false }
        if best.missing >= 0.3, best.similarity < 0.55 { return false }
        let missing = reader.missingTerms
        if missing.isEmpty {
            return similarity >= 0.5 && coverage >= 0.3 || similarity >= 0.36 && coverage >= 0.55
                || similarity >= 0.28 && coverage >= 0.85
        }
        // Something that was asked about stands nowhere: only a close paraphrase can make up for it.
        let rare = question.terms.filter(\.isRare)
        let share = Double(missing.count) / Double(max(1, rare.count))
        return similarity >= 0.62 + 0.2 * share && coverage >= 0.3
    }
}
