import Ambient
import Courses
import Database
package import Events
import HTTPServing
import Questions
import Sharing

/// What quizzes tell, through the outbox.
package struct QuizEvents: Sendable {
    static let created = EventKind("quiz.created", "There is a new quiz.", payload: QuizNews.self)
    static let grown = EventKind(
        "quiz.grown", "A quiz that is being made has more questions.", payload: QuizGrowth.self, isStored: false)
    static let generated = EventKind("quiz.generated", "A quiz has been made from documents.", payload: QuizNews.self)
    static let failed = EventKind("quiz.failed", "A quiz could not be made, or was stopped.", payload: QuizNews.self)
    static let changed = EventKind("quiz.changed", "A quiz, or what it asks, was changed.", payload: QuizNews.self)
    static let deleted = EventKind("quiz.deleted", "A quiz is gone.", payload: DeletedQuiz.self)
    static let submitted = EventKind(
        "quiz.submitted", "Somebody submitted their answers to a quiz.", payload: SubmissionNews.self)
    static let judged = EventKind(
        "quiz.judged", "An answer of a submission was judged anew.", payload: SubmissionNews.self)
    static let recalled = EventKind(
        "quiz.recalled", "What is known of a topic moved, by the card of a question that had been missed.",
        payload: RecallNews.self, isStored: false)
    static let all = [created, grown, generated, failed, changed, deleted, submitted, judged, recalled]

    private let outbox: EventOutbox
    private let bus: EventBus

    package init(outbox: EventOutbox, bus: EventBus) { (self.outbox, self.bus) = (outbox, bus) }

    func append(_ kind: EventKind, _ quiz: Quiz, count: Int, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(
                type: kind.name, userID: quiz.userID,
                payload: QuizNews(id: quiz.id, courseID: quiz.courseID, status: quiz.status, totalQuestions: count)),
            in: transaction)
        if kind.name == Self.changed.name || kind.name == Self.generated.name {
            try await tellMembers(of: quiz.userID, in: transaction)
        }
    }

    /// Whoever may take a quiz of the owner's reads anew what they see of it. Before one goes it is called while they still may.
    func tellMembers(of owner: UserID, in transaction: any Transaction) async throws {
        let direct = try await ShareStore<QuizKind>(QuizAccess.shares).audience(of: owner, in: transaction)
        let courses = try await ShareStore<CourseKind>(SharedCourse.shares).audience(of: owner, in: transaction)
        ShareEvents.tell(direct.union(courses), through: bus, in: transaction)
    }

    func appendDeleted(_ id: QuizID, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(EventDraft(type: Self.deleted.name, userID: user, payload: DeletedQuiz(id: id)), in: transaction)
    }

    func append(_ kind: EventKind, _ attempt: Attempt, in transaction: any Transaction) async throws {
        let missed = attempt.questions.filter { (attempt.answers[$0.id]?.judgement?.verdict ?? .wrong) != .right }
        try await outbox.append(
            EventDraft(
                type: kind.name, userID: attempt.userID,
                payload: SubmissionNews(
                    id: attempt.id, quizID: attempt.quizID, score: attempt.score ?? 0, totalPoints: attempt.totalPoints,
                    missed: missed.map(\.id),
                    answers: attempt.questions.map { question in
                        let judgement = attempt.answers[question.id]?.judgement
                        return .init(questionID: question.id, share: judgement.flatMap { $0.verdict == .ask ? nil : $0.share })
                    })),
            in: transaction)
    }

    func publishRecall(of question: QuizQuestionID, user: UserID) {
        bus.publish(PassingNote(Self.recalled.name, user: user, ["id": .id(question)]))
    }

    func publishGrowth(of id: QuizID, count: Int, user: UserID) {
        bus.publish(PassingNote(Self.grown.name, user: user, ["id": .id(id), "total_questions": .count(count)]))
    }
}

/// Which quiz it is, and not what it asks: events are kept for a while, and may be told beyond the installation.
struct QuizNews: APIType {
    var id: QuizID
    var courseID: CourseID?
    var status: Quiz.Status
    var totalQuestions: Int

    enum CodingKeys: String, CodingKey {
        case id, status
        case courseID = "course_id"
        case totalQuestions = "total_questions"
    }
}

struct QuizGrowth: APIType {
    var id: QuizID
    var totalQuestions: Int

    enum CodingKeys: String, CodingKey {
        case id
        case totalQuestions = "total_questions"
    }
}

struct RecallNews: APIType {
    var id: QuizQuestionID
}

struct DeletedQuiz: APIType {
    var id: QuizID
}

struct SubmissionNews: APIType {
    struct Answer: APIType {
        var questionID: QuizQuestionID
        /// Of the points, from 0 to 1; nil where the student has not decided.
        var share: Double?

        enum CodingKeys: String, CodingKey {
            case share
            case questionID = "question_id"
        }

        static var schemaName: String { "SubmittedAnswer" }
    }

    var id: AttemptID
    var quizID: QuizID
    var score: Double
    var totalPoints: Double
    /// The questions that were not answered right.
    var missed: [QuizQuestionID]
    /// How each was answered, and not what.
    var answers: [Answer]

    enum CodingKeys: String, CodingKey {
        case id, score, missed, answers
        case quizID = "quiz_id"
        case totalPoints = "total_points"
    }
}

extension Quiz.Status: APIType {}
