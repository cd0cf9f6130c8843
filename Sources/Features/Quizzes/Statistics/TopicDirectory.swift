package import Ambient
package import Courses
package import Database

/// What other features ask about a student's topics, in a transaction of theirs.
package enum TopicDirectory {
    /// How well each topic of a course is known, 0 to 1, the least known first.
    package static func mastery(
        of course: CourseID, user: UserID, in transaction: any Transaction
    ) async throws -> [(topic: String, mastery: Double)] {
        let answers = try await StatisticsStore().evidence(course: course, user: user, in: transaction)
        return TopicMastery.of(answers).map { ($0.topic, $0.mastery) }
    }
}
