import Ambient
import Database
package import Events
import Passages

/// What the library tells of documents: `document.progress` to those who listen now, the rest through the outbox.
package struct DocumentEvents: Sendable {
    private let outbox: EventOutbox
    private let bus: EventBus
    private let editions = EditionStore()

    package init(outbox: EventOutbox, bus: EventBus) {
        self.outbox = outbox
        self.bus = bus
    }

    /// Tells one of `LibraryEvents` with the document as it is now.
    ///
    /// What becomes of an edition is news of its document.
    func append(_ kind: EventKind, _ document: Document, in transaction: any Transaction) async throws {
        if document.edition != nil {
            guard let head = try await editions.heads(of: [document], in: transaction).first else { return }
            return try await append(LibraryEvents.updated, head, in: transaction)
        }
        var view = DocumentView(document)
        view.update = try await editions.draft(of: document.id, in: transaction).map { .init(DocumentView($0)) }
        try await outbox.append(EventDraft(type: kind.name, userID: document.userID, payload: view), in: transaction)
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
