import Ambient
import Database
import FoundationEssentials

/// How students want to be told.
struct NotificationSettingsStore: Sendable {
    /// - Parameter locking: holds the row until the end of the transaction, which is about to change it.
    func settings(
        of user: UserID, locking: Bool = false, in transaction: any Transaction
    ) async throws -> NotificationSettings? {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        return try await transaction.first("SELECT settings FROM notification_settings WHERE user_id = \(user)\(lock)")
            .map { try JSONColumn.value(try $0.get("settings")) }
    }

    func set(
        _ settings: NotificationSettings, of user: UserID, nextCards: Date?, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            INSERT INTO notification_settings (user_id, settings, next_cards_at)
            VALUES (\(user), \(try JSONColumn.text(settings)), \(nextCards))
            ON CONFLICT (user_id) DO UPDATE SET settings = excluded.settings, next_cards_at = excluded.next_cards_at
            """)
    }

    /// Whose hour for cards has come. For a transaction of the system.
    func cardsDue(
        by now: Date, limit: Int, in transaction: any Transaction
    ) async throws -> [(user: UserID, at: Date, settings: NotificationSettings)] {
        try await transaction.query(
            """
            SELECT user_id, settings, next_cards_at FROM notification_settings WHERE next_cards_at <= \(now)
            ORDER BY next_cards_at, user_id LIMIT \(limit)\(transaction.dialect.forUpdate)
            """
        ).map { (try $0.get("user_id"), try $0.get("next_cards_at"), try JSONColumn.value(try $0.get("settings"))) }
    }

    func setNextCards(_ date: Date?, of user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE notification_settings SET next_cards_at = \(date) WHERE user_id = \(user)")
    }
}
