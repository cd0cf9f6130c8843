import SeededTesting
import Spacing
import Testing

struct FitTests {
    /// Students whose memory follows other parameters than the standard ones.
    private func histories(_ weights: [Double], cards: Int) -> [ReviewHistory] {
        var numbers = SeededGenerator(seed: 3)
        let model = ForgettingModel(weights: weights)
        return (0..<cards).map { _ in
            var entries = [ReviewHistory.Entry(grade: .good, days: 0)]
            var memory = model.first(.good)
            for _ in 0..<8 {
                let days = Double.random(in: 1...20, using: &numbers).rounded()
                let chance = model.retrievability(after: days, stability: memory.stability)
                let grade: ReviewGrade = Double.random(in: 0..<1, using: &numbers) < chance ? .good : .again
                entries.append(.init(grade: grade, days: days))
                memory = model.next(memory, grade, after: days)
            }
            return ReviewHistory(entries)
        }
    }

    @Test("Fitted parameters foretell a student's memory better than the standard ones")
    func fits() throws {
        var weights = SpacingParameters.standard.weights
        weights[2] = 12
        weights[8] = 2.6
        let fit = ParameterFit(histories(weights, cards: 200))
        let fitted = fit.fitted()
        let truth = try #require(SpacingParameters(weights))
        let (standard, found, best) = (
            try #require(fit.loss(.standard)), try #require(fit.loss(fitted)), try #require(fit.loss(truth))
        )
        #expect(found < standard)
        // More than half of what could be gained is: five rounds over so few reviews, as the reference goes, reach no further.
        #expect(standard - found > 0.5 * (standard - best))
        #expect(fit.fitted() == fitted)
    }

    @Test("Too few reviews change nothing, and none have no loss")
    func few() {
        let fit = ParameterFit(histories(SpacingParameters.standard.weights, cards: 20))
        #expect(fit.tests < ParameterFit.fewest && fit.fitted() == .standard)
        #expect(ParameterFit([]).loss(.standard) == nil)
    }
}
