package import Ambient
package import Courses
package import Database

extension ChatService {
    /// Counts each course's conversations, in the caller's transaction.
    package static func countByCourse(_ user: UserID, _ transaction: any Transaction) async throws -> [CourseID: Int] {
        try await ChatStore().countByCourse(user: user, in: transaction)
    }
}
