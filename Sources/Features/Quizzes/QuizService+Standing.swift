package import Ambient
import Database

/// How a student does with quizzes, in a few figures.
package struct QuizProgress: Sendable, Hashable {
    package struct Topic: Sendable, Hashable {
        package var name: String
        /// From 0 to 1.
        package var mastery: Double
    }

    /// Judged answers, and those to the cards of what was missed.
    package var answers: Int
    /// What they came to, from 0 to 1; those that came last count most.
    package var mastery: Double
    /// The least known first.
    package var topics: [Topic]
}

extension QuizService {
    /// nil for who has handed in no quiz.
    package func progress(of user: UserID) async throws -> QuizProgress? {
        let answers = try await database.read(as: .user(user)) { try await StatisticsStore().evidence(user: user, in: $0) }
        guard !answers.isEmpty else { return nil }
        let whole = answers.map { answer -> StatisticsStore.Answered in
            var answer = answer
            answer.topic = "all"
            return answer
        }
        return QuizProgress(
            answers: answers.count, mastery: TopicMastery.of(whole).first?.mastery ?? 0,
            topics: TopicMastery.of(answers).map { .init(name: $0.topic, mastery: $0.mastery) })
    }
}
