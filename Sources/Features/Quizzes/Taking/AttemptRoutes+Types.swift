import Ambient
import FoundationEssentials
import HTTPServing
import JSON
import Passages
import Questions

/// An attempt as the API shows it: what is asked, and what was answered so far.
struct AttemptView: APIType {
    struct Answer: APIType {
        var questionID: String
        var answer: JSONValue?
        var isFlagged: Bool
        var result: AnswerResult?

        enum CodingKeys: String, CodingKey {
            case answer, result
            case questionID = "question_id"
            case isFlagged = "is_flagged"
        }

        static var schemaName: String { "AttemptAnswer" }
    }

    var id: String
    var quizID: String
    var mode: Attempt.Mode
    var isOpen: Bool
    var position: Int
    var deadline: Date?
    var startedAt: Date
    var updatedAt: Date
    var submittedAt: Date?
    var score: Double?
    var totalPoints: Double
    var questions: [QuestionView]?
    var answers: [Answer]?

    enum CodingKeys: String, CodingKey {
        case id, mode, position, deadline, score, questions, answers
        case quizID = "quiz_id"
        case isOpen = "is_open"
        case startedAt = "started_at"
        case updatedAt = "updated_at"
        case submittedAt = "submitted_at"
        case totalPoints = "total_points"
    }

    /// - Parameters:
    ///   - short: without questions and answers, for lists.
    ///   - open: the documents whose passages its student may open; nil for all.
    init(_ attempt: Attempt, open: Set<DocumentID>? = nil, short: Bool = false) {
        id = attempt.id.description
        quizID = attempt.quizID.description
        mode = attempt.mode
        isOpen = attempt.isOpen
        position = attempt.position
        deadline = attempt.deadline
        startedAt = attempt.startedAt
        updatedAt = attempt.updatedAt
        submittedAt = attempt.submittedAt
        score = attempt.score
        totalPoints = attempt.totalPoints
        guard !short else { return }
        questions = attempt.questions.map { QuestionView($0, withAnswer: false) }
        answers = attempt.questions.map { question in
            let answer = attempt.answers[question.id] ?? AttemptAnswer()
            return Answer(
                questionID: question.id.description, answer: answer.answer?.json, isFlagged: answer.isFlagged,
                result: answer.judgement.map { AnswerResult(question, answer, $0, open: open) })
        }
    }

    static var schemaName: String { "QuizAttempt" }

    static var constraints: [Constraint<AttemptView>] {
        [
            .describe("position", "The question in hand, from 0."), .describe("deadline", "Answers that come later do not count."),
            .describe("answers", "What is saved; in practice with how it was judged."),
        ]
    }
}

/// What came of a quiz that was handed in.
struct SubmissionView: APIType {
    struct Topic: APIType {
        var topic: String
        var points: Double
        var totalPoints: Double
        var questions: Int

        enum CodingKeys: String, CodingKey {
            case topic, points, questions
            case totalPoints = "total_points"
        }

        static var schemaName: String { "TopicResult" }
    }

    var id: String
    var quizID: String
    var mode: Attempt.Mode
    var score: Double
    var totalPoints: Double
    var undecided: Int
    var startedAt: Date
    var submittedAt: Date
    var topics: [Topic]
    var results: [AnswerResult]
    var questions: [QuestionView]

    enum CodingKeys: String, CodingKey {
        case id, mode, score, undecided, topics, results, questions
        case quizID = "quiz_id"
        case totalPoints = "total_points"
        case startedAt = "started_at"
        case submittedAt = "submitted_at"
    }

    /// - Parameters:
    ///   - open: the documents whose passages its student may open; nil for all.
    ///   - canRejudge: whether a model can look at an answer again.
    init(
        _ attempt: Attempt, open: Set<DocumentID>? = nil,
        canRejudge: (QuizQuestion, AttemptAnswer) -> Bool = { _, _ in false }
    ) {
        id = attempt.id.description
        quizID = attempt.quizID.description
        mode = attempt.mode
        score = attempt.score ?? attempt.points
        totalPoints = attempt.totalPoints
        startedAt = attempt.startedAt
        submittedAt = attempt.submittedAt ?? attempt.updatedAt
        results = attempt.questions.compactMap { question in
            guard let answer = attempt.answers[question.id], let judgement = answer.judgement else { return nil }
            return AnswerResult(question, answer, judgement, open: open, canRejudge: canRejudge(question, answer))
        }
        undecided = results.count { $0.verdict == .ask }
        questions = attempt.questions.map { QuestionView($0, withAnswer: false) }
        topics = Dictionary(grouping: results.filter { !$0.topic.isEmpty }, by: \.topic).map { topic, own in
            Topic(
                topic: topic, points: own.reduce(0) { $0 + $1.points }, totalPoints: own.reduce(0) { $0 + $1.totalPoints },
                questions: own.count)
        }
        .sorted { ($0.points / $0.totalPoints, $0.topic) < ($1.points / $1.totalPoints, $1.topic) }
    }

