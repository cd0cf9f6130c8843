import Ambient
import Database
package import Events
import HTTPServing

/// What courses tell, through the outbox.
package struct CourseEvents: Sendable {
    static let created = EventKind("course.created", "A course was made.", payload: CourseNote.self)
    static let updated = EventKind("course.updated", "A course changed, or its place among the others.", payload: CourseNote.self)
    static let deleted = EventKind(
        "course.deleted", "A course is gone; what it held is in none now.", payload: DeletedCourse.self)
    static let all = [created, updated, deleted]

    private let outbox: EventOutbox

    package init(outbox: EventOutbox) { self.outbox = outbox }

    /// Tells of a course as it is now, without what it holds.
    func append(_ kind: EventKind, _ course: Course, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: kind.name, userID: course.userID, payload: CourseNote(course)), in: transaction)
    }

    func appendDeleted(_ id: CourseID, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: Self.deleted.name, userID: user, payload: DeletedCourse(id: id.description)), in: transaction)
    }
}

/// A course in an event and in an export: what the student wrote of it.
struct CourseNote: APIType {
    var id: String
    var name: String
    var colour: CourseColour
    var term: String?
    var examDate: String?
    var isArchived: Bool
    var position: Int

    enum CodingKeys: String, CodingKey {
        case id, name, colour, term, position
        case examDate = "exam_date"
        case isArchived = "is_archived"
    }

    init(_ course: Course) {
        id = course.id.description
        name = course.name.description
        colour = course.colour
        term = course.term
        examDate = course.examDate?.description
        isArchived = course.isArchived
        position = course.position
    }
}

struct DeletedCourse: APIType {
    var id: String
}
