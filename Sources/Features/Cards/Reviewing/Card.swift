package import Ambient
package import FoundationEssentials
package import Spacing

package enum CardKind {}
package typealias CardID = Identifier<CardKind>

/// One question that is learned: a part of a ``CardText``, with its place in the student's memory.
package struct Card: Sendable, Equatable {
    package let id: CardID
    package let userID: UserID
    package let textID: CardTextID
    package var deckID: DeckID
    /// Which of the text's questions it is.
    package let part: Int
    /// Where new cards of one moment stand among each other.
    package let position: Int
    package var schedule: CardSchedule
    /// How often it was reviewed.
    package var reps: Int
    /// How often it was forgotten once it had been learned.
    package var lapses: Int
    /// It is not asked until the student says so.
    package var isSuspended: Bool
    /// It was forgotten again and again: to be written anew.
    package var isLeech: Bool
    /// It is not asked before then.
    package var buriedUntil: Date?
    /// The review of a sibling that buried it.
    package var buriedBy: ReviewID?

    /// From when on it is asked; nil while it is suspended.
    package var shownFrom: Date? { isSuspended ? nil : max(schedule.due, buriedUntil ?? .distantPast) }

    /// Where it waits.
    package var queue: CardQueue {
        switch schedule.phase {
        case .new: .new
        case .learning, .relearning: .learning
        case .review: .review
        }
    }

    /// The same for one review, whoever reckons it: what a button promises is what it does.
    package var fuzz: IntervalFuzz {
        let bytes = id.uuid.uuid
        let parts = [bytes.8, bytes.9, bytes.10, bytes.11, bytes.12, bytes.13, bytes.14, bytes.15]
        let seed = parts.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return IntervalFuzz(seed: seed &+ UInt64(reps) &* 0x2545_F491_4F6C_DD1D)
    }

    /// What a review changes, to be put back.
    var memento: CardMemento {
        get {
            CardMemento(
                phase: schedule.phase.name, step: schedule.phase.step, stability: schedule.memory?.stability,
                difficulty: schedule.memory?.difficulty, due: schedule.due, lastReview: schedule.lastReview, reps: reps,
                lapses: lapses, isSuspended: isSuspended, isLeech: isLeech)
        }
        set {
            schedule = newValue.schedule
            reps = newValue.reps
            lapses = newValue.lapses
            isSuspended = newValue.isSuspended
            isLeech = newValue.isLeech
        }
    }
}

/// The heaps that what is to be learned is taken from.
package enum CardQueue: Int, Sendable, CaseIterable {
    case new = 0
    case learning = 1
    case review = 2
}

/// A card with what it asks.
package struct WrittenCard: Sendable, Equatable {
    package var card: Card
    package var text: CardText

    package var face: CardFace { text.face(of: card.part) }
}

/// A card as it was at one time.
struct CardMemento: Sendable, Equatable, Codable {
    var phase: String
    var step: Int
    var stability: Double?
    var difficulty: Double?
    var due: Date
    var lastReview: Date?
    var reps: Int
    var lapses: Int
    var isSuspended: Bool
    var isLeech: Bool

    var schedule: CardSchedule {
        CardSchedule(
            phase: CardSchedule.Phase(phase, step: step) ?? .new, memory: MemoryState(stability, difficulty), due: due,
            lastReview: lastReview)
    }
}

extension MemoryState<Double> {
    init?(_ stability: Double?, _ difficulty: Double?) {
        guard let stability, let difficulty else { return nil }
        self.init(stability: stability, difficulty: difficulty)
    }
}

extension CardSchedule.Phase {
    /// As the table and the API name it.
    package var name: String {
        switch self {
        case .new: "new"
        case .learning: "learning"
        case .review: "review"
        case .relearning: "relearning"
        }
    }

    package var step: Int {
        switch self {
        case .new, .review: 0
        case .learning(let step), .relearning(let step): step
        }
    }

    package init?(_ name: String, step: Int) {
        switch name {
        case "new": self = .new
        case "learning": self = .learning(step: step)
        case "review": self = .review
        case "relearning": self = .relearning(step: step)
        default: return nil
        }
    }
}
