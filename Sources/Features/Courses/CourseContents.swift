package import Ambient
package import Database

/// Counts what other features keep in each of a student's courses. App names them, since Courses knows none of them.
package struct CourseContents: Sendable {
    /// By course; one that has nothing may be left out.
    package typealias Count = @Sendable (UserID, any Transaction) async throws -> [CourseID: Int]

    private let documents: Count
    private let conversations: Count

    package init(documents: @escaping Count, conversations: @escaping Count) {
        self.documents = documents
        self.conversations = conversations
    }

    /// Each course with what it holds, on the transaction's snapshot.
    func fill(_ courses: [Course], of user: UserID, in transaction: any Transaction) async throws -> [FilledCourse] {
        guard !courses.isEmpty else { return [] }
        let documents = try await documents(user, transaction)
        let conversations = try await conversations(user, transaction)
        return courses.map {
            FilledCourse(
                course: $0, documentCount: documents[$0.id, default: 0], conversationCount: conversations[$0.id, default: 0])
        }
    }
}

/// A course and how much it holds.
package struct FilledCourse: Sendable, Hashable {
    package var course: Course
    package var documentCount: Int
    package var conversationCount: Int
}
