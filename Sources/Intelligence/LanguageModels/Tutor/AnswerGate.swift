/// Decides how far the sources hold an answer. Decision 23 says where the numbers come from.
enum AnswerGate {
    enum Verdict: Sendable, Hashable {
        case answer
        /// It may not fit, and the answer says so.
        case doubtful
        case refuse
    }

    /// - Parameters:
    ///   - units: best first.
    ///   - certainty: how much of the question one sentence holds, with what stands around it.
    ///   - lead: of the first passage over that of the next document, in the search; nil where there is no other document.
    static func verdict(_ units: [Unit], words: QuestionWords, certainty: Double, search: Double?, lead: Double?) -> Verdict {
        guard let best = units.first else { return .refuse }
        let cosine = units.prefix(12).map(\.cosine).max() ?? 0
        let share = words.share(in: best.stemSet, or: best.headingStems)
        // The embedder knows no other language than English: there the words decide.
        if words.question.isForeign { return share >= 0.3 ? .answer : share >= 0.18 ? .doubtful : .refuse }
        // Level 5 is not level 1.
        for term in words.question.terms where term.stem.contains(where: \.isNumber) {
            let known = units.prefix(8).contains {
                QuestionWords.holds(term.stem, $0.stemSet) || QuestionWords.holds(term.stem, $0.headingStems)
            }
            if !known, cosine < 0.85 { return .refuse }
        }
        // In one document alone every word is common, and the search has nothing to prefer it to.
        let place =
            if let search, let lead { 2.3 * search + 6 * min(lead, 0.2) } else {
                2.3 * max(search ?? 0, 0.65 * cosine + 0.35 * share) + 0.42
            }
        // One sentence that has all that is asked for speaks for itself.
        let whole =
            ([0.95 * certainty]
            + units.prefix(6).flatMap { unit in unit.blocks.flatMap(\.parts).map { words.share(in: Set(Words.stems(of: $0))) } })
            .max()
            ?? 0
        let z = place + 1.5 * cosine + 1.5 * best.score - 4.5 + max(0, whole - 0.7) * 3
        if words.question.kind == .compare, holdsBothSides(units, words.question) { return .answer }
        if z < -1.22 || best.score < 0.5 { return .refuse }
        // A heading that is what was listed or asked for in one is plain enough.
        if words.question.kind == .list, words.likeness(toHeading: best.lastHeading) >= 0.75 { return .answer }
        return z < -0.4 ? .doubtful : .answer
    }

    /// Whether one sentence sets against each other what is compared: its place in a long paragraph may be far from the meaning of all.
    private static func holdsBothSides(_ units: [Unit], _ question: Question) -> Bool {
        guard question.subjects.count >= 2, question.subjects.allSatisfy({ !$0.isEmpty }) else { return false }
        return units.prefix(6).contains { unit in
            unit.blocks.flatMap(\.parts).contains { sentence in
                let stems = Set(Words.stems(of: sentence))
                return question.subjects.allSatisfy { side in side.allSatisfy { QuestionWords.holds($0, stems) } }
            }
        }
    }
}
