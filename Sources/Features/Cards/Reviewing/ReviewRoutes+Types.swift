import Ambient
import Courses
import FoundationEssentials
package import HTTPServing
import Jobs
import Passages
import Spacing

struct DueQuery: APIType {
    var deckID: DeckID?
    var courseID: CourseID?
    var tag: String?
    var ahead: Bool?
    var limit: Int?

    enum CodingKeys: String, CodingKey {
        case tag, ahead, limit
        case deckID = "deck_id"
        case courseID = "course_id"
    }

    static var constraints: [Constraint<DueQuery>] {
        [
            .length(\.tag, "tag", 1...CardText.longestTag), .range(\.limit, "limit", 1...200),
            .describe("ahead", "Also reviews of the days to come, behind what is due."),
            .describe("limit", "50 where it is missing."),
        ]
    }
}

/// Seconds until a card comes back, for each answer.
struct AnswerIntervals: APIType {
    var again: Int
    var hard: Int
    var good: Int
    var easy: Int

    init(_ intervals: [ReviewGrade: Int]) {
        again = intervals[.again] ?? 0
        hard = intervals[.hard] ?? 0
        good = intervals[.good] ?? 0
        easy = intervals[.easy] ?? 0
    }

    static var constraints: [Constraint<AnswerIntervals>] { [.describe("again", "Seconds, as the others.")] }
}

/// A card that is to be answered.
struct DueCardView: APIType {
    var cardID: CardID
    var deckID: DeckID
    var front: String
    var back: String
    var markup: CardMarkup
    var type: CardType
    var part: Int
    var tags: [String]
    var source: CardSource?
    var state: String
    var due: Date
    var lapses: Int
    var intervals: AnswerIntervals

    enum CodingKeys: String, CodingKey {
        case front, back, markup, type, part, tags, source, state, due, lapses, intervals
        case cardID = "card_id"
        case deckID = "deck_id"
    }

    init(_ due: ReviewService.DueCard) {
        let (card, text, face) = (due.written.card, due.written.text, due.written.face)
        cardID = card.id
        deckID = card.deckID
        front = face.question
        back = face.answer
        markup = text.markup
        type = text.type
        part = card.part
        tags = text.tags
        source = text.source
        state = card.schedule.phase.name
        self.due = card.schedule.due
        lapses = card.lapses
        intervals = AnswerIntervals(due.intervals)
    }

    static var schemaName: String { "DueCard" }

    static var constraints: [Constraint<DueCardView>] {
        [
            .describe("front", "What is asked: the back of a card that asks the other way, a text with its gap."),
            .describe("back", "What is shown as the answer."),
            .choices(\.state, "state", ["new", "learning", "review", "relearning"]),
        ]
    }
}

struct DueCountsView: APIType {
    var new: Int
    var learning: Int
    var review: Int

    static var schemaName: String { "DueCounts" }

    init(_ counts: ReviewService.DueCounts) {
        new = counts.new
        learning = counts.learning
        review = counts.review
    }
}

struct DueCardList: APIType {
    var data: [DueCardView]
    var counts: DueCountsView
    var twoButtons: Bool
    var utcOffset: Int

    enum CodingKeys: String, CodingKey {
        case data, counts
        case twoButtons = "two_buttons"
        case utcOffset = "utc_offset"
    }

    init(_ list: ReviewService.DueList) {
        data = list.cards.map { DueCardView($0) }
        counts = DueCountsView(list.counts)
        twoButtons = list.settings.twoButtons
        utcOffset = list.settings.utcOffset
    }

    static var constraints: [Constraint<DueCardList>] {
        [
            .describe("counts", "What is left of today, as your limits of new cards and reviews a day have it."),
            .describe("two_buttons", "You want to answer with forgotten (1) and remembered (3) alone."),
            .describe("utc_offset", "By which clock your days change, in minutes ahead of UTC."),
        ]
    }
}

struct NewReview: APIType {
    var id: ReviewID?
    var cardID: CardID
    var rating: Int
    var reviewedAt: Date?
    var durationMs: Int?

    enum CodingKeys: String, CodingKey {
        case id, rating
        case cardID = "card_id"
        case reviewedAt = "reviewed_at"
        case durationMs = "duration_ms"
    }

    var answer: ReviewService.Answer {
        .init(
            id: id, cardID: cardID, grade: ReviewGrade(rawValue: rating) ?? .again, reviewedAt: reviewedAt,
            durationMs: durationMs.map { min($0, 3_600_000) })
    }

    static var constraints: [Constraint<NewReview>] {
        [
            .range(\.rating, "rating", 1...4), .range(\.durationMs, "duration_ms", 0...Int.max),
            .describe("id", "A UUID of your own: what is sent twice with one id counts once."),
            .describe("rating", "1 forgotten, 2 remembered with trouble, 3 remembered, 4 without thinking."),
            .describe("reviewed_at", "When it was answered, where that was without a network; otherwise now."),
        ]
    }
}

/// A card as an answer left it.
struct ReviewedView: APIType {
    var id: ReviewID
    var cardID: CardID
    var state: String
    var due: Date
    var stability: Double?
    var difficulty: Double?
    var reps: Int
    var lapses: Int
    var isSuspended: Bool
    var isLeech: Bool

