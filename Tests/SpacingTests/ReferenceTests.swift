import Foundation
import Spacing
import Testing

/// Against what the reference implementation made of random histories; Fixtures/record.py says how they were recorded.
struct ReferenceTests {
    private struct Review {
        let grade: ReviewGrade
        let expected: CardSchedule

        init(_ text: Substring) throws {
            let parts = text.split(separator: ",")
            grade = try #require(Int(parts[0]).flatMap(ReviewGrade.init))
            let step = Int(parts[3])
            let phase: CardSchedule.Phase =
                switch parts[2] {
                case "learning": .learning(step: try #require(step))
                case "relearning": .relearning(step: try #require(step))
                default: .review
                }
            expected = CardSchedule(
                phase: phase,
                memory: MemoryState(stability: try #require(Double(parts[5])), difficulty: try #require(Double(parts[6]))),
                due: Date(timeIntervalSince1970: try #require(Double(parts[4]))),
                lastReview: Date(timeIntervalSince1970: try #require(Double(parts[1]))))
        }
    }

    private static let schedulers: [Substring: SpacingScheduler] = [
        "usual": SpacingScheduler(),
        "none": SpacingScheduler(retention: 0.8, learningSteps: [], relearningSteps: []),
        "many": SpacingScheduler(learningSteps: [300, 1800, 36_000], relearningSteps: [600, 3600], longestInterval: 90),
    ]

    @Test("The same states and intervals as the reference implementation")
    func sameAsReference() throws {
        let file = try #require(Bundle.module.url(forResource: "histories", withExtension: "txt", subdirectory: "Fixtures"))
        var reviews = 0
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ")
            let scheduler = try #require(Self.schedulers[words[0]])
            var card = CardSchedule.new(due: .distantPast)
            for word in words.dropFirst() {
                let review = try Review(word)
                let at = try #require(review.expected.lastReview)
                card = scheduler.review(card, review.grade, at: at)
                let (memory, expected) = (try #require(card.memory), try #require(review.expected.memory))
                #expect(abs(memory.stability / expected.stability - 1) < 1e-9)
                #expect(abs(memory.difficulty / expected.difficulty - 1) < 1e-9)
                #expect(card.phase == review.expected.phase && card.due == review.expected.due && card.lastReview == at)
                reviews += 1
            }
        }
        #expect(reviews == 1794)
    }
}
