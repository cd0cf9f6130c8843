import Questions

/// Marks answers of every kind: what is chosen by the rules of Moodle, what is typed by the grader.
struct AnswerMarking: Sendable {
    let grader: any AnswerGrading

    func mark(_ answer: QuizAnswer?, to question: QuizQuestion) async throws -> Grade {
        guard let given = QuestionForm(question).given(answer) else { return Grade(.wrong, share: 0, reason: .form) }
        switch (given, question.content) {
        case (.nothing, _): return Grade(.wrong, share: 0, reason: .empty)
        case (.choice(let chosen), .choice(let options, let right)):
            return Self.grade(
                question.kind == .multipleResponse
                    ? Self.share(of: Set(chosen), right: Set(right), of: options.count) : Set(chosen) == Set(right) ? 1 : 0)
        case (.truth(let said), .truth(let isTrue)): return Self.grade(said == isTrue ? 1 : 0)
        case (.matches(let chosen), .matching(let prompts, let answers)):
            // Two prompts may have the same answer.
            let hits = chosen.enumerated().count { place, pick in pick.map { answers[$0] == answers[place] } ?? false }
            return Self.grade(Double(hits) / Double(max(1, prompts.count)))
        case (.order(let order), .ordering(let items)):
            let hits = order.enumerated().count { items[$0.element] == items[$0.offset] }
            return Self.grade(Double(hits) / Double(max(1, items.count)))
        default: return try await grader.grade(given, to: question.content, stem: question.stem)
        }
    }

    /// Each right option is worth its part of the points, each wrong one takes its part away; never below nothing. So choosing all is
    /// worth nothing, as with Moodle's fractions that add up to 100 and −100.
    static func share(of chosen: Set<Int>, right: Set<Int>, of count: Int) -> Double {
        let wrong = max(1, count - right.count)
        let sum =
            Double(chosen.intersection(right).count) / Double(max(1, right.count))
            - Double(chosen.subtracting(right).count) / Double(wrong)
        return max(0, min(1, sum))
    }

    private static func grade(_ share: Double) -> Grade {
        if share >= 1 { return Grade(.right, share: 1, reason: .exact) }
        return share > 0 ? Grade(.partly, share: share, reason: .part) : Grade(.wrong, share: 0, reason: .differs)
    }
}
