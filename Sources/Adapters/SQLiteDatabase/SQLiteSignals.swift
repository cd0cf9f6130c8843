import Database
import FoundationEssentials
import Signals

/// Signals on a database that has none of its own: a small table with the newest ones, which every listener looks at after another
/// connection's commit. Nothing is written while nobody else listens.
struct SQLiteSignals: Sendable {
    /// How many signals stay in the table. A listener that falls further behind finds a gap in the numbers.
    static let kept = 1000

    /// Belongs to the adapter, as it stands for what the other database does by itself; so no feature's migration makes it.
    static let table = """
        CREATE TABLE IF NOT EXISTS process_signals (
            id INTEGER PRIMARY KEY, origin TEXT NOT NULL, topic TEXT NOT NULL, text TEXT NOT NULL)
        """

    /// Tells this process' signals from those of others.
    private let origin = UUID().uuidString
    private let audience: SQLiteAudience

    init(audience: SQLiteAudience) { self.audience = audience }

    /// Asked at the end of the transaction, which holds the write lock: a listener that comes later waits for its commit, and then sees
    /// in the tables what it was not told.
    func announcement(of signals: [Signal]) -> [SQL] {
        guard audience.mayBeThere else { return [] }
        return signals.map { "INSERT INTO process_signals (origin, topic, text) VALUES (\(origin), \($0.topic.name), \($0.text))" }
            + ["DELETE FROM process_signals WHERE id <= (SELECT max(id) FROM process_signals) - \(Self.kept)"]
    }

    /// Looks again and again until the task is cancelled.
    func listen(
        on connection: SQLiteConnection, every interval: Duration, _ receive: @Sendable (SignalNews) -> Void
    ) async throws {
        var version = try await connection.dataVersion()
        var last = try await newest(on: connection)
        receive(.gap)
        while true {
            try await Task.sleep(for: interval)
            let now = try await connection.dataVersion()
            // Read before the table is: a commit in between makes the next look find it.
            if now == version { continue }
            version = now
            let rows = try await connection.run(
                "SELECT id, origin, topic, text FROM process_signals WHERE id > \(last) ORDER BY id"
            ).get().rows
            guard let first = rows.first else {
                // The numbers begin anew where an older copy of the file was put back.
                last = min(last, try await newest(on: connection))
                continue
            }
            if try first.get("id", as: Int64.self) != last + 1 { receive(.gap) }
            for row in rows {
                last = try row.get("id")
                if try row.get("origin", as: String.self) == origin { continue }
                receive(.signal(Signal(SignalTopic(try row.get("topic")), try row.get("text"))))
            }
        }
    }

    private func newest(on connection: SQLiteConnection) async throws -> Int64 {
        let row = try await connection.run("SELECT coalesce(max(id), 0) AS newest FROM process_signals").get().rows.first
        return try row?.get("newest") ?? 0
    }
}
