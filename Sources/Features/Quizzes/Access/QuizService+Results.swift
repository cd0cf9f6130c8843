package import Ambient
package import Database
package import FoundationEssentials

/// Answers to a quiz that were handed in, as far as a teacher may see them: how they came out, and not what they were.
package struct HandedInQuiz: Sendable, Hashable {
    package let student: UserID
    package let at: Date
    package let mode: Attempt.Mode
    package let score: Double
    package let totalPoints: Double
    /// Of each question its share of the points, from 0 to 1; nil where the student has not decided.
    package let shares: [QuizQuestionID: Double?]
}

/// What came of a quiz for people who have agreed that its owner sees it. Only the feature of classes asks, which knows who has.
extension QuizService {
    /// - Parameter since: who has agreed, and from when on.
    package func handedIn(
        _ quiz: QuizID, owner: UserID, since: [UserID: Date], in transaction: any Transaction
    ) async throws -> [HandedInQuiz] {
        guard !since.isEmpty, try await store.find(quiz, user: owner, in: transaction) != nil else { return [] }
        return try await AttemptStore().handedIn(quiz, by: since, in: transaction)
    }

    /// What a quiz of the owner's asks, in its order.
    package func asked(
        _ quiz: QuizID, owner: UserID, in transaction: any Transaction
    ) async throws -> [(id: QuizQuestionID, stem: String)] {
        try await questions.of(quiz, user: owner, in: transaction).filter { !$0.isFlagged }.map { ($0.id, $0.stem) }
    }
}
