import Spacing

/// How a student wants to learn, for all decks.
package struct StudySettings: Sendable, Hashable, Codable {
    /// The share of cards that is to be remembered when they are due.
    package var retention = 0.9
    /// New cards a day, of all decks together.
    package var newPerDay = 20
    /// Reviews a day, of all decks together.
    package var reviewsPerDay = 200
    /// Seconds until a new card is seen again, step by step.
    package var learningSteps = [60, 600]
    /// The same for one that was forgotten.
    package var relearningSteps = [600]
    /// Days.
    package var longestInterval = 36_500
    /// Forgotten or remembered, and nothing between.
    package var twoButtons = false
    /// A card that was forgotten this often is a leech, and set aside.
    package var leechAfter = 8
    /// What asks of the same text waits until the next day.
    package var buriesSiblings = true
    /// What the student's clock is ahead of UTC, in minutes.
    package var utcOffset = 0

    package init() {}

    /// What is not there is as it is by itself.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        retention = try container.decodeIfPresent(Double.self, forKey: .retention) ?? retention
        newPerDay = try container.decodeIfPresent(Int.self, forKey: .newPerDay) ?? newPerDay
        reviewsPerDay = try container.decodeIfPresent(Int.self, forKey: .reviewsPerDay) ?? reviewsPerDay
        learningSteps = try container.decodeIfPresent([Int].self, forKey: .learningSteps) ?? learningSteps
        relearningSteps = try container.decodeIfPresent([Int].self, forKey: .relearningSteps) ?? relearningSteps
        longestInterval = try container.decodeIfPresent(Int.self, forKey: .longestInterval) ?? longestInterval
        twoButtons = try container.decodeIfPresent(Bool.self, forKey: .twoButtons) ?? twoButtons
        leechAfter = try container.decodeIfPresent(Int.self, forKey: .leechAfter) ?? leechAfter
        buriesSiblings = try container.decodeIfPresent(Bool.self, forKey: .buriesSiblings) ?? buriesSiblings
        utcOffset = try container.decodeIfPresent(Int.self, forKey: .utcOffset) ?? utcOffset
    }

    package enum CodingKeys: String, CodingKey {
        case retention
        case newPerDay = "new_per_day"
        case reviewsPerDay = "reviews_per_day"
        case learningSteps = "learning_steps"
        case relearningSteps = "relearning_steps"
        case longestInterval = "longest_interval"
        case twoButtons = "two_buttons"
        case leechAfter = "leech_after"
        case buriesSiblings = "buries_siblings"
        case utcOffset = "utc_offset"
    }

    package var day: StudyDay { StudyDay(utcOffset: utcOffset) }

    func scheduler(_ parameters: SpacingParameters, retention own: Double?) -> SpacingScheduler {
        SpacingScheduler(
            parameters: parameters, retention: own ?? retention, learningSteps: learningSteps.map(Double.init),
            relearningSteps: relearningSteps.map(Double.init), longestInterval: longestInterval)
    }
}

/// The parameters of memory that were fitted to a student's own reviews.
package struct FittedParameters: Sendable, Codable, Hashable {
    package var weights: [Double]
    /// Reviews that they were fitted to.
    package var reviews: Int
    /// The mean log loss with the standard ones and with these: less is better.
    package var lossBefore: Double
    package var lossAfter: Double

    package enum CodingKeys: String, CodingKey {
        case weights, reviews
        case lossBefore = "loss_before"
        case lossAfter = "loss_after"
    }
}