    static var schemaName: String { "QuizSubmission" }

    static var constraints: [Constraint<SubmissionView>] {
        [
            .describe("undecided", "Answers that are not certain and wait for you."), .describe("topics", "The least known first."),
            .describe("questions", "As they were asked."),
        ]
    }
}

/// How an attempt begins.
struct NewAttempt: APIType {
    var mode: Attempt.Mode?
    var timeLimit: Int?
    var restart: Bool?

    enum CodingKeys: String, CodingKey {
        case mode, restart
        case timeLimit = "time_limit"
    }

    static var constraints: [Constraint<NewAttempt>] {
        [
            .range(\.timeLimit, "time_limit", 10...86_400), .describe("time_limit", "In seconds, from now on."),
            .describe("restart", "Leaves the attempt that is open; otherwise that one goes on."),
            .describe("mode", "`practice` judges each answer at once, `exam` all at the end."),
        ]
    }
}

/// What was answered since it was last saved.
struct AttemptChange: APIType {
    var answers: [String: JSONValue]?
    var flags: [String: Bool]?
    var position: Int?

    static var constraints: [Constraint<AttemptChange>] {
        [
            .check("answers") { AnswerForm.problem($0.answers) },
            .describe("answers", "By the question's id: an option's id, a list of ids, a text, or null for none any more."),
            .describe("flags", "By the question's id: whether to come back to it."),
        ]
    }
}

struct AnswerCheck: APIType {
    var questionID: String
    var answer: JSONValue?

    enum CodingKeys: String, CodingKey {
        case answer
        case questionID = "question_id"
    }

    static var constraints: [Constraint<AnswerCheck>] {
        [.check("answer") { AnswerForm.problem($0.answer.map { ["answer": $0] }) }]
    }
}

/// Answers that are handed in.
struct NewSubmission: APIType {
    var answers: [String: JSONValue]?
    var attemptID: String?
    var id: String?

    enum CodingKeys: String, CodingKey {
        case answers, id
        case attemptID = "attempt_id"
    }

    static var constraints: [Constraint<NewSubmission>] {
        [
            .check("answers") { AnswerForm.problem($0.answers) }, .length(\.id, "id", 1...100),
            .format(\.attemptID, "attempt_id", .uuid),
            .check("answers") { $0.answers == nil && $0.attemptID == nil ? "or attempt_id must be there" : nil },
            .describe("answers", "By the question's id: an option's id, a list of ids, or a text."),
            .describe("attempt_id", "Hands in this attempt, with what was saved of it."),
            .describe("id", "What you call this submission: the same one sent again counts once."),
        ]
    }
}

/// The student's word on how an answer was judged.
struct AnswerDecision: APIType {
    var correct: Bool
    var remark: String?

    static var constraints: [Constraint<AnswerDecision>] {
        [.length(\.remark, "remark", 0...1_000), .describe("correct", "Whether the answer says what the right one says.")]
    }
}

/// What a student holds against how an answer was judged.
struct AnswerObjection: APIType {
    var remark: String?

    static var constraints: [Constraint<AnswerObjection>] {
        [.length(\.remark, "remark", 0...1_000), .describe("remark", "Why the answer is right.")]
    }
}

/// Answers as they come in.
enum AnswerForm {
    static func problem(_ answers: [String: JSONValue]?) -> String? {
        for (id, value) in answers ?? [:] where value != .null {
            guard let answer = QuizAnswer(value) else {
                return "must be texts, ids or lists of them, which that of \(id.prefix(40)) is not"
            }
            if answer.size > AttemptService.mostAnswer { return "must have at most \(AttemptService.mostAnswer) characters each" }
        }
        return nil
    }

    /// Those that name a question; null takes an answer back.
    static func answers(_ answers: [String: JSONValue]?) -> [QuizQuestionID: QuizAnswer?] {
        var found: [QuizQuestionID: QuizAnswer?] = [:]
        for (id, value) in answers ?? [:] {
            if let id = QuizQuestionID(id) { found.updateValue(QuizAnswer(value), forKey: id) }
        }
        return found
    }
}

extension Attempt.Mode: APIType {}
extension Judgement.Judge: APIType {}
extension Grade.Verdict: APIType {}
extension GradeReason: APIType {}
