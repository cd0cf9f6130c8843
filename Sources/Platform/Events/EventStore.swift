import Ambient
import Database
import FoundationEssentials

/// The SQL of the outbox.
///
/// A sequence would number events in the order of inserting, and a transaction that commits late would slip in behind a reader. So
/// events are placed after their commit, by whoever relays them, under a row lock: positions become visible in their own order.
struct EventStore: Sendable {
    let database: any Database

    private static let columns: SQL =
        "event_id, position, event_type, occurred_at, user_id, service, version, payload, trace_context"

    /// Gives committed events their positions; returns how many.
    func place(limit: Int) async throws -> Int {
        let waiting = try await database.read(as: .system) {
            try await $0.first("SELECT event_id FROM events WHERE position IS NULL LIMIT 1")
        }
        if waiting == nil { return 0 }
        return try await database.transaction(as: .system) { transaction in
            let row = try await transaction.first(
                "SELECT last_position FROM event_order WHERE id = 1\(transaction.dialect.forUpdate)")
            guard let last = try row?.get("last_position", as: Int64.self) else { return 0 }
            let placed = try await transaction.execute(
                """
                UPDATE events SET position = CAST(\(last) AS bigint) + chosen.rank
                FROM (SELECT event_id, row_number() OVER (ORDER BY event_id) AS rank
                      FROM (SELECT event_id FROM events WHERE position IS NULL ORDER BY event_id LIMIT \(limit)) waiting) chosen
                WHERE events.event_id = chosen.event_id
                """)
            try await transaction.execute("UPDATE event_order SET last_position = \(last + Int64(placed)) WHERE id = 1")
            return placed
        }
    }

    /// The position of the newest placed event, and of the newest one that was pruned.
    func bounds() async throws -> (last: Int64, pruned: Int64) {
        try await database.read(as: .system) { transaction in
            guard let row = try await transaction.first("SELECT last_position, pruned_position FROM event_order WHERE id = 1")
            else {
                return (0, 0)
            }
            return (try row.get("last_position"), try row.get("pruned_position"))
        }
    }

    /// All events behind a position, in order.
    func events(after position: Int64, limit: Int) async throws -> [Event] {
        try await database.read(as: .system) { transaction in
            try await transaction.query(
                "SELECT \(Self.columns) FROM events WHERE position > \(position) ORDER BY position LIMIT \(limit)"
            ).map(Event.init)
        }
    }

    /// One user's events behind a position, in order.
    func events(of user: UserID, after position: Int64, limit: Int) async throws -> [Event] {
        try await database.read(as: .user(user)) { transaction in
            try await transaction.query(
                """
                SELECT \(Self.columns) FROM events WHERE user_id = \(user) AND position > \(position) ORDER BY position LIMIT \(limit)
                """
            ).map(Event.init)
        }
    }

    /// Removes up to `limit` placed events that happened before `date`; returns how many.
    func prune(before date: Date, limit: Int) async throws -> Int {
        try await database.transaction(as: .system) { transaction in
            let gone = try await transaction.query(
                """
                DELETE FROM events WHERE event_id IN (
                    SELECT event_id FROM events WHERE position IS NOT NULL AND occurred_at < \(date) ORDER BY position LIMIT \(limit))
                RETURNING position
                """)
            let newest = try gone.map { try $0.get("position", as: Int64.self) }.max()
            guard let newest else { return 0 }
            try await transaction.execute(
                "UPDATE event_order SET pruned_position = \(newest) WHERE id = 1 AND pruned_position < \(newest)")
            return gone.count
        }
    }
}

extension Event {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row.get("event_id"), type: try row.get("event_type"), timestamp: try row.get("occurred_at"),
            userID: try row.optional("user_id"), service: try row.get("service"), version: try row.get("version"),
            payload: try row.get("payload"), position: try row.get("position"),
            trace: try row.optional("trace_context"))
    }
}
