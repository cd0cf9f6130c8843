import Database

/// The table of periodic runs: for each kind the last slot that had its run.
struct PeriodicStore: Sendable {
    /// Moves a kind on to a slot. False if a run of this slot, or of a later one, is there already.
    func claim(_ name: String, slot: Int64, in transaction: any Transaction) async throws -> Bool {
        let moved = try await transaction.execute(
            """
            INSERT INTO periodic_runs (name, slot) VALUES (\(name), \(slot))
            ON CONFLICT (name) DO UPDATE SET slot = excluded.slot WHERE periodic_runs.slot < excluded.slot
            """)
        return moved == 1
    }

    /// The last slot of each kind.
    func slots(in transaction: any Transaction) async throws -> [String: Int64] {
        try await transaction.query("SELECT name, slot FROM periodic_runs").reduce(into: [:]) {
            $0[try $1.get("name")] = try $1.get("slot", as: Int64.self)
        }
    }

    /// Seconds since 1970 by the clock of the database, which all processes share.
    func second(in transaction: any Transaction) async throws -> Int64 {
        let clock: SQL =
            transaction.dialect == .postgres
            ? "SELECT CAST(extract(epoch FROM clock_timestamp()) AS bigint) AS second"
            : "SELECT CAST(strftime('%s', 'now') AS integer) AS second"
        return try await transaction.first(clock)?.get("second") ?? 0
    }
}
