import Ambient

/// How a question does, as in classical test theory.
struct QuestionFigures: Sendable, Hashable {
    var answers: Int
    /// The mean share of the points: the facility index. 1 is easy.
    var facility: Double
    /// The correlation of what this question gave with what all others of the same attempt gave; nil where there are too few answers, or
    /// all are alike.
    var discrimination: Double?

    /// Attempts below which a correlation says nothing.
    static let fewest = 4

    static func of(_ answers: [StatisticsStore.Answered]) -> [QuizQuestionID: QuestionFigures] {
        let byAttempt = Dictionary(grouping: answers, by: \.attempt)
        let sums = byAttempt.mapValues { $0.reduce(0) { $0 + $1.share } }
        return Dictionary(grouping: answers, by: \.question).mapValues { own in
            let pairs = own.compactMap { answer -> (Double, Double)? in
                guard let all = byAttempt[answer.attempt], all.count > 1, let sum = sums[answer.attempt] else { return nil }
                return (answer.share, (sum - answer.share) / Double(all.count - 1))
            }
            return QuestionFigures(
                answers: own.count, facility: own.reduce(0) { $0 + $1.share } / Double(own.count),
                discrimination: pairs.count >= fewest ? correlation(pairs) : nil)
        }
    }

    private static func correlation(_ pairs: [(Double, Double)]) -> Double? {
        let count = Double(pairs.count)
        let (x, y) = (pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count)
        let (both, first, second) = pairs.reduce((0.0, 0.0, 0.0)) {
            ($0.0 + ($1.0 - x) * ($1.1 - y), $0.1 + ($1.0 - x) * ($1.0 - x), $0.2 + ($1.1 - y) * ($1.1 - y))
        }
        guard first > 1e-9, second > 1e-9 else { return nil }
        return both / (first * second).squareRoot()
    }
}
