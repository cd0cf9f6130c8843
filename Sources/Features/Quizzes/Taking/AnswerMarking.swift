import Ambient
import Questions
import Telemetry

/// Marks answers of every kind: what is chosen by the rules of Moodle, what is typed by the grader, and what that leaves open by a
/// language model where there is one.
struct AnswerMarking: Sendable {
    /// How long those who hand in wait for the model; what it has not judged by then they compare themselves.
    static let patience = Duration.seconds(25)

    let grader: any AnswerGrading
    /// nil where no model is configured.
    let judge: (any AnswerJudging)?
    let logger: Logger

    typealias Asked = (question: QuizQuestion, answer: QuizAnswer?)

    /// How several answers are judged, in their order.
    func judgements(of asked: [Asked], user: UserID) async throws -> [Judgement] {
        var found: [Judgement] = []
        for each in asked { found.append(Judgement(try await mark(each.answer, to: each.question))) }
        let open = found.indices.compactMap { index -> (Int, OpenAnswer)? in
            guard found[index].verdict == .ask, let answer = asked[index].question.openAnswer(asked[index].answer) else {
                return nil
            }
            return (index, answer)
        }
        guard let judge, !open.isEmpty else { return found }
        let judged = await withTaskGroup(of: (Int, RubricJudgement?)?.self) { group in
            for (index, answer) in open { group.addTask { (index, await self.told(answer, by: judge, user: user)) } }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return nil
            }
            var judged: [Int: RubricJudgement] = [:]
            var waiting = open.count
            while waiting > 0, let next = await group.next(), let (index, told) = next {
                waiting -= 1
                judged[index] = told
            }
            group.cancelAll()
            return judged
        }
        for (index, _) in open {
            if let told = judged[index] {
                found[index] = Judgement(told)
            } else {
                found[index].reason = .modelUnavailable
            }
        }
        return found
    }

    private func told(_ answer: OpenAnswer, by judge: any AnswerJudging, user: UserID) async -> RubricJudgement? {
        do {
            return try await judge.judge(answer, for: user)
        } catch {
            if !Task.isCancelled { logger.failure("an answer could not be judged by the model", error) }
            return nil
        }
    }

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

    /// Whether a model can look at an answer again.
    func canRejudge(_ question: QuizQuestion, _ answer: AttemptAnswer) -> Bool {
        judge != nil && answer.judgement?.judge != .student && answer.judgement?.isRejudged != true
            && question.openAnswer(answer.answer) != nil
    }

    private static func grade(_ share: Double) -> Grade {
        if share >= 1 { return Grade(.right, share: 1, reason: .exact) }
        return share > 0 ? Grade(.partly, share: share, reason: .part) : Grade(.wrong, share: 0, reason: .differs)
    }
}

extension QuizQuestion {
    /// A typed answer as a model judges it; nil where there is nothing to judge.
    /// - Parameter objection: what the student holds against an earlier judgement.
    func openAnswer(_ answer: QuizAnswer?, objection: String? = nil) -> OpenAnswer? {
        guard case .typed(let key) = content, let answer, !answer.isEmpty else { return nil }
        return OpenAnswer(
            stem: stem, key: key, explanation: citation?.quote ?? explanation, text: answer.texts.joined(separator: "; "),
            objection: objection)
    }
}
