import Ambient
import FoundationEssentials

/// How well a student knows a topic, and how that went.
struct TopicMastery: Sendable, Hashable {
    struct Point: Sendable, Hashable {
        var at: Date
        var mastery: Double
    }

    var topic: String
    var answers: Int
    /// From 0 to 1.
    var mastery: Double
    var lastAt: Date
    /// After each submission that asked about it and each card of a question that was missed in one, in their order.
    var history: [Point]

    /// What an answer counts beside the one that came after it.
    private static let fading = 0.8
    /// Who has answered nothing counts as knowing half, with the weight of half an answer: one right answer is not yet mastery.
    private static let prior = (weight: 0.5, share: 0.5)

    /// The least known first.
    static func of(_ answers: [StatisticsStore.Answered]) -> [TopicMastery] {
        Dictionary(grouping: answers.filter { !$0.topic.isEmpty }, by: \.topic).map { topic, own in
            var (sum, weight) = (0.0, 0.0)
            var history: [Point] = []
            for (index, answer) in own.enumerated() {
                let kept = 1 - (1 - fading) * answer.weight
                sum = sum * kept + answer.share * answer.weight
                weight = weight * kept + answer.weight
                let mastery = (sum + prior.weight * prior.share) / (weight + prior.weight)
                if index > 0, let attempt = answer.attempt, own[index - 1].attempt == attempt { history.removeLast() }
                history.append(Point(at: answer.at, mastery: mastery))
            }
            return TopicMastery(
                topic: topic, answers: own.count, mastery: history.last?.mastery ?? 0, lastAt: own.last?.at ?? .distantPast,
                history: history)
        }
        .sorted { ($0.mastery, $0.topic) < ($1.mastery, $1.topic) }
    }
}
