import Ambient
import Database
package import Events
import Passages

/// What the library tells of documents: `document.progress` to those who listen now, the rest through the outbox.
package struct DocumentEvents: Sendable {
    private let outbox: EventOutbox
    private let bus: EventBus

    package init(outbox: EventOutbox, bus: EventBus) {
        self.outbox = outbox
        self.bus = bus
    }

    /// `document.created`, `document.completed`, `document.failed`, `document.updated`: the document as it is now.
    func append(_ action: String, _ document: Document, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: "document.\(action)", userID: document.userID, payload: DocumentView(document)), in: transaction)
    }

    func appendDeleted(_ id: DocumentID, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: "document.deleted", userID: user, payload: ["id": id.description]), in: transaction)
    }

    func publish(_ progress: Document.Progress, of id: DocumentID, user: UserID) {
        let payload = DocumentProgressPayload(
            id: id.description, status: .processing,
            progress: .init(stage: progress.stage, done: progress.done, total: progress.total))
        bus.publish(EventDraft(type: "document.progress", userID: user, payload: payload))
    }
}

private struct DocumentProgressPayload: Codable, Sendable {
    let id: String
    let status: Document.Status
    let progress: DocumentView.Progress
}
