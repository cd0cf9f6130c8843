package import Ambient
package import Database
package import Sharing

/// A course as something to share: all its documents, those to come included.
package struct SharedCourse: Shareable {
    package typealias Kind = CourseKind

    package static let shares = ShareTable("course_shares", column: "course_id")

    package var kind: SharedKind { .course }
    package var table: ShareTable { Self.shares }
    private let store = CourseStore()

    package init() {}

    package func title(of id: CourseID, owner: UserID, in transaction: any Transaction) async throws -> String? {
        try await store.find(id, user: owner, in: transaction)?.name.description
    }

    package func refusal(of id: CourseID, to user: UserID, in transaction: any Transaction) async throws -> any Error {
        try await store.shared(with: user, id: id, in: transaction).isEmpty ? CoursesFailure.noCourse : CoursesFailure.readOnly
    }

    package static func routes(_ service: SharingService<SharedCourse>) -> ShareRoutes<SharedCourse> {
        ShareRoutes(service, .course, below: "/courses", tag: "Courses")
    }
}
