import Glibc

/// Fits the parameters of FSRS-6 to a student's reviews.
///
/// As the reference implementation does: log loss of what was foretold against what was remembered, reviews of the same day left out,
/// Adam with a cosine schedule, five rounds, the best of them kept.
package struct ParameterFit: Sendable {
    /// Fewer tests of memory than this say too little about a person.
    package static let fewest = 512
    private static let rounds = 5
    private static let batch = 512
    private static let rate = 0.04

    private let histories: [ReviewHistory]

    package init(_ histories: [ReviewHistory]) { self.histories = histories }

    /// How many reviews count.
    package var tests: Int { histories.reduce(0) { $0 + $1.tests } }

    /// The mean log loss with these parameters: what is least where a memory is foretold best. nil where nothing counts.
    package func loss(_ parameters: SpacingParameters) -> Double? {
        let model = ForgettingModel(weights: parameters.weights)
        var sum = 0.0
        var count = 0
        for history in histories {
            each(of: history, model) {
                sum += $0; count += 1
            }
        }
        return count == 0 ? nil : sum / Double(count)
    }

    /// The parameters that fit best; the standard ones where there are too few reviews.
    package func fitted() -> SpacingParameters {
        let tests = tests
        guard tests >= Self.fewest else { return .standard }
        let steps = Double((tests + Self.batch - 1) / Self.batch * Self.rounds)
        var descent = AdamDescent(weights: SpacingParameters.standard.weights)
        var best = (parameters: SpacingParameters.standard, loss: loss(.standard) ?? .infinity)
        var order = Array(histories.indices)
        var shuffle = ShuffleNumbers(seed: 42)
        for _ in 0..<Self.rounds {
            order.shuffle(using: &shuffle)
            var model = ForgettingModel(weights: descent.weights.enumerated().map { DualNumber($1, parameter: $0) })
            var slopes = SIMD32<Double>.zero
            var count = 0
            func turn() {
                descent.step(slopes, rate: Self.rate * (1 + cos(.pi * Double(descent.taken) / steps)) / 2)
                model = ForgettingModel(weights: descent.weights.enumerated().map { DualNumber($1, parameter: $0) })
                (slopes, count) = (.zero, 0)
            }
            for index in order {
                each(of: histories[index], model) {
                    slopes += $0.slopes
                    count += 1
                }
                // A card's reviews are one chain: the parameters change between cards, never within.
                if count >= Self.batch { turn() }
            }
            if count > 0 { turn() }
            if let parameters = SpacingParameters(descent.weights), let loss = loss(parameters), loss < best.loss {
                best = (parameters, loss)
            }
        }
        return best.parameters
    }

    /// The loss of each test of a card's memory.
    private func each<Scalar: SpacingScalar>(of history: ReviewHistory, _ model: ForgettingModel<Scalar>, _ tell: (Scalar) -> Void)
    {
        guard let first = history.entries.first else { return }
        var memory = model.first(first.grade)
        for entry in history.entries.dropFirst() {
            if entry.days >= 1 { tell(model.logLoss(memory, entry)) }
            memory = model.next(memory, entry.grade, after: entry.days)
        }
    }
}
