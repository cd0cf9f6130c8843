/// Decides how far the sources hold an answer. Decision 30 says where the numbers come from.
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
    ///   - nearest: how near in meaning the nearest sentence is.
    ///   - isKeyed: a row of a table is found by its key.
    ///   - isSpelledOut: what the letters that are asked for stand for is found.
    static func verdict(
        _ units: [Unit], words: QuestionWords, certainty: Double, lead: Double?, nearest: Double? = nil, isKeyed: Bool = false,
        isSpelledOut: Bool = false
    ) -> Verdict {
        guard let best = units.first else { return .refuse }
        if isSpelledOut { return .answer }
        let cosine = units.prefix(12).map(\.cosine).max() ?? 0
        let share = words.share(in: best.stemSet, or: best.headingStems)
        // The embedder knows no other language than English: there the words decide.
        if words.question.isForeign {
            if latin(in: words.question.text).contains(where: { !isKnown($0, units) }) { return .refuse }
            return share >= 0.3 ? .answer : share >= 0.18 ? .doubtful : .refuse
        }
        // Level 5 is not level 1.
        for term in words.question.terms where term.isNumber {
            if cosine < 0.85, !isKnown(term.stem, units.prefix(8)) { return .refuse }
        }
        // A name in capitals that nothing holds is of something else, however near the rest: QUIC is not TCP.
        if cosine < 0.85, capitals(in: words.question.text).contains(where: { !isKnown($0, units) }) { return .refuse }
        // Without another document the search has nothing to prefer the first to.
        let fact = [.quantity, .when, .who].contains(words.question.kind) ? certainty - 0.8 : 0
        let z =
            7 * min(lead ?? 0.05, 0.2) + 4.5 * cosine + 7.4 * (nearest ?? cosine) + 2.5 * share + 0.8 * best.score + 1.8 * fact
            - 7.6
        let isWhole = whole(units, words) > 0.95 && words.rarestMissing(in: best.stemSet, or: best.headingStems) == 0
        if words.question.kind == .compare, holdsBothSides(units, words.question) { return .answer }
        if isKeyed { return .answer }
        if z < -0.5, !isWhole { return .refuse }
        guard z < 0.25 else { return .answer }
        // What is asked about stands nowhere: a nearest passage would help nobody.
        return words.question.terms.contains { $0.weight >= 1 && !isKnown($0.stem, units) } ? .refuse : .doubtful
    }

    /// Whether any unit or heading holds a word.
    private static func isKnown(_ stem: String, _ units: some Sequence<Unit>) -> Bool {
        units.contains { QuestionWords.holds(stem, $0.stemSet) || QuestionWords.holds(stem, $0.headingStems) }
    }

    /// Stems of the words that a question writes in capitals, unless it writes all of them so.
    private static func capitals(in text: String) -> [String] {
        let words = text.split { !$0.isLetter && !$0.isNumber }
        let shouted = words.filter { $0.count >= 3 && $0.contains(where: \.isUppercase) && !$0.contains(where: \.isLowercase) }
        return shouted.count * 2 > words.count ? [] : shouted.map { Words.stem($0.lowercased()) }
    }

    /// Stems of the Latin words in a question of another script: they are names, of what the sources speak of or do not.
    private static func latin(in text: String) -> [String] {
        guard ForeignQuestion.isInOtherScript(text) else { return [] }
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.filter { $0.count >= 3 && $0.allSatisfy(\.isLetter) }.map { Words.stem($0.lowercased()) }
    }

    /// How much of the question one sentence holds.
    private static func whole(_ units: [Unit], _ words: QuestionWords) -> Double {
        units.prefix(6).map(words.bestSentence).max() ?? 0
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
