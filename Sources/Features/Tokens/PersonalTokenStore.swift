import Ambient
import Database
import FoundationEssentials

/// The SQL of personal tokens: their digests.
struct PersonalTokenStore: Sendable {
    private static let columns: SQL = "id, user_id, name, scopes, created_at, expires_at, last_used_at"

    func insert(_ token: PersonalToken, digest: String, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO personal_tokens (id, user_id, name, scopes, digest, created_at, expires_at)
            VALUES (\(token.id), \(token.userID), \(token.name), \(token.scopes.joined(separator: " ")), \(digest),
                    \(token.createdAt), \(token.expiresAt))
            """)
    }

    func list(of user: UserID, in transaction: any Transaction) async throws -> [PersonalToken] {
        try await transaction.query(
            "SELECT \(Self.columns) FROM personal_tokens WHERE user_id = \(user) ORDER BY created_at, id"
        ).map(Self.token)
    }

    /// For a transaction of the system.
    func find(digest: String, in transaction: any Transaction) async throws -> PersonalToken? {
        try await transaction.first("SELECT \(Self.columns) FROM personal_tokens WHERE digest = \(digest)").map(Self.token)
    }

    func isThere(_ id: PersonalTokenID, at now: Date, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first("SELECT 1 AS one FROM personal_tokens WHERE id = \(id) AND expires_at > \(now)") != nil
    }

    func note(_ id: PersonalTokenID, usedAt now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE personal_tokens SET last_used_at = \(now) WHERE id = \(id)")
    }

    func delete(_ id: PersonalTokenID, of user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM personal_tokens WHERE id = \(id) AND user_id = \(user)") > 0
    }

    private static func token(_ row: Row) throws -> PersonalToken {
        PersonalToken(
            id: try row.get("id"), userID: try row.get("user_id"), name: try row.get("name"),
            scopes: try row.get("scopes", as: String.self).split(separator: " ").map(String.init),
            createdAt: try row.get("created_at"), expiresAt: try row.get("expires_at"), lastUsedAt: try row.optional("last_used_at")
        )
    }
}
