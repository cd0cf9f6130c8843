import Ambient
import Database
import FoundationEssentials
import Places

/// The SQL of sessions, open and ended.
struct SessionStore: Sendable {
    func start(
        _ id: SessionID, of user: UserID, userAgent: String, from origin: SignInOrigin, at now: Date, expires: Date,
        in transaction: any Transaction
    ) async throws {
        try await transaction.execute("DELETE FROM sessions WHERE user_id = \(user) AND expires_at < \(now)")
        try await transaction.execute(
            """
            INSERT INTO sessions (id, user_id, created_at, last_used_at, expires_at, user_agent, address, country, city)
            VALUES (\(id), \(user), \(now), \(now), \(expires), \(userAgent), \(origin.shortened), \(origin.place?.country),
                    \(origin.place?.city))
            """)
    }

    /// Where a session is used from now.
    func move(_ id: SessionID, to origin: SignInOrigin, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE sessions SET address = \(origin.shortened), country = \(origin.place?.country), city = \(origin.place?.city)
            WHERE id = \(id)
            """)
    }

    func list(of user: UserID, at now: Date, in transaction: any Transaction) async throws -> [Session] {
        try await transaction.query(
            "SELECT * FROM sessions WHERE user_id = \(user) AND expires_at > \(now) ORDER BY last_used_at DESC, id DESC"
        ).map { try Session($0) }
    }

    /// When whoever has a session last proved that it is they; nil if they have not.
    func proved(_ id: SessionID, of user: UserID, in transaction: any Transaction) async throws -> Date? {
        try await transaction.first("SELECT proved_at FROM sessions WHERE id = \(id) AND user_id = \(user)")?.optional("proved_at")
    }

    /// False if there is no such session any more.
    func setProved(_ id: SessionID, of user: UserID, at now: Date, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("UPDATE sessions SET proved_at = \(now) WHERE id = \(id) AND user_id = \(user)") > 0
    }

    func end(_ id: SessionID, of user: UserID?, in transaction: any Transaction) async throws -> Bool {
        let owner: SQL = user.map { " AND user_id = \($0)" } ?? ""
        return try await transaction.execute("DELETE FROM sessions WHERE id = \(id)\(owner)") > 0
    }

    /// Returns those that ended.
    func endAll(of user: UserID, except kept: SessionID?, in transaction: any Transaction) async throws -> [SessionID] {
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
}
