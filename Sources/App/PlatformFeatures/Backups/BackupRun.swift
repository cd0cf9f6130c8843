import Ambient
import Backup
import Database
import FoundationEssentials

/// One attempt at a back-up, as it is told to administrators.
struct BackupRun: Sendable {
    let endedAt: Date
    /// The back-up; nil if it failed.
    let snapshotID: String?
    let size: Int
    let added: Int
    let files: Int
    /// Why it failed.
    let error: String?

    init(of snapshot: BackupSnapshot, at time: Date) {
        (endedAt, snapshotID, size, added, files, error) = (time, snapshot.id, snapshot.size, snapshot.added, snapshot.files, nil)
    }

    init(failed error: String, at time: Date) {
        (endedAt, snapshotID, size, added, files, self.error) = (time, nil, 0, 0, 0, error)
    }

    init(_ row: Row) throws {
        endedAt = try row.get("ended_at")
        snapshotID = try row.optional("snapshot_id")
        size = try row.get("size")
        added = try row.get("added")
        files = try row.get("files")
        error = try row.optional("error")
    }
}

/// The table of attempts.
struct BackupRunStore: Sendable {
    /// How many are kept.
    private static let kept = 100

    static let migrations = [
        Migration(
            "backups", 1, "attempts at back-ups",
            [
                """
                CREATE TABLE backup_runs (
                    id uuid PRIMARY KEY,
                    ended_at timestamptz NOT NULL,
                    snapshot_id text,
                    size bigint NOT NULL,
                    added bigint NOT NULL,
                    files bigint NOT NULL,
                    error text
                )
                """,
                "CREATE INDEX backup_runs_by_time ON backup_runs (ended_at)",
            ], only: RowSecurity.enable(table: "backup_runs", read: RowRule("false"), write: RowRule("false")))
    ]

    func add(_ run: BackupRun, id: Identifier<BackupRun>, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO backup_runs (id, ended_at, snapshot_id, size, added, files, error)
            VALUES (\(id), \(run.endedAt), \(run.snapshotID), \(run.size), \(run.added), \(run.files), \(run.error))
            """)
        try await transaction.execute(
            "DELETE FROM backup_runs WHERE id NOT IN (SELECT id FROM backup_runs ORDER BY ended_at DESC, id DESC LIMIT \(Self.kept))"
        )
    }

    /// The newest first.
    func runs(limit: Int, in transaction: any Transaction) async throws -> [BackupRun] {
        try await transaction.query("SELECT * FROM backup_runs ORDER BY ended_at DESC, id DESC LIMIT \(limit)").map {
            try BackupRun($0)
        }
    }

    func lastSuccess(in transaction: any Transaction) async throws -> BackupRun? {
        try await transaction.first(
            "SELECT * FROM backup_runs WHERE snapshot_id IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT 1"
        ).map { try BackupRun($0) }
    }
}
