package import Ambient
package import Courses
package import FoundationEssentials
package import Questions

package enum AttemptKind {}
package typealias AttemptID = Identifier<AttemptKind>

/// Somebody's going through a quiz, once: while it is open it is saved as they go, and once submitted it is a result.
package struct Attempt: Sendable, Hashable {
    package enum Mode: String, Sendable, Codable, CaseIterable {
        /// Each answer is judged at once.
        case practice
        /// All are judged at the end.
        case exam
    }

    package let id: AttemptID
    package let quizID: QuizID
    package let userID: UserID
    package var mode: Mode
    /// What tells a submission that is sent again; nil where the client has none.
    package var clientID: String?
    /// The questions as they are asked: what is edited meanwhile changes nothing here.
    package var questions: [QuizQuestion]
    /// The place of the question in hand, from 0.
    package var position: Int
    /// Until when answers count; nil without a limit.
    package var deadline: Date?
    package var startedAt: Date
    package var updatedAt: Date
    package var submittedAt: Date?
    /// What it came to, once submitted.
    package var score: Double?
    package var totalPoints: Double
    /// The course that the quiz was in.
    package var courseID: CourseID?
    package var answers: [QuizQuestionID: AttemptAnswer] = [:]

    package var isOpen: Bool { submittedAt == nil }
}

/// One question of an attempt: what was answered, and how it was judged.
package struct AttemptAnswer: Sendable, Hashable {
    package var answer: QuizAnswer?
    package var isFlagged = false
    /// When it was last answered.
    package var answeredAt: Date?
    package var judgement: Judgement?
}

/// How an answer was judged.
package struct Judgement: Sendable, Hashable, Codable {
    package enum Judge: String, Sendable, Codable, CaseIterable {
        /// By rules.
        case rules
        /// A language model, by the reference.
        case model
        /// The student, beside the reference.
        case student
    }

    package var verdict: Grade.Verdict
    /// From 0 to 1 of the points.
    package var share: Double
    package var reason: GradeReason
    package var judge: Judge
    /// What it was before the student disagreed or decided.
    package var before: Before?
    /// What the student, or the model, says about it.
    package var remark: String?
    /// What it was after that, before what stands now: a model that judged it again.
    package var later: Before?
    /// What the student said when the model was asked again.
    package var objection: String?

    package struct Before: Sendable, Hashable, Codable {
        package var verdict: Grade.Verdict
        package var share: Double
        package var reason: GradeReason
        package var judge: Judge
        package var remark: String?
    }

    /// Whether a model has judged it again already.
    var isRejudged: Bool { objection != nil }

    package init(_ told: RubricJudgement) {
        self.init(told.grade, by: .model)
        remark = told.why
    }

    package init(_ grade: Grade, by judge: Judge = .rules) {
        verdict = grade.verdict
        share = grade.share
        reason = grade.reason
        self.judge = judge
    }
}

extension Attempt {
    /// Points by the judgements so far.
    package var points: Double {
        questions.reduce(0) { $0 + $1.points * (answers[$1.id]?.judgement?.share ?? 0) }
    }
}
