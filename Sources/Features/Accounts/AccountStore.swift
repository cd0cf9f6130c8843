import Ambient
import Cryptography
import Database
import FoundationEssentials

/// The SQL of Accounts. Every function works in the caller's transaction.
struct AccountStore: Sendable {
    private static let userColumns: SQL = "id, email, display_name, role, created_at"

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

    /// Who registered first of those who are still here.
    func firstUser(in transaction: any Transaction) async throws -> User? {
        try await transaction.first("SELECT \(Self.userColumns) FROM users ORDER BY created_at, id LIMIT 1").map { try User($0) }
    }

    func user(_ id: UserID, in transaction: any Transaction) async throws -> User? {
        try await transaction.first("SELECT \(Self.userColumns) FROM users WHERE id = \(id)").map { try User($0) }
    }

    /// Holds the account's row until the end of the transaction: no row that belongs to it can be added meanwhile. False if it is gone.
    func lock(_ id: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first("SELECT id FROM users WHERE id = \(id)\(transaction.dialect.forUpdate)") != nil
    }

    func credentials(emailKey: String, in transaction: any Transaction) async throws -> (user: User, hash: String)? {
        let row = try await transaction.first(
            "SELECT \(Self.userColumns), password_hash FROM users WHERE email_key = \(emailKey)")
        return try row.map { (try User($0), try $0.get("password_hash")) }
    }

    func credentials(_ id: UserID, in transaction: any Transaction) async throws -> (user: User, hash: String)? {
        let row = try await transaction.first("SELECT \(Self.userColumns), password_hash FROM users WHERE id = \(id)")
        return try row.map { (try User($0), try $0.get("password_hash")) }
    }

    func setPassword(_ hash: String, of id: UserID, at now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE users SET password_hash = \(hash), password_changed_at = \(now) WHERE id = \(id)")
    }

    /// The same password under a stronger hash. Nothing if it was changed meanwhile.
    func strengthen(_ hash: String, from old: String, of id: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE users SET password_hash = \(hash) WHERE id = \(id) AND password_hash = \(old)")
    }

    func setDisplayName(_ name: String, of id: UserID, in transaction: any Transaction) async throws -> User? {
        let row = try await transaction.first(
            "UPDATE users SET display_name = \(name) WHERE id = \(id) RETURNING \(Self.userColumns)")
        return try row.map { try User($0) }
    }

    /// Removes a user with sessions and tokens. False if the last administrator would leave others behind.
    func delete(_ user: User, in transaction: any Transaction) async throws -> Bool {
        // Locked in one order, so that two administrators who leave at once do not both see the other.
        let administrators = try await transaction.query(
            "SELECT id FROM users WHERE role = 'administrator' ORDER BY id\(transaction.dialect.forUpdate)")
        let others = try await transaction.first("SELECT id FROM users WHERE id <> \(user.id) LIMIT 1") != nil
        if user.role == .administrator, administrators.count <= 1, others { return false }
        try await transaction.execute("DELETE FROM users WHERE id = \(user.id)")
        // Whoever comes next is the first again.
        if !others { try await transaction.execute("DELETE FROM installation") }
        return true
    }

    func startSession(
        _ id: SessionID, of user: UserID, userAgent: String, at now: Date, expires: Date, in transaction: any Transaction
    ) async throws {
        try await transaction.execute("DELETE FROM sessions WHERE user_id = \(user) AND expires_at < \(now)")
        try await transaction.execute(
            """
            INSERT INTO sessions (id, user_id, created_at, last_used_at, expires_at, user_agent)
            VALUES (\(id), \(user), \(now), \(now), \(expires), \(userAgent))
            """)
    }

    func sessions(of user: UserID, at now: Date, in transaction: any Transaction) async throws -> [Session] {
        try await transaction.query(
            "SELECT * FROM sessions WHERE user_id = \(user) AND expires_at > \(now) ORDER BY last_used_at DESC, id DESC"
        ).map { try Session($0) }
    }

    func endSession(_ id: SessionID, of user: UserID?, in transaction: any Transaction) async throws -> Bool {
        let owner: SQL = user.map { " AND user_id = \($0)" } ?? ""
        return try await transaction.execute("DELETE FROM sessions WHERE id = \(id)\(owner)") > 0
    }

    /// Returns those that ended.
    func endSessions(of user: UserID, except kept: SessionID?, in transaction: any Transaction) async throws -> [SessionID] {
        let exception: SQL = kept.map { " AND id <> \($0)" } ?? ""
        return try await transaction.query("DELETE FROM sessions WHERE user_id = \(user)\(exception) RETURNING id")
            .map { try $0.get("id") }
    }

    /// Writes down that sessions ended, for as long as an access token of theirs may still be shown.
    func markEnded(_ sessions: [SessionID], until: Date, now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM ended_sessions WHERE until < \(now)")
        for session in sessions {
            try await transaction.execute(
                "INSERT INTO ended_sessions (session_id, until) VALUES (\(session), \(until)) ON CONFLICT (session_id) DO NOTHING")
        }
    }

    func endedSessions(at now: Date, in transaction: any Transaction) async throws -> [(id: SessionID, until: Date)] {
        try await transaction.query("SELECT session_id, until FROM ended_sessions WHERE until > \(now)")
            .map { (try $0.get("session_id"), try $0.get("until")) }
    }

    static func digest(_ secret: String) -> String { Hexadecimal.encode(SHA256.hash(secret)) }
}