    enum CodingKeys: String, CodingKey {
        case id, state, due, stability, difficulty, reps, lapses
        case cardID = "card_id"
        case isSuspended = "is_suspended"
        case isLeech = "is_leech"
    }

    init(_ id: ReviewID, _ card: Card) {
        self.id = id
        cardID = card.id
        state = card.schedule.phase.name
        due = card.schedule.due
        stability = card.schedule.memory?.stability
        difficulty = card.schedule.memory?.difficulty
        reps = card.reps
        lapses = card.lapses
        isSuspended = card.isSuspended
        isLeech = card.isLeech
    }

    static var schemaName: String { "AnsweredCard" }

    static var constraints: [Constraint<ReviewedView>] {
        [.choices(\.state, "state", ["new", "learning", "review", "relearning"])]
    }
}

extension StudySettings: APIType {
    package static var constraints: [Constraint<StudySettings>] {
        [
            .describe("retention", "The share of cards that is to be remembered when they are due."),
            .describe("learning_steps", "Seconds, step by step, until a new card is reviewed at intervals of days."),
            .describe("relearning_steps", "The same for a card that was forgotten."),
            .describe("longest_interval", "Days."), .describe("two_buttons", "Forgotten and remembered, and nothing between."),
            .describe("leech_after", "A card that was forgotten this often is set aside."),
            .describe("buries_siblings", "What asks of the same text waits until the next day."),
            .describe("utc_offset", "What your clock is ahead of UTC, in minutes: your days change at four in the morning."),
        ]
    }
}

/// What may change about how a student learns. A field that is not there stays as it is.
struct StudySettingsChange: APIType {
    var retention: Double?
    var newPerDay: Int?
    var reviewsPerDay: Int?
    var learningSteps: [Int]?
    var relearningSteps: [Int]?
    var longestInterval: Int?
    var twoButtons: Bool?
    var leechAfter: Int?
    var buriesSiblings: Bool?
    var utcOffset: Int?

    typealias CodingKeys = StudySettings.CodingKeys

    func apply(to settings: inout StudySettings) {
        if let retention { settings.retention = retention }
        if let newPerDay { settings.newPerDay = newPerDay }
        if let reviewsPerDay { settings.reviewsPerDay = reviewsPerDay }
        if let learningSteps { settings.learningSteps = learningSteps }
        if let relearningSteps { settings.relearningSteps = relearningSteps }
        if let longestInterval { settings.longestInterval = longestInterval }
        if let twoButtons { settings.twoButtons = twoButtons }
        if let leechAfter { settings.leechAfter = leechAfter }
        if let buriesSiblings { settings.buriesSiblings = buriesSiblings }
        if let utcOffset { settings.utcOffset = utcOffset }
    }

    static var constraints: [Constraint<StudySettingsChange>] {
        [
            .range(\.retention, "retention", 0.7...0.99), .range(\.newPerDay, "new_per_day", 0...10_000),
            .range(\.reviewsPerDay, "reviews_per_day", 0...100_000), .count(\.learningSteps, "learning_steps", 0...10),
            .count(\.relearningSteps, "relearning_steps", 0...10), .range(\.longestInterval, "longest_interval", 1...36_500),
            .range(\.leechAfter, "leech_after", 1...100), .range(\.utcOffset, "utc_offset", -840...840),
            .check("learning_steps") { stepFault($0.learningSteps) }, .check("relearning_steps") { stepFault($0.relearningSteps) },
            .describe("learning_steps", "Seconds."), .describe("relearning_steps", "Seconds."),
            .describe("longest_interval", "Days."), .describe("utc_offset", "Minutes."),
        ]
    }

    private static func stepFault(_ steps: [Int]?) -> String? {
        steps?.contains { !(1...86_400).contains($0) } == true ? "must be from 1 to 86400 each" : nil
    }
}

/// How memory is foretold.
struct ParametersView: APIType {
    var weights: [Double]
    var isFitted: Bool
    var reviews: Int?
    var lossBefore: Double?
    var lossAfter: Double?

    enum CodingKeys: String, CodingKey {
        case weights, reviews
        case isFitted = "is_fitted"
        case lossBefore = "loss_before"
        case lossAfter = "loss_after"
    }

    init(_ fitted: FittedParameters?) {
        weights = fitted?.weights ?? SpacingParameters.standard.weights
        isFitted = fitted != nil
        reviews = fitted?.reviews
        lossBefore = fitted?.lossBefore
        lossAfter = fitted?.lossAfter
    }

    static var schemaName: String { "MemoryParameters" }

    static var constraints: [Constraint<ParametersView>] {
        [
            .describe("weights", "The 21 of FSRS-6."), .describe("is_fitted", "To your own reviews."),
            .describe("loss_before", "The mean log loss with the standard ones: less is better."),
            .describe("loss_after", "The same with these."),
        ]
    }
}

struct FitRequest: APIType {
    var jobID: JobID
    enum CodingKeys: String, CodingKey { case jobID = "job_id" }

    static var schemaName: String { "ParameterFit" }
}
