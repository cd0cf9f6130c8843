import Ambient
import Database
import DatabaseTesting
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import LanguageModels
import Questions
@testable import Quizzes
import Synchronization
import Testing

/// Typed answers judged by a model, and judged again.
@Suite(.timeLimit(.minutes(3)))
struct RejudgingTests {
    /// Says the verdicts in their order, or fails.
    private final class GivenJudge: AnswerJudging {
        let verdicts: Mutex<[Grade?]>
        let asked = Mutex<[OpenAnswer]>([])

        init(_ verdicts: [Grade?]) { self.verdicts = Mutex(verdicts) }

        func judge(_ answer: OpenAnswer, for user: UserID) async throws -> RubricJudgement {
            asked.withLock { $0.append(answer) }
            let next = verdicts.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            guard let grade = next else { throw LanguageModelFailure(.unreachable, model: "test") }
            return RubricJudgement(grade, why: "Because \(grade.verdict.rawValue).")
        }
    }

    private static let wrong = Grade(.wrong, share: 0, reason: .judged)
    private static let half = Grade(.partly, share: 0.5, reason: .judged)
    private static let right = Grade(.right, share: 1, reason: .judged)

    private func submitted(_ stage: QuizStage, _ answer: String) async throws -> (path: String, result: SubmissionView) {
        let quiz = try await stage.quizOfEachKind()
        let question = try #require(quiz.questions?.first { $0.questionType == .shortAnswer }?.id)
        let result: SubmissionView = try await stage.client().post(
            "/quizzes/\(quiz.id)/submissions", json: #"{"answers": {"\#(question)": "\#(answer)"}}"#
        ).json()
        return ("/quizzes/\(quiz.id)/submissions/\(result.id)/answers/\(question)", result)
    }

    private func typed(_ result: SubmissionView) throws -> AnswerResult {
        try #require(result.results.first { $0.correctText == "chlorophyll" })
    }

    @Test(arguments: Dialect.allCases) func `what rules leave open a model judges, and looks again once`(_ dialect: Dialect)
        async throws
    {
        let judge = GivenJudge([Self.half, Self.wrong])
        try await QuizStage.with(dialect, judge: judge) { stage in
            let (path, result) = try await submitted(stage, "the chlorophyll stuff")
            let first = try typed(result)
            #expect(
                first.verdict == .partly && first.points == 0.5 && first.judgedBy == .model && first.remark == "Because partly.")
            #expect(first.canRejudge && first.before == nil)
            // Only what is typed and open is asked.
            #expect(judge.asked.withLock { $0.map(\.text) } == ["the chlorophyll stuff"])
            let again: AnswerResult = try await stage.client().post("\(path)/judgements", json: #"{"remark": "I said it."}"#).json()
            #expect(again.verdict == .wrong && again.judgedBy == .model && again.remark == "Because wrong.")
            #expect(
                again.objection == "I said it." && again.before?.verdict == .partly && again.before?.remark == "Because partly.")
            #expect(judge.asked.withLock { $0.last?.objection } == "I said it." && !again.canRejudge)
            #expect(try await stage.client().post("\(path)/judgements", json: "{}").status == 409)
            // The student's word counts, and both judgements stay.
            let decided: AnswerResult = try await stage.client().post(path, json: #"{"correct": true, "remark": "So there."}"#)
                .json()
            #expect(decided.verdict == .right && decided.judgedBy == .student && decided.remark == "So there.")
            #expect(decided.before?.verdict == .partly && decided.later?.verdict == .wrong)
            #expect(decided.later?.remark == "Because wrong." && decided.objection == "I said it.")
            #expect(try await stage.client("ben").post("\(path)/judgements", json: "{}").status == 404)
        }
    }

    @Test func `a model that cannot be asked leaves what stands, and says so`() async throws {
        let judge = GivenJudge([nil, nil, Self.right])
        try await QuizStage.with(.sqlite, judge: judge) { stage in
            let (path, result) = try await submitted(stage, "green chlorophyll")
            let first = try typed(result)
            #expect(first.verdict == .ask && first.reason == .modelUnavailable && first.judgedBy == .rules && first.canRejudge)
            #expect(try await stage.client().post("\(path)/judgements", json: "{}").status == 503)
            let later: AnswerResult = try await stage.client().post("\(path)/judgements", json: "{}").json()
            #expect(later.verdict == .right && later.before?.verdict == .ask)
        }
    }

    @Test func `what is certainly wrong stays wrong where the model's word is against the rules`() async throws {
        let judge = GivenJudge([Grade(.ask, share: 0, reason: .negated)])
        try await QuizStage.with(.sqlite, judge: judge) { stage in
            let (path, result) = try await submitted(stage, "gold")
            #expect(try typed(result).verdict == .wrong)
            let again: AnswerResult = try await stage.client().post("\(path)/judgements", json: "{}").json()
            #expect(again.verdict == .wrong && again.judgedBy == .model)
        }
    }

    @Test func `without a model the student decides beside the reference`() async throws {
        try await QuizStage.with(.sqlite) { stage in
            let (path, result) = try await submitted(stage, "green chlorophyll")
            let first = try typed(result)
            #expect(first.verdict == .ask && first.reason == .unsure && !first.canRejudge)
            #expect(try await stage.client().post("\(path)/judgements", json: "{}").status == 409)
            let decided: AnswerResult = try await stage.client().post(path, json: #"{"correct": true}"#).json()
            #expect(decided.verdict == .right && decided.before?.verdict == .ask)
        }
    }
}
