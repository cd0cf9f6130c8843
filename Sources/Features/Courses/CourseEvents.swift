import Ambient
import Database
package import Events
import HTTPServing
import Sharing

/// What courses tell, through the outbox.
package struct CourseEvents: Sendable {
    static let created = EventKind("course.created", "A course was made.", payload: CourseView.self)
    static let updated = EventKind("course.updated", "A course changed, or its place among the others.", payload: CourseView.self)
    static let deleted = EventKind(
        "course.deleted", "A course is gone; what it held is in none now.", payload: DeletedCourse.self)
    static let all = [created, updated, deleted]

    private let outbox: EventOutbox
    /// Through which members hear of it; nil tells none.
    private let bus: EventBus?

    package init(outbox: EventOutbox, bus: EventBus? = nil) {
        self.outbox = outbox
        self.bus = bus
    }

    /// Tells of a course as it is now, as the API shows it.
    func append(_ kind: EventKind, _ filled: FilledCourse, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: kind.name, userID: filled.course.userID, payload: CourseView(filled)), in: transaction)
        try await tellMembers(of: filled.course.userID, in: transaction)
    }

    func appendDeleted(_ id: CourseID, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: Self.deleted.name, userID: user, payload: DeletedCourse(id: id.description)), in: transaction)
    }

    /// Whoever may read a course of the owner's reads anew what they see of it. Called while they still may.
    func tellMembers(of owner: UserID, in transaction: any Transaction) async throws {
        guard let bus else { return }
        ShareEvents.tell(
            try await ShareStore<CourseKind>(SharedCourse.shares).audience(of: owner, in: transaction), through: bus,
            in: transaction)
    }
}

struct DeletedCourse: APIType {
    var id: String
}
