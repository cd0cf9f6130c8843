import Ambient
import Database
import FoundationEssentials

/// The SQL of devices that a person has signed in on. Only digests are kept.
struct KnownDeviceStore: Sendable {
    /// Takes a sign-in down.
    ///
    /// - Returns: whether the person has signed in before, but never on the like of it.
    func isNew(_ digest: String, of user: UserID, at now: Date, in transaction: any Transaction) async throws -> Bool {
        let seen = try await transaction.execute(
            "UPDATE known_devices SET last_seen_at = \(now) WHERE user_id = \(user) AND digest = \(digest)")
        if seen > 0 { return false }
        let hasOthers = try await transaction.first("SELECT 1 AS one FROM known_devices WHERE user_id = \(user) LIMIT 1") != nil
        let added = try await transaction.execute(
            """
            INSERT INTO known_devices (user_id, digest, last_seen_at) VALUES (\(user), \(digest), \(now))
            ON CONFLICT (user_id, digest) DO NOTHING
            """)
        try await transaction.execute(
            """
            DELETE FROM known_devices WHERE user_id = \(user) AND last_seen_at < \(now.addingTimeInterval(-Self.memory))
            """)
        return hasOthers && added > 0
    }

    /// A year: what was not seen for so long is a surprise again.
    private static let memory: TimeInterval = 365 * 86_400
}
