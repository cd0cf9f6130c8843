import FoundationEssentials
import Spacing

/// A student who learns what a plan says and forgets as FSRS-6 foretells: what plans are compared by.
///
/// Each goal has cards. In a block they review what is due of the goal first and then learn new ones; whether one is remembered is drawn
/// from the memory's own probability. Nothing of the plan's objective is known to it.
package struct SimulatedStudent {
    private struct Card {
        var memory: MemoryState<Double>?
        var last = Date.distantPast
        var due = Date.distantPast
    }

    private static let secondsPerReview = 10.0
    private static let secondsPerNew = 45.0

    private let model: ForgettingModel<Double>
    private var seed: UInt64

    package init(seed: UInt64) {
        model = ForgettingModel(weights: SpacingParameters.standard.weights)
        self.seed = seed
    }

    /// - Parameter cards: how many each goal has, by its id.
    /// - Returns: the share of each goal's cards that is known when it is asked, by its id.
    package mutating func known(after plan: StudyPlan, goals: [StudyGoal], cards: [String: Int]) -> [String: Double] {
        var known: [String: Double] = [:]
        for goal in goals {
            var deck = Array(repeating: Card(), count: cards[goal.id, default: 0])
            for block in plan.blocks where block.goal == goal.id { study(&deck, block) }
            let sum = deck.reduce(0.0) { sum, card in
                guard let memory = card.memory else { return sum }
                return sum + model.retrievability(after: days(card.last, goal.deadline), stability: memory.stability)
            }
            known[goal.id] = deck.isEmpty ? 0 : sum / Double(deck.count)
        }
        return known
    }

    private mutating func study(_ deck: inout [Card], _ block: StudyPlan.Block) {
        var left = block.end.timeIntervalSince(block.start)
        let waiting = deck.indices.filter { deck[$0].memory != nil && deck[$0].due <= block.start }
            .sorted { (deck[$0].due, $0) < (deck[$1].due, $1) }
        for index in waiting where left > 0 { left -= review(&deck[index], at: block.start) }
        for index in deck.indices where deck[index].memory == nil && left > 0 {
            let memory = model.first(.good)
            deck[index] = Card(memory: memory, last: block.start, due: due(after: memory, from: block.start))
            left -= Self.secondsPerNew
        }
        // Who has nothing new looks at what is remembered least.
        let weakest = deck.indices.filter { deck[$0].memory != nil && deck[$0].last < block.start }
            .sorted { (recall(deck[$0], block.start), $0) < (recall(deck[$1], block.start), $1) }
        for index in weakest where left > 0 { left -= review(&deck[index], at: block.start) }
    }

    private mutating func review(_ card: inout Card, at date: Date) -> Double {
        guard let memory = card.memory else { return 0 }
        let isRecalled = draw() < recall(card, date)
        let days = days(card.last, date)
        card.memory = model.next(memory, isRecalled ? .good : .again, after: days < 1 ? 0 : days.rounded(.down))
        card.last = date
        card.due = due(after: card.memory ?? memory, from: date)
        // What was forgotten is looked at twice.
        return isRecalled ? Self.secondsPerReview : Self.secondsPerReview * 2
    }

    private func recall(_ card: Card, _ date: Date) -> Double {
        card.memory.map { model.retrievability(after: days(card.last, date), stability: $0.stability) } ?? 0
    }

    private func due(after memory: MemoryState<Double>, from date: Date) -> Date {
        date.addingTimeInterval(max(1, model.interval(stability: memory.stability, retention: 0.9).rounded()) * 86_400 - 43_200)
    }

    private func days(_ from: Date, _ to: Date) -> Double { max(0, to.timeIntervalSince(from) / 86_400) }

    private mutating func draw() -> Double {
        seed &+= 0x9E37_79B9_7F4A_7C15
        var z = seed
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }
}
