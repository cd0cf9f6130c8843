import Ambient
import Cryptography
import Database
import FoundationEssentials

/// The SQL of refresh tokens. Only their digests are kept.
struct RefreshTokenStore: Sendable {
    /// What became of a refresh token that was shown.
    enum Rotation: Sendable {
        /// It was good, or was spent a moment ago; its one successor.
        case rotated(UserID, SessionID, next: String)
        /// It was spent before the grace: somebody has a copy. The session is gone.
        case reused(UserID, SessionID)
        /// Its session began too long ago, and is gone.
        case overdue(SessionID)
        case unknown
    }

    /// Makes the first token of a session.
    func issue(
        for session: SessionID, of user: UserID, expires: Date, in transaction: any Transaction
    ) async throws -> String {
        let token = SecureRandom.token()
        try await insert(token, session, user, expires, in: transaction)
        return token
    }

    /// Spends a token and gives its successor; the same one to whoever shows the token again within the grace.
    ///
    /// - Parameter lifetimes: in seconds, of a token, of the grace after its first use, and of a session from its sign-in.
    func rotate(
        _ token: String, at now: Date, _ lifetimes: (token: TimeInterval, grace: TimeInterval, session: TimeInterval),
        in transaction: any Transaction
    ) async throws -> Rotation {
        let digest = AccountStore.digest(token)
        // Those that show it together come here one after the other.
        let row = try await transaction.first(
            """
            SELECT session_id, user_id, used_at, successor_salt FROM refresh_tokens
            WHERE digest = \(digest) AND expires_at > \(now)\(transaction.dialect.forUpdate)
            """)
        guard let row else { return .unknown }
        let (session, user) = (try row.get("session_id", as: SessionID.self), try row.get("user_id", as: UserID.self))
        let begun: Date? = try await transaction.first("SELECT created_at FROM sessions WHERE id = \(session)")?.get("created_at")
        guard let end = begun?.addingTimeInterval(lifetimes.session) else { return .unknown }
        guard now < end else {
            try await transaction.execute("DELETE FROM sessions WHERE id = \(session)")
            return .overdue(session)
        }
        if let used: Date = try row.optional("used_at") {
            guard now.timeIntervalSince(used) <= lifetimes.grace, let salt: String = try row.optional("successor_salt") else {
                try await transaction.execute("DELETE FROM sessions WHERE id = \(session)")
                return .reused(user, session)
            }
            return .rotated(user, session, next: Self.successor(of: token, salt: salt))
        }
        let salt = SecureRandom.token()
        let next = Self.successor(of: token, salt: salt)
        let expires = now.addingTimeInterval(lifetimes.token)
        try await transaction.execute(
            "UPDATE refresh_tokens SET used_at = \(now), successor_salt = \(salt) WHERE digest = \(digest)")
        try await transaction.execute(
            "UPDATE sessions SET last_used_at = \(now), expires_at = \(min(expires, end)) WHERE id = \(session)")
        try await transaction.execute("DELETE FROM refresh_tokens WHERE session_id = \(session) AND expires_at < \(now)")
        // With its salt an old token would tell what came after it.
        try await transaction.execute(
            """
            UPDATE refresh_tokens SET successor_salt = NULL
            WHERE session_id = \(session) AND successor_salt IS NOT NULL AND used_at < \(now.addingTimeInterval(-lifetimes.grace))
            """)
        try await insert(next, session, user, expires, in: transaction)
        return .rotated(user, session, next: next)
    }

    /// The session that a token, spent or not, belongs to.
    func session(of token: String, in transaction: any Transaction) async throws -> SessionID? {
        try await transaction.first("SELECT session_id FROM refresh_tokens WHERE digest = \(AccountStore.digest(token))")
            .map { try $0.get("session_id") }
    }

    private func insert(
        _ token: String, _ session: SessionID, _ user: UserID, _ expires: Date, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            INSERT INTO refresh_tokens (digest, session_id, user_id, expires_at)
            VALUES (\(AccountStore.digest(token)), \(session), \(user), \(expires))
            """)
    }

    /// As good as random to whoever lacks either the token or the salt: the database has the one, a thief at most the other.
    private static func successor(of token: String, salt: String) -> String {
        Base64URL.encode(MessageAuthentication.code(for: Array("successor \(salt)".utf8), key: Array(token.utf8)))
    }
}
