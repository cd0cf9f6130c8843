import Foundation
import Spacing
import Testing

struct SchedulerTests {
    private let scheduler = SpacingScheduler()
    private let start = Date(timeIntervalSince1970: 1_767_225_600)

    private func reviewed(_ grades: [ReviewGrade]) -> CardSchedule {
        grades.reduce(CardSchedule.new(due: start)) { scheduler.review($0, $1, at: max($0.due, start)) }
    }

    @Test("When a card is due it is remembered with the probability that was asked for", arguments: [0.7, 0.8, 0.9, 0.97])
    func retention(_ wanted: Double) throws {
        let scheduler = SpacingScheduler(retention: wanted)
        let card = CardSchedule(
            phase: .review, memory: MemoryState(stability: 40, difficulty: 5), due: start,
            lastReview: start.addingTimeInterval(-86_400 * 40))
        let next = scheduler.review(card, .good, at: start)
        let chance = try #require(scheduler.retrievability(of: next, at: next.due))
        #expect(abs(chance - wanted) < 0.005)
    }

    @Test("A better grade never brings a card back sooner")
    func ordered() {
        for card in [CardSchedule.new(due: start), reviewed([.good]), reviewed([.good, .good]), reviewed([.good, .good, .again])] {
            let dues = ReviewGrade.allCases.map { scheduler.review(card, $0, at: max(card.due, start)).due }
            #expect(dues == dues.sorted())
        }
    }

    @Test("Nor does the spreading of intervals bring one back sooner")
    func orderedWithFuzz() {
        let card = reviewed([.good, .good, .good])
        for seed in 0..<200 as Range<UInt64> {
            let dues = ReviewGrade.allCases.map { scheduler.review(card, $0, at: card.due, fuzz: IntervalFuzz(seed: seed)).due }
            #expect(dues == dues.sorted(), "seed \(seed)")
        }
    }

    @Test("Days may be counted by nights: the next morning is another day, however few hours it is")
    func nights() throws {
        let learned = reviewed([.good, .good])
        let morning = start.addingTimeInterval(9 * 3600)
        let card = CardSchedule(phase: .review, memory: learned.memory, due: morning, lastReview: start)
        let (same, next) = (scheduler.review(card, .good, at: morning), scheduler.review(card, .good, at: morning, days: 1))
        let (before, after) = (try #require(same.memory), try #require(next.memory))
        #expect(after.stability > before.stability)
    }

    @Test("A forgotten card is learned again, and lasts less long than before")
    func lapse() throws {
        let learned = reviewed([.good, .good, .good])
        let forgotten = scheduler.review(learned, .again, at: learned.due)
        #expect(forgotten.phase == .relearning(step: 0))
        let (before, after) = (try #require(learned.memory), try #require(forgotten.memory))
        #expect(after.stability < before.stability && after.difficulty > before.difficulty)
    }

    @Test("A clock that went back loses nothing")
    func clock() throws {
        let learned = reviewed([.good, .good])
        let next = scheduler.review(learned, .good, at: start.addingTimeInterval(-86_400 * 400))
        #expect(try #require(next.memory).stability.isFinite)
    }

    @Test("Fuzz stays in its range, spreads, and is the same for the same review")
    func fuzz() {
        #expect(IntervalFuzz.range(2, longest: 100) == 2...2)
        #expect(IntervalFuzz.range(50, longest: 100) == 46...54)
        #expect(IntervalFuzz.range(99, longest: 100) == 92...100)
        let days = (0..<500).map { IntervalFuzz(seed: $0).apply(to: 50, longest: 36_500) }
        #expect(Set(days) == Set(46...54))
        #expect(days == (0..<500).map { IntervalFuzz(seed: $0).apply(to: 50, longest: 36_500) })
    }

    @Test("Parameters that make no sense are refused")
    func parameters() throws {
        #expect(SpacingParameters([1, 2, 3]) == nil)
        var weights = SpacingParameters.standard.weights
        #expect(SpacingParameters(weights) == .standard)
        weights[20] = .nan
        #expect(SpacingParameters(weights) == nil)
        let coded = try JSONEncoder().encode(SpacingParameters.standard)
        #expect(try JSONDecoder().decode(SpacingParameters.self, from: coded) == .standard)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(SpacingParameters.self, from: Data("[1]".utf8)) }
    }
}
