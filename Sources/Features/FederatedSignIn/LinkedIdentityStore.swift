import Ambient
import Database
import FoundationEssentials

/// The SQL of linked identities. An account elsewhere belongs to one person here at most.
struct LinkedIdentityStore: Sendable {
    private static let columns: SQL = "id, user_id, provider, issuer, subject, email, created_at, last_used_at"

    /// False if it is linked already, by whomever.
    func insert(_ identity: LinkedIdentity, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first(
            """
            INSERT INTO linked_identities (id, user_id, provider, issuer, subject, email, created_at, last_used_at)
            VALUES (\(identity.id), \(identity.userID), \(identity.provider), \(identity.issuer), \(identity.subject),
                    \(identity.email), \(identity.createdAt), \(identity.lastUsedAt))
            ON CONFLICT (issuer, subject) DO NOTHING RETURNING id
            """) != nil
    }

    /// For a transaction of the system.
    func owner(issuer: String, subject: String, in transaction: any Transaction) async throws -> UserID? {
        try await transaction.first("SELECT user_id FROM linked_identities WHERE issuer = \(issuer) AND subject = \(subject)")
            .map { try $0.get("user_id") }
    }

    func list(of user: UserID, in transaction: any Transaction) async throws -> [LinkedIdentity] {
        try await transaction.query(
            "SELECT \(Self.columns) FROM linked_identities WHERE user_id = \(user) ORDER BY created_at, id"
        ).map(Self.identity)
    }

    func noteUse(issuer: String, subject: String, at now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE linked_identities SET last_used_at = \(now) WHERE issuer = \(issuer) AND subject = \(subject)")
    }

    func delete(_ id: LinkedIdentityID, of user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM linked_identities WHERE id = \(id) AND user_id = \(user)") > 0
    }

    private static func identity(_ row: Row) throws -> LinkedIdentity {
        LinkedIdentity(
            id: try row.get("id"), userID: try row.get("user_id"), provider: try row.get("provider"), issuer: try row.get("issuer"),
            subject: try row.get("subject"), email: try row.optional("email"), createdAt: try row.get("created_at"),
            lastUsedAt: try row.optional("last_used_at"))
    }
}
