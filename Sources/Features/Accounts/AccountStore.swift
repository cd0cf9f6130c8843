import Ambient
import Cryptography
import Database
import FoundationEssentials

/// The SQL of Accounts. Every function works in the caller's transaction.
struct AccountStore: Sendable {
    private static let userColumns: SQL =
        """
        id, email, display_name, role, created_at, avatar_colour, email_verified_at IS NOT NULL AS is_email_verified,
        EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = users.id) AS has_passkeys,
        EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = users.id AND f.confirmed_at IS NOT NULL) AS has_second_factor
        """

    func insert(_ user: User, key: String, passwordHash: String, in transaction: any Transaction) async throws -> Bool {
        let row = try await transaction.first(
            """
            INSERT INTO users (id, email, email_key, display_name, role, password_hash, created_at, password_changed_at)
            VALUES (\(user.id), \(user.email), \(key), \(user.displayName), \(user.role), \(passwordHash), \(user.createdAt),
                    \(user.createdAt))
            ON CONFLICT (email_key) DO NOTHING RETURNING id
            """)
        return row != nil
    }

    /// Whether this user is the first of the installation. Of several who ask at once, one is.
    func claimFirst(_ id: UserID, in transaction: any Transaction) async throws -> Bool {
        let row = try await transaction.first(
            "INSERT INTO installation (id, first_user_id) VALUES (1, \(id)) ON CONFLICT (id) DO NOTHING RETURNING id")
        return row != nil
    }

    func hasUsers(in transaction: any Transaction) async throws -> Bool {
        try await transaction.first("SELECT id FROM installation") != nil
    }

    func hasSeveralUsers(in transaction: any Transaction) async throws -> Bool {
        // A database whose tables are still to be made has nobody.
        if transaction.dialect == .postgres,
            try await transaction.first("SELECT 1 AS one WHERE to_regclass('users') IS NOT NULL") == nil
        {
            return false
        }
        return try await transaction.query("SELECT id FROM users LIMIT 2").count > 1
    }

    /// Who registered first of those who are still here.
    func firstUser(in transaction: any Transaction) async throws -> User? {
        try await transaction.first("SELECT \(Self.userColumns) FROM users ORDER BY created_at, id LIMIT 1").map { try User($0) }
    }

    func user(_ id: UserID, in transaction: any Transaction) async throws -> User? {
        try await transaction.first("SELECT \(Self.userColumns) FROM users WHERE id = \(id)").map { try User($0) }
    }

    func names(of people: [UserID], in transaction: any Transaction) async throws -> [UserID: String] {
        try await transaction.query("SELECT id, display_name FROM users WHERE id IN \(list: people)")
            .reduce(into: [:]) { $0[try $1.get("id")] = try $1.get("display_name") as String }
    }

    /// A page of all accounts, by address, and how many there are; narrowed to those whose address or name has the text.
    func users(
        matching text: String?, offset: Int, limit: Int, in transaction: any Transaction
    ) async throws -> (users: [(user: User, lastSeen: Date?)], total: Int) {
        let dialect = transaction.dialect
        let condition: SQL =
            text.map { "\(dialect.contains($0, in: "email_key")) OR \(dialect.contains($0, in: "display_name"))" } ?? "1 = 1"
        let total: Int = try await transaction.first("SELECT count(*) AS n FROM users WHERE \(condition)")?.get("n") ?? 0
        let rows = try await transaction.query(
            """
            SELECT \(Self.userColumns),
                   (SELECT max(last_used_at) FROM sessions WHERE sessions.user_id = users.id) AS last_seen_at
            FROM users WHERE \(condition) ORDER BY email_key LIMIT \(limit) OFFSET \(offset)
            """)
        return (try rows.map { (try User($0), try $0.optional("last_seen_at")) }, total)
    }

    /// Holds the account's row until the end of the transaction: no row that belongs to it can be added meanwhile. False if it is gone.
    func lock(_ id: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first("SELECT id FROM users WHERE id = \(id)\(transaction.dialect.forUpdate)") != nil
    }

