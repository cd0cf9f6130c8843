package import Ambient
package import Database
import Sharing

/// What other features ask about courses, in a transaction of theirs.
package struct CourseDirectory: Sendable {
    private let store = CourseStore()
    private let shares = ShareStore<CourseKind>(SharedCourse.shares)

    package init() {}

    /// Makes sure that a course which is looked at is the student's own, or shared with the student.
    /// - Returns: whether it is the student's own.
    @discardableResult
    package func require(
        _ id: CourseID, user: UserID, orThrow failure: CoursesFailure = .unknownCourse, in transaction: any Transaction
    ) async throws -> Bool {
        if try await store.find(id, user: user, in: transaction) != nil { return true }
        guard try await shares.isShared(id, with: user, in: transaction) else { throw failure }
        return false
    }

    /// Makes sure that a course which is about to be referred to is the student's own, and stays until the end of the transaction,
    /// which must be one that writes.
    /// - Throws: `CoursesFailure.unknownCourse`.
    package func hold(_ id: CourseID, user: UserID, in transaction: any Transaction) async throws {
        guard try await store.hold(id, user: user, in: transaction) else { throw CoursesFailure.unknownCourse }
    }

    /// The same for what is the student's own wherever the course is: a conversation may belong to a course that is shared with them.
    package func join(_ id: CourseID, user: UserID, in transaction: any Transaction) async throws {
        if try await shares.isShared(id, with: user, in: transaction) { return }
        try await hold(id, user: user, in: transaction)
    }

    /// The course of that name, whatever its case and spaces; nil if the student has none.
    package func find(_ name: CourseName, user: UserID, in transaction: any Transaction) async throws -> CourseID? {
        try await store.find(name, user: user, in: transaction)?.id
    }

    /// The student's own courses that go on, in their order.
    package func active(of user: UserID, in transaction: any Transaction) async throws -> [Course] {
        try await store.list(archived: false, user: user, offset: 0, limit: .max, in: transaction).courses
    }
}
