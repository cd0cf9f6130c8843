import Database
import FoundationEssentials

/// The SQL of sinks: how far each has come, and which process brings it events.
struct EventSinkStore: Sendable {
    let database: any Database

    /// Whether there may be events that the sink has not taken.
    func isBehind(_ sink: String) async throws -> Bool {
        try await database.read(as: .system) { transaction in
            try await transaction.first(
                """
                SELECT 1 AS one FROM event_order o LEFT JOIN event_sinks s ON s.name = \(sink)
                WHERE o.id = 1 AND (s.position IS NULL OR s.position < o.last_position)
                """) != nil
        }
    }

    /// Has the holder bring the sink its events; one that was never there begins with what happens from now on. Returns the position of
    /// the last event that the sink has taken; nil while another process brings them.
    func claim(_ sink: String, for holder: String, at now: Date, until end: Date) async throws -> Int64? {
        try await database.transaction(as: .system) { transaction in
            try await transaction.first(
                """
                INSERT INTO event_sinks (name, position, holder, held_until)
                VALUES (\(sink), (SELECT last_position FROM event_order WHERE id = 1), \(holder), \(end))
                ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
                WHERE event_sinks.holder = excluded.holder OR event_sinks.held_until < \(now)
                RETURNING position
                """
            ).map { try $0.get("position") }
        }
    }

    /// Notes that the sink has taken the events between two positions. False if another process took over meanwhile.
    func advance(_ sink: String, from start: Int64, to end: Int64, for holder: String) async throws -> Bool {
        try await database.transaction(as: .system) { transaction in
            try await transaction.execute(
                """
                UPDATE event_sinks SET position = \(end) WHERE name = \(sink) AND holder = \(holder) AND position = \(start)
                """) == 1
        }
    }

    /// Lets another process bring the events from now on.
    func release(_ sink: String, by holder: String, at now: Date) async throws {
        try await database.transaction(as: .system) { transaction in
            try await transaction.execute(
                "UPDATE event_sinks SET held_until = \(now - 1) WHERE name = \(sink) AND holder = \(holder)")
        }
    }
}
