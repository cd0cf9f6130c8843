import Ambient
import Database
import LanguageModels
import Questions
import Telemetry

/// Answers judged anew: by the student, or by the model that the student asks to look again.
extension AttemptService {
    /// The student decides what was not certain, or disagrees with what was judged. Both judgements are kept.
    func decide(
        _ question: QuizQuestionID, isRight: Bool, remark: String?, in id: AttemptID, of quiz: QuizID, user: UserID
    ) async throws -> Attempt {
        try await judging(question, in: id, of: quiz, user: user) { $0.decide(isRight, remark: remark) }
    }

    /// The student disagrees, and the model looks again. Both judgements are kept, with why; where the model cannot be asked, what
    /// stands now stays.
    func rejudge(
        _ question: QuizQuestionID, objection: String, in id: AttemptID, of quiz: QuizID, user: UserID
    ) async throws -> Attempt {
        let attempt = try await attempt(id, of: quiz, user: user)
        guard let asked = attempt.questions.first(where: { $0.id == question }), let kept = attempt.answers[question] else {
            throw QuizzesFailure.noQuestion
        }
        guard let before = kept.judgement else { throw QuizzesFailure.notSubmitted }
        guard let judge = marking.judge else { throw QuizzesFailure.noModel }
        guard marking.canRejudge(asked, kept), let answer = asked.openAnswer(kept.answer, objection: objection) else {
            throw QuizzesFailure.notRejudged
        }
        let told: RubricJudgement
        do {
            told = try await judge.judge(answer, for: user)
        } catch let failure as LanguageModelFailure {
            marking.logger.failure("an answer could not be judged again by the model", failure)
            throw QuizzesFailure.modelUnavailable
        }
        return try await judging(question, in: id, of: quiz, user: user) { judgement in
            // Decided meanwhile, by the student or another window.
            if judgement == before { judgement.rejudge(told, objection: objection) }
        }
    }

    private func judging(
        _ question: QuizQuestionID, in id: AttemptID, of quiz: QuizID, user: UserID,
        _ change: @Sendable (inout Judgement) -> Void
    ) async throws -> Attempt {
        try await database.transaction(as: .user(user)) { transaction in
            guard var attempt = try await store.find(id, of: quiz, user: user, locking: true, in: transaction) else {
                throw QuizzesFailure.noAttempt
            }
            guard let asked = attempt.questions.first(where: { $0.id == question }), var kept = attempt.answers[question],
                var judgement = kept.judgement
            else { throw attempt.isOpen ? QuizzesFailure.notSubmitted : QuizzesFailure.noQuestion }
            change(&judgement)
            kept.judgement = judgement
            attempt.answers[question] = kept
            attempt.updatedAt = ambient.now()
            if !attempt.isOpen { attempt.score = attempt.points }
            try await store.put(kept, to: asked, of: attempt, in: transaction)
            try await store.update(attempt, in: transaction)
            if !attempt.isOpen { try await events.append(QuizEvents.judged, attempt, in: transaction) }
            return attempt
        }
    }
}

extension Judgement {
    /// The rules' own judgement stays what it was before, however often the student decides.
    fileprivate mutating func decide(_ isRight: Bool, remark: String?) {
        if judge != .student { keep() }
        verdict = isRight ? .right : .wrong
        share = isRight ? 1 : 0
        judge = .student
        self.remark = remark
    }

    fileprivate mutating func rejudge(_ told: RubricJudgement, objection: String) {
        keep()
        self.objection = objection
        (judge, remark) = (.model, told.why)
        // What turns the reference round by its words stays wrong, whatever the model says.
        if told.grade.verdict == .ask, verdict == .wrong { return }
        (verdict, share, reason) = (told.grade.verdict, told.grade.share, told.grade.reason)
    }

    private mutating func keep() {
        let now = Before(verdict: verdict, share: share, reason: reason, judge: judge, remark: remark)
        if before == nil { before = now } else { later = now }
    }
}
