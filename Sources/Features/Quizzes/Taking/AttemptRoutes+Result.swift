import Ambient
import FoundationEssentials
import HTTPServing
import JSON
import Passages
import Questions

/// How one answer was judged, and what is right.
struct AnswerResult: APIType {
    struct Earlier: APIType {
        var verdict: Grade.Verdict
        var points: Double
        var reason: GradeReason
        var judgedBy: Judgement.Judge
        var remark: String?

        init(_ before: Judgement.Before, points: Double) {
            verdict = before.verdict
            self.points = before.share * points
            reason = before.reason
            judgedBy = before.judge
            remark = before.remark
        }

        enum CodingKeys: String, CodingKey {
            case verdict, points, reason, remark
            case judgedBy = "judged_by"
        }

        static var schemaName: String { "EarlierJudgement" }
    }

    var questionID: String
    var answer: JSONValue?
    var correct: Bool
    var verdict: Grade.Verdict
    var points: Double
    var totalPoints: Double
    var reason: GradeReason
    var judgedBy: Judgement.Judge
    var remark: String?
    var objection: String?
    var before: Earlier?
    var later: Earlier?
    var canRejudge: Bool
    var correctAnswer: JSONValue
    var correctText: String
    var explanation: String
    var citation: QuestionCitation?
    var quotation: Quotation?
    var topic: String

    enum CodingKeys: String, CodingKey {
        case answer, quotation, correct, verdict, points, reason, remark, objection, before, later, explanation, citation, topic
        case questionID = "question_id"
        case totalPoints = "total_points"
        case judgedBy = "judged_by"
        case canRejudge = "can_rejudge"
        case correctAnswer = "correct_answer"
        case correctText = "correct_text"
    }

    /// What a document says that the student may not open.
    struct Quotation: APIType {
        var title: String
        var page: Int?
        var section: String?
        var quote: String

        static var schemaName: String { "QuizQuotation" }
    }

    /// - Parameters:
    ///   - open: the documents whose passages the student may open; nil for all.
    ///   - canRejudge: whether a model can look at it again.
    init(
        _ question: QuizQuestion, _ answer: AttemptAnswer, _ judgement: Judgement, open: Set<DocumentID>? = nil,
        canRejudge: Bool = false
    ) {
        let form = QuestionForm(question)
        questionID = question.id.description
        self.answer = answer.answer?.json
        correct = judgement.verdict == .right
        verdict = judgement.verdict
        points = judgement.share * question.points
        totalPoints = question.points
        reason = judgement.reason
        judgedBy = judgement.judge
        remark = judgement.remark
        objection = judgement.objection.flatMap { $0.isEmpty ? nil : $0 }
        before = judgement.before.map { Earlier($0, points: question.points) }
        later = judgement.later.map { Earlier($0, points: question.points) }
        self.canRejudge = canRejudge
        correctAnswer = form.right.json
        correctText = form.rightText
        explanation = question.explanation
        if let cited = question.citation {
            if open?.contains(cited.documentID) ?? true {
                citation = cited
            } else {
                quotation = Quotation(title: cited.title, page: cited.page, section: cited.section, quote: cited.quote)
            }
        }
        topic = question.topic
    }

    static var schemaName: String { "QuizResult" }

    static var constraints: [Constraint<AnswerResult>] {
        [
            .describe("verdict", "`ask`: it is not certain. Compare it with the right answer, and say whether you said this."),
            .describe("reason", "Why it was judged so."), .describe("before", "What it was before you disagreed, or decided."),
            .describe("later", "What it was after that, where a language model looked again before you decided."),
            .describe("objection", "What you said when the model was asked to look again."),
            .describe("can_rejudge", "A language model can look at it again, if you disagree."),
            .describe("correct_answer", "In the form in which an answer is sent."), .describe("correct_text", "The same in words."),
            .describe("citation", "Where the answer stands."),
            .describe("quotation", "In its place where the quiz is another's, and you may not open the document."),
        ]
    }
}
