import Ambient
import Database
import FoundationEssentials

/// Deliveries in the database: what makes each happen once.
struct DeliveryStore: Sendable {
    private static let columns: SQL = "id, user_id, channel, subscription_id, content, state, detail, created_at"

    /// - Returns: false if there is one of this id already.
    func insert(_ delivery: Delivery, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            """
            INSERT INTO notification_deliveries (\(Self.columns))
            VALUES (\(delivery.id), \(delivery.userID), \(delivery.channel), \(delivery.subscriptionID),
                    \(try JSONColumn.text(delivery.content)), \(delivery.state), \(delivery.detail), \(delivery.createdAt))
            ON CONFLICT (id) DO NOTHING
            """) > 0
    }

    func find(_ id: String, user: UserID, in transaction: any Transaction) async throws -> Delivery? {
        try await transaction.first("SELECT \(Self.columns) FROM notification_deliveries WHERE id = \(id) AND user_id = \(user)")
            .map(Self.delivery)
    }

    /// Ends one that waits; of one that has ended nothing changes.
    func end(
        _ id: String, _ state: Delivery.State, detail: String = "", at now: Date, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE notification_deliveries SET state = \(state), detail = \(String(detail.prefix(500))), finished_at = \(now)
            WHERE id = \(id) AND state = 'waiting'
            """)
    }

    /// Why the newest message of a channel that has ended could not be delivered; nil where it was.
    func lastProblem(of user: UserID, by channel: NotificationChannel, in transaction: any Transaction) async throws -> String? {
        let row = try await transaction.first(
            """
            SELECT state, detail FROM notification_deliveries
            WHERE user_id = \(user) AND channel = \(channel) AND state IN ('sent', 'failed')
            ORDER BY created_at DESC, id DESC LIMIT 1
            """)
        guard let row, try row.get("state", as: Delivery.State.self) == .failed else { return nil }
        return try row.get("detail")
    }

    func all(of user: UserID, in transaction: any Transaction) async throws -> [Delivery] {
        try await transaction.query(
            "SELECT \(Self.columns) FROM notification_deliveries WHERE user_id = \(user) ORDER BY created_at, id"
        ).map(Self.delivery)
    }

    /// - Returns: how many went.
    func prune(before date: Date, in transaction: any Transaction) async throws -> Int {
        try await transaction.execute("DELETE FROM notification_deliveries WHERE created_at < \(date) AND state <> 'waiting'")
    }

    private static func delivery(_ row: Row) throws -> Delivery {
        Delivery(
            id: try row.get("id"), userID: try row.get("user_id"), channel: try row.get("channel"),
            subscriptionID: try row.optional("subscription_id"), content: try JSONColumn.value(try row.get("content")),
            state: try row.get("state"), detail: try row.get("detail"), createdAt: try row.get("created_at"))
    }
}
