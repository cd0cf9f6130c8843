package import Ambient
package import Database

/// What other features ask about courses, in a transaction of theirs.
package struct CourseDirectory: Sendable {
    private let store = CourseStore()

    package init() {}

    /// Makes sure that a course which a request names is the student's own, and that it stays until the end of the transaction.
    /// - Throws: `CoursesFailure.unknownCourse`.
    package func require(_ id: CourseID, user: UserID, in transaction: any Transaction) async throws {
        guard try await store.hold(id, user: user, in: transaction) else { throw CoursesFailure.unknownCourse }
    }

    /// The course of that name, whatever its case and spaces; nil if the student has none.
    package func find(_ name: CourseName, user: UserID, in transaction: any Transaction) async throws -> CourseID? {
        try await store.find(name, user: user, in: transaction)?.id
    }
}
