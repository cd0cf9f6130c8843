/// Decides how far the sources hold an answer. Decision 46 says where the numbers come from.
enum AnswerGate {
    enum Verdict: Sendable, Hashable {
        case answer
        /// It may not fit, and the answer says so.
        case doubtful
        case refuse
    }

    /// Below these odds no answer is given, and below the others one that says that it may not fit.
    static let refused = -0.75
    static let doubted = 0.0

    static func verdict(_ plan: AnswerPlan, passages: [SourcePassage]) -> Verdict {
        let (units, words) = (plan.units, plan.words)
        let question = words.question
        guard let best = units.first else { return .refuse }
        // What the letters that are asked for stand for is found.
        if plan.spelledOut != nil { return .answer }
        let evidence = AnswerEvidence(plan, passages: passages)
        let odds = AnswerOdds.odds(evidence, question)
        if question.isForeign {
            if latin(in: question.text).contains(where: { !AnswerEvidence.isKnown($0, units) }) { return .refuse }
            return odds < refused ? .refuse : odds < doubted ? .doubtful : .answer
        }
        // Level 5 is not level 1.
        for term in question.terms where term.isNumber {
            if evidence.unit < 0.85, !AnswerEvidence.isKnown(term.stem, units.prefix(8)) { return .refuse }
        }
        // A name in capitals that nothing holds is of something else, however near the rest: QUIC is not TCP.
        if evidence.unit < 0.85, capitals(in: question.text).contains(where: { !AnswerEvidence.isKnown($0, units) }) {
            return .refuse
        }
        if question.kind == .compare, holdsBothSides(units, question) { return .answer }
        // A row of a table is found by its key.
        if plan.keyedRow != nil { return .answer }
        let isWhole = whole(units, words) > 0.95 && words.rarestMissing(in: best.stemSet, or: best.headingStems) == 0
        if odds < refused, !isWhole { return .refuse }
        guard odds < doubted else { return .answer }
        // What is asked about stands nowhere: a nearest passage would help nobody.
        return question.terms.contains { $0.weight >= 1 && !AnswerEvidence.isKnown($0.stem, units) } ? .refuse : .doubtful
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
