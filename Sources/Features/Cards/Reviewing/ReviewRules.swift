import FoundationEssentials
import Spacing

/// What an answer makes of a card, by what the student has set and what is known of the student's memory.
struct ReviewRules: Sendable {
    let settings: StudySettings
    private let parameters: SpacingParameters
    private let scheduler: SpacingScheduler

    init(settings: StudySettings, parameters: SpacingParameters, retention: Double? = nil) {
        self.settings = settings
        self.parameters = parameters
        scheduler = settings.scheduler(parameters, retention: retention)
    }

    /// The same for a deck that has a retention of its own.
    func of(_ retention: Double?) -> ReviewRules {
        retention == nil ? self : ReviewRules(settings: settings, parameters: parameters, retention: retention)
    }

    /// - Returns: the student's days since the review before.
    @discardableResult
    func answer(_ card: inout Card, _ grade: ReviewGrade, at date: Date) -> Double {
        let days = Double(card.schedule.lastReview.map { settings.day.days(from: $0, to: date) } ?? 0)
        let isLapse = card.schedule.phase == .review && grade == .again
        card.schedule = scheduler.review(card.schedule, grade, at: date, days: days, fuzz: card.fuzz)
        card.reps += 1
        if isLapse {
            card.lapses += 1
            // At the threshold, and each time half of it comes on top.
            let over = card.lapses - settings.leechAfter
            if over >= 0, over % max(1, settings.leechAfter / 2) == 0 { (card.isLeech, card.isSuspended) = (true, true) }
        }
        return days
    }

    /// Seconds until the card would come back, for each answer.
    func intervals(of card: Card, at date: Date) -> [ReviewGrade: Int] {
        var intervals: [ReviewGrade: Int] = [:]
        for grade in ReviewGrade.allCases {
            var next = card
            answer(&next, grade, at: date)
            intervals[grade] = Int(next.schedule.due.timeIntervalSince(date).rounded())
        }
        return intervals
    }

    /// The probability that the card is remembered now; nil for a new one.
    func retrievability(of card: Card, at date: Date) -> Double? { scheduler.retrievability(of: card.schedule, at: date) }
}
