package import Ambient
package import Database
package import FoundationEssentials

/// What classes ask of quizzes: a port, since what was answered is kept by another feature. For transactions of the system.
package struct ClassResults: Sendable {
    /// Answers to a quiz that were handed in.
    package struct HandedIn: Sendable, Hashable {
        package let student: UserID
        package let at: Date
        /// `practice` or `exam`.
        package let mode: String
        package let score: Double
        package let totalPoints: Double
        /// Of each question its share of the points, from 0 to 1; nil where the student has not decided.
        package let shares: [UUID: Double?]

        package init(
            student: UserID, at: Date, mode: String, score: Double, totalPoints: Double, shares: [UUID: Double?]
        ) {
            (self.student, self.at, self.mode) = (student, at, mode)
            (self.score, self.totalPoints, self.shares) = (score, totalPoints, shares)
        }

        /// From 0 to 1.
        var share: Double { totalPoints > 0 ? score / totalPoints : 0 }
    }

    /// Of a quiz of the owner's, what each of these students handed in since their time, the earliest first.
    let handedIn: @Sendable (_ quiz: UUID, _ owner: UserID, _ since: [UserID: Date], any Transaction) async throws -> [HandedIn]
    /// What a quiz of the owner's asks, in its order.
    let questions: @Sendable (_ quiz: UUID, _ owner: UserID, any Transaction) async throws -> [(id: UUID, text: String)]

    package init(
        handedIn: @escaping @Sendable (UUID, UserID, [UserID: Date], any Transaction) async throws -> [HandedIn],
        questions: @escaping @Sendable (UUID, UserID, any Transaction) async throws -> [(id: UUID, text: String)]
    ) {
        (self.handedIn, self.questions) = (handedIn, questions)
    }
}
