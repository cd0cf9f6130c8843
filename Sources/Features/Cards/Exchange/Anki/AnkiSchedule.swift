import FoundationEssentials
import Glibc
import Manuscript
import Spacing

/// What was known of a card before it came here.
struct LearnedCard: Sendable {
    var schedule: CardSchedule
    var reps: Int
    var lapses: Int
    var isSuspended: Bool
    /// Among new cards.
    var position: Int?
}

/// Anki's account of how a card is learned, and ours: days since the collection began on one side, moments on the other.
struct AnkiSchedule: Sendable {
    /// The day from which the collection counts, in seconds since 1970.
    let began: Int
    let day: StudyDay

    private struct Memory: Codable {
        /// Stability, in days.
        var s: Double?
        /// Difficulty, 1 to 10.
        var d: Double?
        /// The last review, in seconds since 1970.
        var lrt: Int?
    }

    // MARK: - In

    /// - Parameter now: when a new card is due.
    func learned(_ card: AnkiCard, now: Date) -> LearnedCard {
        let known = (try? JSONDecoder().decode(Memory.self, from: Data(card.data.utf8))) ?? Memory()
        let interval = Double(max(0, min(card.interval, 36_500)))
        let last =
            known.lrt.map { Date(timeIntervalSince1970: Double($0)) }
            ?? card.reviews.last.map { Date(timeIntervalSince1970: Double($0.time) / 1000) }
        var due = date(card.due)
        // A day is all that is said of a review; the moment is a whole number of days after the last, where that is the same day.
        if card.kind == 2, let exact = last?.addingTimeInterval(interval * 86_400), day.number(of: exact) == day.number(of: due) {
            due = exact
        }
        let stability = min(max(known.s ?? max(interval, 0.5), 0.001), 36_500)
        let difficulty = min(max(known.d ?? Self.difficulty(ease: card.ease, stability: stability), 1), 10)
        let memory = MemoryState(stability: stability, difficulty: difficulty)
        let seen = last ?? min(due, now).addingTimeInterval(-interval * 86_400)
        let schedule: CardSchedule =
            switch card.kind {
            case 1: CardSchedule(phase: .learning(step: 0), memory: memory, due: due, lastReview: seen)
            case 2: CardSchedule(phase: .review, memory: memory, due: due, lastReview: seen)
            case 3: CardSchedule(phase: .relearning(step: 0), memory: memory, due: due, lastReview: seen)
            default: .new(due: now)
            }
        let isNew = !(1...3).contains(card.kind)
        return LearnedCard(
            schedule: schedule, reps: isNew ? 0 : max(0, card.reps), lapses: max(0, card.lapses), isSuspended: card.queue == -1,
            position: isNew ? max(0, card.due) : nil)
    }

    private func date(_ due: Int) -> Date {
        if due > 1_000_000_000 { return Date(timeIntervalSince1970: Double(min(due, 100_000_000_000))) }
        return Date(timeIntervalSince1970: Double(began) + Double(max(-40_000, min(due, 40_000))) * 86_400)
    }

    // MARK: - Out

    /// - Parameters:
    ///   - id: among the package's.
    ///   - ordinal: the number of its template or gap.
    func card(_ card: Card, id: Int, ordinal: Int, deck: Int, reviews: [AnkiReview]) -> AnkiCard {
        let (memory, schedule) = (card.schedule.memory, card.schedule)
        let interval = schedule.lastReview.map { max(1, day.days(from: $0, to: schedule.due)) } ?? 0
        let firstDay = day.number(of: Date(timeIntervalSince1970: Double(began)))
        let (kind, due): (Int, Int) =
            switch schedule.phase {
            case .new: (0, card.position)
            case .learning: (1, Int(schedule.due.timeIntervalSince1970))
            case .review: (2, day.number(of: schedule.due) - firstDay)
            case .relearning: (3, Int(schedule.due.timeIntervalSince1970))
            }
        let data = Memory(
            s: memory?.stability, d: memory?.difficulty, lrt: schedule.lastReview.map { Int($0.timeIntervalSince1970) })
        return AnkiCard(
            id: id, ordinal: ordinal, deck: deck, kind: kind, queue: card.isSuspended ? -1 : kind == 3 ? 1 : kind, due: due,
            interval: kind < 2 ? 0 : interval,
            ease: memory.map { Self.ease(difficulty: $0.difficulty, stability: $0.stability) } ?? 0, reps: card.reps,
            lapses: card.lapses,
            data: memory == nil ? "" : (try? JSONEncoder().encode(data)).map { String(decoding: $0, as: UTF8.self) } ?? "",
            reviews: reviews)
    }

    // MARK: - Ease

    /// How much longer intervals of a stability grow at difficulty 10 than at 11, by which Anki itself turns SM-2's ease into a difficulty,
    /// where nine of ten are remembered.
    private static func growth(_ stability: Double) -> Double {
        let w = SpacingParameters.standard.weights
        return exp(w[8]) * pow(stability, -w[9]) * (exp(0.1 * w[10]) - 1)
    }

    /// - Parameter ease: in thousandths; none is what Anki begins with.
    static func difficulty(ease: Int, stability: Double) -> Double {
        11 - (Double(ease <= 0 ? 2500 : ease) / 1000 - 1) / growth(stability)
    }

    /// In thousandths, 1300 to 5000.
    static func ease(difficulty: Double, stability: Double) -> Int {
        let ease = 1 + (11 - difficulty) * growth(stability)
        return min(max(Int((ease * 1000).rounded()), 1300), 5000)
    }
}
