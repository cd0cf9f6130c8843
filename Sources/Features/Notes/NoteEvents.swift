import Ambient
import Courses
import Database
package import Events
import HTTPServing

/// What notes tell, through the outbox.
package struct NoteEvents: Sendable {
    static let created = EventKind("note.created", "There is a new note.", payload: NoteNews.self)
    static let generated = EventKind("note.generated", "A note has been made from documents.", payload: NoteNews.self)
    static let failed = EventKind("note.failed", "A note could not be made, or was stopped.", payload: NoteNews.self)
    static let changed = EventKind("note.changed", "A note was changed.", payload: NoteNews.self)
    static let deleted = EventKind("note.deleted", "A note is gone.", payload: DeletedNote.self)
    static let all = [created, generated, failed, changed, deleted]

    private let outbox: EventOutbox

    package init(outbox: EventOutbox) { self.outbox = outbox }

    func append(_ kind: EventKind, _ note: Note, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(
                type: kind.name, userID: note.userID,
                payload: NoteNews(id: note.id, courseID: note.courseID, kind: note.form, status: note.status, version: note.version)
            ),
            in: transaction)
    }

    func appendDeleted(_ id: NoteID, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(EventDraft(type: Self.deleted.name, userID: user, payload: DeletedNote(id: id)), in: transaction)
    }
}

/// Which note it is, and not what it says: events are kept for a while, and may be told beyond the installation.
struct NoteNews: APIType {
    var id: NoteID
    var courseID: CourseID?
    var kind: NoteForm
    var status: Note.Status
    var version: Int

    enum CodingKeys: String, CodingKey {
        case id, kind, status, version
        case courseID = "course_id"
    }
}

struct DeletedNote: APIType {
    var id: NoteID
}

extension Note.Status: APIType {}
extension NoteForm: APIType {}
