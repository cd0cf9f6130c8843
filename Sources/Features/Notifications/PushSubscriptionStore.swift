import Accounts
import Ambient
import Database
import FoundationEssentials

/// Browsers that take pushes, in the database.
struct PushSubscriptionStore: Sendable {
    private static let columns: SQL = "id, user_id, session_id, endpoint, p256dh, auth, device_name, created_at, last_used_at"

    /// Keeps a subscription in place of one with the same endpoint: a browser has one, whoever uses it. For a transaction of the system.
    func put(_ new: PushSubscription, in transaction: any Transaction) async throws -> PushSubscription {
        try await transaction.execute(
            "DELETE FROM push_subscriptions WHERE endpoint = \(new.endpoint) AND user_id <> \(new.userID)")
        let row = try await transaction.first(
            """
            INSERT INTO push_subscriptions (\(Self.columns))
            VALUES (\(new.id), \(new.userID), \(new.session), \(new.endpoint), \(new.p256dh), \(new.auth), \(new.deviceName),
                    \(new.createdAt), \(new.lastUsedAt))
            ON CONFLICT (endpoint) DO UPDATE SET session_id = excluded.session_id, p256dh = excluded.p256dh, auth = excluded.auth,
                device_name = excluded.device_name
            RETURNING \(Self.columns)
            """)
        return try row.map(Self.subscription) ?? new
    }

    /// Whether a sign-in is open still, which stays so until the end of the transaction.
    func isOpen(_ session: SessionID, of user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first(
            "SELECT id FROM sessions WHERE id = \(session) AND user_id = \(user)\(transaction.dialect.forKeyShare)") != nil
    }

    func all(of user: UserID, in transaction: any Transaction) async throws -> [PushSubscription] {
        try await transaction.query(
            "SELECT \(Self.columns) FROM push_subscriptions WHERE user_id = \(user) ORDER BY created_at, id"
        ).map(Self.subscription)
    }

    func find(_ id: PushSubscriptionID, user: UserID, in transaction: any Transaction) async throws -> PushSubscription? {
        try await transaction.first("SELECT \(Self.columns) FROM push_subscriptions WHERE id = \(id) AND user_id = \(user)")
            .map(Self.subscription)
    }

    /// - Returns: whether there was one.
    func delete(_ id: PushSubscriptionID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM push_subscriptions WHERE id = \(id) AND user_id = \(user)") > 0
    }

    func setUsed(_ id: PushSubscriptionID, at now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE push_subscriptions SET last_used_at = \(now) WHERE id = \(id)")
    }

    private static func subscription(_ row: Row) throws -> PushSubscription {
        PushSubscription(
            id: try row.get("id"), userID: try row.get("user_id"), session: try row.optional("session_id"),
            endpoint: try row.get("endpoint"), p256dh: try row.get("p256dh"), auth: try row.get("auth"),
            deviceName: try row.get("device_name"), createdAt: try row.get("created_at"),
            lastUsedAt: try row.optional("last_used_at"))
    }
}