    /// A person and the hash of the password; no hash where it was taken away.
    typealias Credentials = (user: User, hash: String?)

    func credentials(emailKey: String, in transaction: any Transaction) async throws -> Credentials? {
        try await credentials(where: "email_key = \(emailKey)", in: transaction)
    }

    func credentials(_ id: UserID, in transaction: any Transaction) async throws -> Credentials? {
        try await credentials(where: "id = \(id)", in: transaction)
    }

    private func credentials(where condition: SQL, in transaction: any Transaction) async throws -> Credentials? {
        let row = try await transaction.first("SELECT \(Self.userColumns), password_hash FROM users WHERE \(condition)")
        guard let row else { return nil }
        let hash: String = try row.get("password_hash")
        return (try User(row), hash.isEmpty ? nil : hash)
    }

    func passwordChangedAt(_ id: UserID, in transaction: any Transaction) async throws -> Date? {
        try await transaction.first("SELECT password_changed_at FROM users WHERE id = \(id)")?.get("password_changed_at")
    }

    func setPassword(_ hash: String, of id: UserID, at now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE users SET password_hash = \(hash), password_changed_at = \(now) WHERE id = \(id)")
    }

    /// The same password under another hash.
    func setHash(_ hash: String, of id: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE users SET password_hash = \(hash) WHERE id = \(id)")
    }

    /// Takes the password away: none is right until another is set. False if there is no such account.
    func removePassword(of id: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("UPDATE users SET password_hash = '' WHERE id = \(id)") > 0
    }

    func setDisplayName(_ name: String, of id: UserID, in transaction: any Transaction) async throws -> User? {
        let row = try await transaction.first(
            "UPDATE users SET display_name = \(name) WHERE id = \(id) RETURNING \(Self.userColumns)")
        return try row.map { try User($0) }
    }

    /// False if somebody else has the address.
    func setEmail(
        _ email: EmailAddress, of id: UserID, verifiedAt: Date?, in transaction: any Transaction
    ) async throws -> Bool {
        try await transaction.execute(
            """
            UPDATE users SET email = \(email.text), email_key = \(email.key), email_verified_at = \(verifiedAt)
            WHERE id = \(id) AND NOT EXISTS (SELECT 1 FROM users AS other WHERE other.email_key = \(email.key) AND other.id <> \(id))
            """) > 0
    }

    func setVerified(_ id: UserID, at now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE users SET email_verified_at = \(now) WHERE id = \(id)")
    }

    /// Holds the rows of all administrators until the end of the transaction, in one order: of two who leave at once, or are demoted, the
    /// second sees that the first is gone.
    func lockAdministrators(in transaction: any Transaction) async throws -> [UserID] {
        try await transaction.query(
            "SELECT id FROM users WHERE role = 'administrator' ORDER BY id\(transaction.dialect.forUpdate)"
        ).map { try $0.get("id") }
    }

    func setRole(_ role: UserRole, of id: UserID, in transaction: any Transaction) async throws -> User? {
        try await transaction.first("UPDATE users SET role = \(role) WHERE id = \(id) RETURNING \(Self.userColumns)")
            .map { try User($0) }
    }

    /// Removes a user with sessions and tokens. False if the last administrator would leave others behind.
    func delete(_ user: User, in transaction: any Transaction) async throws -> Bool {
        let administrators = try await lockAdministrators(in: transaction)
        let others = try await transaction.first("SELECT id FROM users WHERE id <> \(user.id) LIMIT 1") != nil
        if others, administrators == [user.id] { return false }
        try await transaction.execute("DELETE FROM users WHERE id = \(user.id)")
        // Whoever comes next is the first again.
        if !others { try await transaction.execute("DELETE FROM installation") }
        return true
    }

    static func digest(_ secret: String) -> String { Hexadecimal.encode(SHA256.hash(secret)) }
}
