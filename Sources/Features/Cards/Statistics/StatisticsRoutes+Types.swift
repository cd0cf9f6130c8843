import Ambient
import FoundationEssentials
import HTTPServing

/// How a student's learning went and what is coming, by the student's days.
struct StudyStatistics: APIType, Equatable {
    /// What was done on one day.
    struct Day: APIType, Equatable {
        var date: String
        var reviews: Int
        /// Of them, cards that had been new.
        var new: Int
        /// Of them, those that were not forgotten.
        var remembered: Int
        var durationMs: Int

        enum CodingKeys: String, CodingKey {
            case date, reviews, new, remembered
            case durationMs = "duration_ms"
        }

        static var schemaName: String { "StudyDay" }
    }

    struct ComingDay: APIType, Equatable {
        var date: String
        var due: Int
    }

    struct Buttons: APIType, Equatable {
        var again = 0
        var hard = 0
        var good = 0
        var easy = 0

        static var schemaName: String { "AnswerButtons" }
    }

    /// The share of learned cards that were remembered when they were due.
    struct Retention: APIType, Equatable {
        var tested: Int
        var remembered: Int
        static var schemaName: String { "Retention" }
    }

    struct Cards: APIType, Equatable {
        var new = 0
        var learning = 0
        var young = 0
        var mature = 0
        var suspended = 0
        static var schemaName: String { "CardStates" }
    }

    var days: [Day]
    var forecast: [ComingDay]
    var buttons: Buttons
    var young: Retention
    var mature: Retention
    var cards: Cards
    var streak: Int

    static var constraints: [Constraint<StudyStatistics>] {
        [
            .describe("days", "Those on which something was reviewed, oldest first."),
            .describe("forecast", "Reviews of the coming days, today first; what is overdue counts to today."),
            .describe("young", "Learned cards that had been away for less than 21 days: how many were tested and remembered."),
            .describe("mature", "The same for those that had been away for longer."),
            .describe("cards", "How many cards are where; mature ones last 21 days or more."),
            .describe("streak", "Days without a gap up to today, or to yesterday where today has none yet."),
        ]
    }
}

struct StatisticsQuery: APIType {
    var deckID: DeckID?
    var days: Int?

    enum CodingKeys: String, CodingKey {
        case days
        case deckID = "deck_id"
    }

    static var constraints: [Constraint<StatisticsQuery>] {
        [.range(\.days, "days", 1...366), .describe("days", "How far to look back; 90 where it is missing.")]
    }
}
