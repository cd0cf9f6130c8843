import Accounts
package import Ambient
package import Database
import Sharing

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
        let shares = try await ShareStore<CourseKind>(SharedCourse.shares).counts(of: user, in: transaction)
        return courses.map {
            FilledCourse(
                course: $0, documentCount: documents[$0.id, default: 0], conversationCount: conversations[$0.id, default: 0],
                memberCount: shares[$0.id, default: 0])
        }
    }

    /// The same of courses of others that a member may read: what they hold is their owners', what was asked in them the member's. For a
    /// transaction of the system.
    func fill(_ courses: [Course], for member: UserID, in transaction: any Transaction) async throws -> [FilledCourse] {
        guard !courses.isEmpty else { return [] }
        var documents: [CourseID: Int] = [:]
        let owners = Set(courses.map(\.userID))
        for owner in owners.sorted() {
            documents.merge(try await self.documents(owner, transaction)) { first, _ in first }
        }
        let conversations = try await conversations(member, transaction)
        let names = try await PeopleDirectory().names(of: owners, in: transaction)
        return courses.map {
            FilledCourse(
                course: $0, documentCount: documents[$0.id, default: 0], conversationCount: conversations[$0.id, default: 0],
                owner: names[$0.userID] ?? "")
        }
    }
}

/// A course and how much it holds.
package struct FilledCourse: Sendable, Hashable {
    package var course: Course
    package var documentCount: Int
    package var conversationCount: Int
    /// How many people may read it besides its owner.
    package var memberCount = 0
    /// How its owner is called, where it is another's.
    package var owner: String?
}
