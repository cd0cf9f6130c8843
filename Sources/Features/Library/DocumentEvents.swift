import Ambient
import Courses
import Database
package import Events
import Passages
import Sharing

/// What the library tells of documents: `document.progress` to those who listen now, the rest through the outbox.
package struct DocumentEvents: Sendable {
    private let outbox: EventOutbox
    private let bus: EventBus
    private let editions = EditionStore()
    let shares = ShareStore<DocumentKind>(DocumentAccess.shares)

    package init(outbox: EventOutbox, bus: EventBus) {
        self.outbox = outbox
        self.bus = bus
    }

    /// Tells one of `LibraryEvents` with the document as it is now.
    ///
    /// What becomes of an edition is news of its document.
    /// - Parameter tellsMembers: false where the caller tells them once for many documents.
    func append(
        _ kind: EventKind, _ document: Document, tellsMembers: Bool = true, in transaction: any Transaction
    ) async throws {
        if document.edition != nil {
            guard let head = try await editions.heads(of: [document], in: transaction).first else { return }
            return try await append(LibraryEvents.updated, head, in: transaction)
        }
        var view = DocumentView(document)
        view.update = try await editions.draft(of: document.id, in: transaction).map { .init(DocumentView($0)) }
        view.sharedWith = try await shares.counts(of: document.userID, in: transaction)[document.id]
        try await outbox.append(EventDraft(type: kind.name, userID: document.userID, payload: view), in: transaction)
        let isSeen = [LibraryEvents.processed.name, LibraryEvents.updated.name].contains(kind.name)
        if isSeen, tellsMembers { try await tellMembers(of: document.userID, in: transaction) }
    }

    /// Whoever may read something of the owner's reads anew what they see of it. Before a document goes it is called while they still may.
    func tellMembers(of owner: UserID, in transaction: any Transaction) async throws {
        let courses = ShareStore<CourseKind>(SharedCourse.shares)
        ShareEvents.tell(
            try await shares.audience(of: owner, in: transaction).union(courses.audience(of: owner, in: transaction)),
            through: bus, in: transaction)
    }

    func appendDeleted(_ id: DocumentID, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(
                type: LibraryEvents.deleted.name, userID: user, payload: LibraryEvents.Deleted(id: id.description)), in: transaction
        )
    }

    func publish(_ progress: Document.Progress, of id: DocumentID, user: UserID) {
        bus.publish(
            PassingNote(
                LibraryEvents.progress.name, user: user,
                [
                    "id": .id(id), "status": .word(Document.Status.processing.rawValue),
                    "progress": .note([
                        "stage": .word(progress.stage.rawValue), "done": .count(progress.done), "total": .count(progress.total),
                    ]),
                ]))
    }
}
