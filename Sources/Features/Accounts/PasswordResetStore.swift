import Ambient
import Cryptography
import Database
import FoundationEssentials

/// The SQL of one-time links to a new password. Only their tokens' digests are kept; a person has one at most.
struct PasswordResetStore: Sendable {
    /// Makes a person's link, in place of an earlier one; returns its token.
    func issue(for user: UserID, expires: Date, in transaction: any Transaction) async throws -> String {
        let token = SecureRandom.token()
        try await transaction.execute("DELETE FROM password_resets WHERE user_id = \(user)")
        try await transaction.execute(
            """
            INSERT INTO password_resets (digest, user_id, expires_at) VALUES (\(AccountStore.digest(token)), \(user), \(expires))
            """)
        return token
    }

    /// Whether somebody has a link that is good beyond a moment.
    func hasOne(of user: UserID, goodAfter date: Date, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first("SELECT 1 AS one FROM password_resets WHERE user_id = \(user) AND expires_at > \(date)") != nil
    }

    /// Whose link this is; nil if it was used, replaced or is too old.
    func owner(of token: String, at now: Date, in transaction: any Transaction) async throws -> UserID? {
        try await transaction.first(
            "SELECT user_id FROM password_resets WHERE digest = \(AccountStore.digest(token)) AND expires_at > \(now)"
        ).map { try $0.get("user_id") }
    }

    func removeAll(of user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM password_resets WHERE user_id = \(user)")
    }

    /// Uses a link up. Of several who show it at once, one gets true.
    func spend(_ token: String, at now: Date, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            "DELETE FROM password_resets WHERE digest = \(AccountStore.digest(token)) AND expires_at > \(now)") > 0
    }
}
