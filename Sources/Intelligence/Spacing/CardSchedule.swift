package import FoundationEssentials

/// Where a card stands in its schedule.
package struct CardSchedule: Sendable, Equatable {
    /// What is done with the card next.
    package enum Phase: Sendable, Equatable {
        /// Nobody has seen it.
        case new
        /// It is being learned; the number of the step it is at.
        case learning(step: Int)
        /// It is reviewed at intervals of days.
        case review
        /// It was forgotten; the number of the step back that it is at.
        case relearning(step: Int)
    }

    package var phase: Phase
    /// nil before the first review.
    package var memory: MemoryState<Double>?
    package var due: Date
    package var lastReview: Date?

    package init(phase: Phase, memory: MemoryState<Double>?, due: Date, lastReview: Date?) {
        self.phase = phase
        self.memory = memory
        self.due = due
        self.lastReview = lastReview
    }

    /// A card that nobody has seen, due at once.
    package static func new(due: Date) -> CardSchedule { CardSchedule(phase: .new, memory: nil, due: due, lastReview: nil) }

    /// Whole days of 24 hours since the last review; zero where the clock went back.
    package func days(until date: Date) -> Double {
        lastReview.map { max(0, (date.timeIntervalSince($0) / 86_400).rounded(.down)) } ?? 0
    }
}
