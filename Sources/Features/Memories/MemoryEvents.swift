import Ambient
import Database
package import Events
import HTTPServing
import Recollection

/// What memory tells, through the outbox: the student's other windows, and nobody else.
package struct MemoryEvents: Sendable {
    static let created = EventKind("memory.created", "Something is remembered of a student.", payload: MemoryNews.self)
    static let changed = EventKind(
        "memory.changed", "A memory was said again, edited, pinned, or a newer one took its place.", payload: MemoryNews.self)
    static let forgotten = EventKind("memory.forgotten", "A memory is gone.", payload: ForgottenMemory.self)
    static let all = [created, changed, forgotten]

    private let outbox: EventOutbox

    package init(outbox: EventOutbox) { self.outbox = outbox }

    func append(_ kind: EventKind, _ memory: Memory, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: kind.name, userID: memory.userID, payload: MemoryNews(id: memory.id, kind: memory.kind)),
            in: transaction)
    }

    func appendForgotten(_ id: MemoryID, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: Self.forgotten.name, userID: user, payload: ForgottenMemory(id: id)), in: transaction)
    }
}

/// Which memory it is, and not what it says: events are kept for a while, and may be told beyond the installation.
struct MemoryNews: APIType {
    var id: MemoryID
    var kind: MemoryKind
}

struct ForgottenMemory: APIType {
    var id: MemoryID
}
