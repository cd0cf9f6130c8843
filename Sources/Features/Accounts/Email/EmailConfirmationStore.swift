import Ambient
import Cryptography
import Database
import FoundationEssentials

/// The SQL of addresses that wait to be confirmed: one a person and purpose. Of their links only digests are kept.
struct EmailConfirmationStore: Sendable {
    /// In place of an earlier one, whose link is worth nothing from then on.
    func request(_ wanted: EmailConfirmation, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO email_confirmations (user_id, purpose, email, digest, requested_at, expires_at)
            VALUES (\(wanted.userID), \(wanted.purpose), \(wanted.email.text), NULL, \(wanted.requestedAt), \(wanted.expiresAt))
            ON CONFLICT (user_id, purpose) DO UPDATE SET email = excluded.email, digest = NULL,
                requested_at = excluded.requested_at, expires_at = excluded.expires_at
            """)
    }

    func find(
        _ purpose: EmailPurpose, of user: UserID, at now: Date, in transaction: any Transaction
    ) async throws -> EmailConfirmation? {
        try await transaction.first(
            """
            SELECT user_id, purpose, email, requested_at, expires_at FROM email_confirmations
            WHERE user_id = \(user) AND purpose = \(purpose) AND expires_at > \(now)
            """
        ).map(read)
    }

    /// Makes the link of one; returns its token.
    func issue(_ purpose: EmailPurpose, of user: UserID, in transaction: any Transaction) async throws -> String {
        let token = SecureRandom.token()
        try await transaction.execute(
            """
            UPDATE email_confirmations SET digest = \(AccountStore.digest(token))
            WHERE user_id = \(user) AND purpose = \(purpose)
            """)
        return token
    }

    /// Uses a link up. Of several who show it at once, one gets what it is about.
    func spend(_ token: String, at now: Date, in transaction: any Transaction) async throws -> EmailConfirmation? {
        try await transaction.first(
            """
            DELETE FROM email_confirmations WHERE digest = \(AccountStore.digest(token)) AND expires_at > \(now)
            RETURNING user_id, purpose, email, requested_at, expires_at
            """
        ).map(read)
    }

    /// False if there was none.
    @discardableResult
    func remove(_ purpose: EmailPurpose, of user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            "DELETE FROM email_confirmations WHERE user_id = \(user) AND purpose = \(purpose)") > 0
    }

    private func read(_ row: Row) throws -> EmailConfirmation {
        EmailConfirmation(
            userID: try row.get("user_id"), purpose: try row.get("purpose"), email: EmailAddress(try row.get("email")),
            requestedAt: try row.get("requested_at"), expiresAt: try row.get("expires_at"))
    }
}
