/// The equations of FSRS-6: how a memory fades, and what a review makes of it.
///
/// Names and order follow the published algorithm (open-spaced-repetition, "The Algorithm", version 6), so that each can be checked
/// against it. Times are in days.
package struct ForgettingModel<Scalar: SpacingScalar>: Sendable {
    private let w: [Scalar]
    private let decay: Scalar
    private let factor: Scalar

    /// - Parameter weights: 21 of them.
    package init(weights: [Scalar]) {
        precondition(weights.count == SpacingParameters.count, "FSRS-6 has 21 parameters.")
        w = weights
        decay = Scalar(0) - weights[20]
        factor = Scalar(0.9).raised(to: Scalar(1) / decay) - Scalar(1)
    }

    /// The probability that a card is remembered so many days after its last review.
    package func retrievability(after days: Double, stability: Scalar) -> Scalar {
        (Scalar(1) + factor * Scalar(days) / stability).raised(to: decay)
    }

    /// Days until the probability has fallen to what is wanted, not rounded.
    package func interval(stability: Scalar, retention: Double) -> Scalar {
        stability / factor * (Scalar(retention).raised(to: Scalar(1) / decay) - Scalar(1))
    }

    /// The memory of a card after its first review.
    package func first(_ grade: ReviewGrade) -> MemoryState<Scalar> {
        MemoryState(
            stability: w[grade.rawValue - 1].atLeast(Scalar(Self.leastStability)), difficulty: clamped(initialDifficulty(grade)))
    }

    /// The memory after another review.
    ///
    /// - Parameter days: whole days since the last one. Below one it is a review of the same day, which has an equation of its own.
    package func next(_ memory: MemoryState<Scalar>, _ grade: ReviewGrade, after days: Double) -> MemoryState<Scalar> {
        let stability =
            days < 1
            ? sameDayStability(memory.stability, grade)
            : laterStability(memory, grade, retrievability: retrievability(after: days, stability: memory.stability))
        return MemoryState(
            stability: stability.atLeast(Scalar(Self.leastStability)), difficulty: nextDifficulty(memory.difficulty, grade))
    }

    /// How much what happened was unexpected: minus the logarithm of the probability that was foretold for it.
    package func logLoss(_ memory: MemoryState<Scalar>, _ entry: ReviewHistory.Entry) -> Scalar {
        let recall = retrievability(after: entry.days, stability: memory.stability)
        let chance = entry.grade.isRecall ? recall : Scalar(1) - recall
        return Scalar(0) - chance.atLeast(Scalar(1e-9)).logarithm()
    }

    private static var leastStability: Double { 0.001 }

    private func clamped(_ difficulty: Scalar) -> Scalar { difficulty.atLeast(Scalar(1)).atMost(Scalar(10)) }

    private func initialDifficulty(_ grade: ReviewGrade) -> Scalar {
        w[4] - (w[5] * Scalar(Double(grade.rawValue - 1))).exponential() + Scalar(1)
    }

    /// Towards easier or harder, the less the nearer it is to the end, and a little back to where an easy card begins.
    private func nextDifficulty(_ difficulty: Scalar, _ grade: ReviewGrade) -> Scalar {
        let change = Scalar(0) - w[6] * Scalar(Double(grade.rawValue - 3))
        let damped = difficulty + (Scalar(10) - difficulty) * change / Scalar(9)
        return clamped(w[7] * initialDifficulty(.easy) + (Scalar(1) - w[7]) * damped)
    }

    private func sameDayStability(_ stability: Scalar, _ grade: ReviewGrade) -> Scalar {
        let increase =
            (w[17] * (Scalar(Double(grade.rawValue - 3)) + w[18])).exponential() * stability.raised(to: Scalar(0) - w[19])
        return stability * (grade.isRecall ? increase.atLeast(Scalar(1)) : increase)
    }

    private func laterStability(_ memory: MemoryState<Scalar>, _ grade: ReviewGrade, retrievability: Scalar) -> Scalar {
        grade.isRecall
            ? recalled(memory, grade, retrievability: retrievability) : forgotten(memory, retrievability: retrievability)
    }

    private func recalled(_ memory: MemoryState<Scalar>, _ grade: ReviewGrade, retrievability: Scalar) -> Scalar {
        var gain = w[8].exponential() * (Scalar(11) - memory.difficulty) * memory.stability.raised(to: Scalar(0) - w[9])
        gain = gain * (((Scalar(1) - retrievability) * w[10]).exponential() - Scalar(1))
        if grade == .hard { gain = gain * w[15] }
        if grade == .easy { gain = gain * w[16] }
        return memory.stability * (Scalar(1) + gain)
    }

    private func forgotten(_ memory: MemoryState<Scalar>, retrievability: Scalar) -> Scalar {
        let long =
            w[11] * memory.difficulty.raised(to: Scalar(0) - w[12])
            * ((memory.stability + Scalar(1)).raised(to: w[13]) - Scalar(1)) * ((Scalar(1) - retrievability) * w[14]).exponential()
        // A lapse never makes a memory last longer than failing it on the same day would.
        return long.atMost(memory.stability / (w[17] * w[18]).exponential())
    }
}
