import Ambient
import Database
import FoundationEssentials

/// Passwords of programs in the database: their digests.
struct AppPasswordStore: Sendable {
    func insert(_ password: AppPassword, digest: String, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO planner_app_passwords (id, user_id, name, digest, created_at)
            VALUES (\(password.id), \(password.userID), \(password.name), \(digest), \(password.createdAt))
            """)
    }

    func list(of user: UserID, in transaction: any Transaction) async throws -> [AppPassword] {
        try await transaction.query(
            """
            SELECT id, user_id, name, created_at, last_used_at FROM planner_app_passwords WHERE user_id = \(user)
            ORDER BY created_at, id
            """
        ).map(Self.password)
    }

    /// - Returns: whether there was one.
    func delete(_ id: AppPasswordID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM planner_app_passwords WHERE id = \(id) AND user_id = \(user)") > 0
    }

    /// For a transaction of the system.
    func find(digest: String, in transaction: any Transaction) async throws -> AppPassword? {
        try await transaction.first(
            "SELECT id, user_id, name, created_at, last_used_at FROM planner_app_passwords WHERE digest = \(digest)"
        ).map(Self.password)
    }

    func note(_ id: AppPasswordID, usedAt now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE planner_app_passwords SET last_used_at = \(now) WHERE id = \(id)")
    }

    private static func password(_ row: Row) throws -> AppPassword {
        AppPassword(
            id: try row.get("id"), userID: try row.get("user_id"), name: try row.get("name"), createdAt: try row.get("created_at"),
            lastUsedAt: try row.optional("last_used_at"))
    }
}
