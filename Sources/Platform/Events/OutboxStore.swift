import Ambient
import Database

/// The SQL by which events come into the outbox, and leave it with the person whose they are. In the caller's transaction.
struct OutboxStore: Sendable {
    func insert(_ event: Event, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO events (event_id, event_type, occurred_at, user_id, service, version, payload, trace_context)
            VALUES (\(event.id), \(event.type), \(event.timestamp), \(event.userID), \(event.service), \(event.version),
                    \(event.payload), \(event.trace))
            """)
    }

    func deleteAll(of user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM events WHERE user_id = \(user)")
    }
}
