import Ambient
import Database
import FoundationEssentials

/// Archives on their way in, and their reports. Every statement names the user, since SQLite has no row-level security.
struct AccountImportStore: Sendable {
    private static let columns: SQL = "id, user_id, sha256, size, state, made_at, report, problem, job_id, created_at, finished_at"

    func insert(_ made: AccountImport, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO account_imports (\(Self.columns)) VALUES (
                \(made.id), \(made.userID), \(made.sha256), \(made.size), \(made.state.rawValue), \(made.madeAt),
                \(try JSONColumn.text(made.report)), \(made.problem), \(made.jobID), \(made.createdAt), \(made.finishedAt))
            """)
    }

    func find(_ id: AccountImportID, user: UserID, in transaction: any Transaction) async throws -> AccountImport? {
        try await transaction.first(
            "SELECT \(Self.columns) FROM account_imports WHERE id = \(id) AND user_id = \(user)"
        ).map(Self.read)
    }

    /// The last ones, from the newest on.
    func list(of user: UserID, limit: Int, in transaction: any Transaction) async throws -> [AccountImport] {
        try await transaction.query(
            "SELECT \(Self.columns) FROM account_imports WHERE user_id = \(user) ORDER BY created_at DESC, id DESC LIMIT \(limit)"
        ).map(Self.read)
    }

    func isRunning(of user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first(
            "SELECT id FROM account_imports WHERE user_id = \(user) AND state = \(AccountImport.State.running.rawValue) LIMIT 1")
            != nil
    }

    func update(_ changed: AccountImport, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE account_imports SET state = \(changed.state.rawValue), made_at = \(changed.madeAt),
                report = \(try JSONColumn.text(changed.report)), problem = \(changed.problem), finished_at = \(changed.finishedAt)
            WHERE id = \(changed.id) AND user_id = \(changed.userID)
            """)
    }

    func setJob(_ job: Identifier<Never>, of id: AccountImportID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE account_imports SET job_id = \(job) WHERE id = \(id) AND user_id = \(user)")
    }

    /// The files of somebody that are still to be read.
    func digests(of user: UserID, in transaction: any Transaction) async throws -> [String] {
        try await transaction.query(
            """
            SELECT sha256 FROM account_imports WHERE user_id = \(user) AND state = \(AccountImport.State.running.rawValue)
            """
        ).map { try $0.get("sha256") }
    }

    /// Whether a job is still to read the file.
    func isAwaited(_ sha256: String, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first(
            """
            SELECT id FROM account_imports WHERE sha256 = \(sha256) AND state = \(AccountImport.State.running.rawValue) LIMIT 1
            """) != nil
    }

    private static func read(_ row: Row) throws -> AccountImport {
        guard let state = AccountImport.State(rawValue: try row.get("state")) else {
            throw DatabaseFailure(.decoding, "account_imports.state")
        }
        return AccountImport(
            id: try row.get("id"), userID: try row.get("user_id"), sha256: try row.get("sha256"), size: try row.get("size"),
            state: state, madeAt: try row.optional("made_at"), report: try JSONColumn.value(row.get("report")),
            problem: try row.optional("problem"), jobID: try row.optional("job_id"), createdAt: try row.get("created_at"),
            finishedAt: try row.optional("finished_at"))
    }
}
