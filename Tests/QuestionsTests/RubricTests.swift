import Ambient
import FoundationEssentials
import LanguageModels
@testable import Questions
import Testing

@Suite struct RubricTests {
    /// Answers each request with the next text.
    private struct SayingModel: TextModel {
        let name = "saying"
        let contextWindow = 8_000
        let text: String

        func complete(_ request: ModelRequest, for user: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
            AsyncThrowingStream { stream in
                stream.yield(.text(text))
                stream.yield(.finished(.stop))
                stream.finish()
            }
        }

        func check() async throws -> ModelStatus { ModelStatus(summary: "says") }
    }

    private func judged(
        _ answer: String, reference: String = "Water moves from the lower concentration into the higher one.", says text: String
    ) async throws -> RubricJudgement {
        let judging = RubricJudging(SayingModel(text: text), grading: CertainGrading(embedder: nil, wordnet: nil))
        return try await judging.judge(
            OpenAnswer(
                stem: "What is osmosis?", key: TypedKey(accepted: [reference], isOpen: true), explanation: reference, text: answer),
            for: UserID(UUID()))
    }

    private func rubric(_ words: [String], contradicts: Bool = false) -> String {
        let points = words.map { #"{"point": "p", "words": "\#($0)"}"# }.joined(separator: ", ")
        return #"{"points": [\#(points)], "contradicts": \#(contradicts), "why": "So  it is."}"#
    }

    @Test func `points count by words that stand in the answer`() async throws {
        let answer = "Water goes where more is dissolved."
        let right = try await judged(answer, says: rubric(["water goes", "where MORE is dissolved"]))
        #expect(right.grade == Grade(.right, share: 1, reason: .judged) && right.why == "So it is.")
        let half = try await judged(answer, says: rubric(["Water goes", ""]))
        #expect(half.grade == Grade(.partly, share: 0.5, reason: .judged))
        // What the model says the student said, and the student did not.
        let made = try await judged(answer, says: rubric(["through a membrane", "to the higher concentration"]))
        #expect(made.grade.verdict == .wrong)
    }

    @Test(arguments: [
        "Water does not move from the lower concentration into the higher one.",
        "Water moves from the higher concentration into the lower one.",
        "Water moves out of the higher concentration from the lower one, never into it.",
    ])
    func `what turns the reference round is never right, whatever the model says`(_ answer: String) async throws {
        let judgement = try await judged(answer, says: rubric(["Water"]))
        #expect(judgement.grade.verdict != .right && judgement.grade.share == 0, "\(judgement)")
    }

    @Test func `what contradicts is wrong, and what is no rubric is no judgement`() async throws {
        let judgement = try await judged("It is a pump that pushes water.", says: rubric(["water"], contradicts: true))
        #expect(judgement.grade.verdict == .wrong)
        for text in ["", "Right!", #"{"points": [], "contradicts": false, "why": ""}"#] {
            await #expect(throws: LanguageModelFailure.self) { try await judged("Water moves.", says: text) }
        }
    }
}
