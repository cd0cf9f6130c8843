import Database
import FoundationEssentials

/// The table of schedules: for each kind the last due time that had its run, and the job of that run.
struct PeriodicStore: Sendable {
    struct Run: Sendable {
        let dueAt: Date
        let job: JobID?
    }

    /// A due time that lies so far ahead was written down by a clock that was wrong.
    private static let tolerance: TimeInterval = 86_400

    func isNews(_ due: Date, after last: Date?, now: Date) -> Bool {
        guard let last else { return true }
        return last < due || last > now.addingTimeInterval(Self.tolerance)
    }

    /// Moves a kind on to a due time. False if it, or a later one, had its run already.
    func claim(_ name: String, due: Date, now: Date, in transaction: any Transaction) async throws -> Bool {
        let moved = try await transaction.execute(
            """
            INSERT INTO job_schedules (name, due_at) VALUES (\(name), \(due))
            ON CONFLICT (name) DO UPDATE SET due_at = excluded.due_at
            WHERE job_schedules.due_at < excluded.due_at OR job_schedules.due_at > \(now.addingTimeInterval(Self.tolerance))
            """)
        return moved == 1
    }

    /// Writes down which job is the last run of a kind that was due before.
    func note(_ job: JobID, of name: String, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE job_schedules SET job_id = \(job) WHERE name = \(name)")
    }

    func runs(in transaction: any Transaction) async throws -> [String: Run] {
        try await transaction.query("SELECT name, due_at, job_id FROM job_schedules").reduce(into: [:]) {
            $0[try $1.get("name")] = Run(dueAt: try $1.get("due_at"), job: try $1.optional("job_id"))
        }
    }

    /// By the clock of the database, which all processes share.
    func now(in transaction: any Transaction) async throws -> Date {
        let clock: SQL =
            transaction.dialect == .postgres
            ? "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint) AS milliseconds"
            : "SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS integer) AS milliseconds"
        let milliseconds = try await transaction.first(clock)?.get("milliseconds", as: Int64.self) ?? 0
        return Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}
