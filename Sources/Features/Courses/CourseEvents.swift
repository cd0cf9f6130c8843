import Ambient
import Database
package import Events

/// `course.created`, `course.updated`, `course.deleted`, through the outbox.
package struct CourseEvents: Sendable {
    private let outbox: EventOutbox

    package init(outbox: EventOutbox) { self.outbox = outbox }

    /// The course as it is now, without what it holds.
    func append(_ action: String, _ course: Course, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: "course.\(action)", userID: course.userID, payload: CoursePayload(course)), in: transaction)
    }

    func appendDeleted(_ id: CourseID, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(EventDraft(type: "course.deleted", userID: user, payload: ["id": id.description]), in: transaction)
    }
}

private struct CoursePayload: Encodable, Sendable {
    let id: String
    let name: String
    let colour: CourseColour
    let term: String?
    let examDate: String?
    let isArchived: Bool
    let position: Int

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
