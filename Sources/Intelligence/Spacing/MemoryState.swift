/// What FSRS knows of a student's memory of one card.
package struct MemoryState<Scalar: SpacingScalar>: Sendable {
    /// Days after which the card is remembered with a probability of 90 %.
    package var stability: Scalar
    /// How hard it is to make the card last, 1 to 10.
    package var difficulty: Scalar

    package init(stability: Scalar, difficulty: Scalar) {
        self.stability = stability
        self.difficulty = difficulty
    }
}

extension MemoryState: Equatable where Scalar: Equatable {}
