package import FoundationEssentials

/// Decides when a card is seen next, by FSRS-6.
///
/// Deterministic: the same card, grade and time give the same schedule.
package struct SpacingScheduler: Sendable {
    package let parameters: SpacingParameters
    /// The probability with which a card is to be remembered when it is due, .7 to .99.
    package let retention: Double
    /// Seconds until a new card is seen again, step by step, before it is reviewed at intervals of days.
    package let learningSteps: [TimeInterval]
    /// The same for a card that was forgotten.
    package let relearningSteps: [TimeInterval]
    /// Days.
    package let longestInterval: Int
    private let model: ForgettingModel<Double>

    package init(
        parameters: SpacingParameters = .standard, retention: Double = 0.9, learningSteps: [TimeInterval] = [60, 600],
        relearningSteps: [TimeInterval] = [600], longestInterval: Int = 36_500
    ) {
        self.parameters = parameters
        self.retention = min(max(retention, 0.7), 0.99)
        self.learningSteps = learningSteps
        self.relearningSteps = relearningSteps
        self.longestInterval = longestInterval
        model = ForgettingModel(weights: parameters.weights)
    }

    /// The probability that the card is remembered now; nil for a new one.
    package func retrievability(of card: CardSchedule, at date: Date) -> Double? {
        card.memory.map { model.retrievability(after: card.days(until: date), stability: $0.stability) }
    }

    /// Days after which the card is due, for a stability in days: at least one.
    package func interval(stability: Double) -> Int {
        let days = model.interval(stability: stability, retention: retention).rounded(.toNearestOrEven)
        return Int(min(max(days, 1), Double(longestInterval)))
    }

    /// The card after a review.
    ///
    /// - Parameters:
    ///   - days: since the last review, where they are counted otherwise than in whole times 24 hours, such as by a student's nights.
    ///   - fuzz: how intervals of days are spread; nil leaves them as they are.
    package func review(
        _ card: CardSchedule, _ grade: ReviewGrade, at date: Date, days: Double? = nil, fuzz: IntervalFuzz? = nil
    ) -> CardSchedule {
        let memory = card.memory.map { model.next($0, grade, after: days ?? card.days(until: date)) } ?? model.first(grade)
        let (phase, delay) = step(from: card.phase, grade)
        var next = CardSchedule(phase: phase, memory: memory, due: date, lastReview: date)
        if let delay {
            next.due = date.addingTimeInterval(delay)
        } else {
            var days = interval(stability: memory.stability)
            if let fuzz { days = fuzz.apply(to: days, longest: longestInterval) }
            next.due = date.addingTimeInterval(Double(days) * 86_400)
        }
        return next
    }

    /// The phase after a grade, and the seconds until the card is seen again; nil where an interval of days says it.
    private func step(from phase: CardSchedule.Phase, _ grade: ReviewGrade) -> (CardSchedule.Phase, TimeInterval?) {
        switch phase {
        case .new: climb(learningSteps, at: 0, grade) { .learning(step: $0) }
        case .learning(let step): climb(learningSteps, at: step, grade) { .learning(step: $0) }
        case .relearning(let step): climb(relearningSteps, at: step, grade) { .relearning(step: $0) }
        case .review:
            if grade == .again, let first = relearningSteps.first { (.relearning(step: 0), first) } else { (.review, nil) }
        }
    }

    private func climb(
        _ steps: [TimeInterval], at step: Int, _ grade: ReviewGrade, phase: (Int) -> CardSchedule.Phase
    ) -> (CardSchedule.Phase, TimeInterval?) {
        // Where there were more steps when the card was seen last, it has passed them all.
        guard let first = steps.first, step < steps.count || grade == .again else { return (.review, nil) }
        switch grade {
        case .again: return (phase(0), first)
        case .hard:
            // Between this step and the next: "hard" must not come sooner than "again", nor later than "good".
            let delay = step > 0 ? steps[step] : steps.count == 1 ? first * 1.5 : (first + steps[1]) / 2
            return (phase(step), delay)
        case .good: return step + 1 == steps.count ? (.review, nil) : (phase(step + 1), steps[step + 1])
        case .easy: return (.review, nil)
        }
    }
}
