import Database
import Failures
import FoundationEssentials

/// Slows down guessing at one account, from wherever it comes: after five failures in a row each further one doubles the wait.
///
/// It counts by address whether or not there is such an account, so it does not tell which there are.
struct SignInThrottle: Sendable {
    static let free = 5
    static let longest: TimeInterval = 15 * 60

    /// Throws `rateLimited` while the address has to wait.
    func check(_ email: EmailAddress, at now: Date, in transaction: any Transaction) async throws {
        let row = try await transaction.first(
            "SELECT blocked_until FROM sign_in_failures WHERE email_digest = \(AccountStore.digest(email.key))")
        guard let row else { return }
        let wait = try row.get("blocked_until", as: Date.self).timeIntervalSince(now)
        guard wait > 0 else { return }
        throw AccountsFailure(
            .rateLimited, "Too many attempts to sign in to this account; wait a moment.",
            retryAfter: .seconds(Int64(wait.rounded(.up))))
    }

    func recordFailure(_ email: EmailAddress, at now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM sign_in_failures WHERE last_at < \(now.addingTimeInterval(-86_400))")
        let digest = AccountStore.digest(email.key)
        let row = try await transaction.first(
            """
            INSERT INTO sign_in_failures (email_digest, failures, blocked_until, last_at) VALUES (\(digest), 1, \(now), \(now))
            ON CONFLICT (email_digest) DO UPDATE SET failures = sign_in_failures.failures + 1, last_at = \(now)
            RETURNING failures
            """)
        guard let failures: Int = try row?.get("failures"), failures >= Self.free else { return }
        let wait = min(Self.longest, TimeInterval(1 << min(failures - Self.free + 1, 20)))
        try await transaction.execute(
            "UPDATE sign_in_failures SET blocked_until = \(now.addingTimeInterval(wait)) WHERE email_digest = \(digest)")
    }

    func clear(_ email: EmailAddress, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM sign_in_failures WHERE email_digest = \(AccountStore.digest(email.key))")
    }
}
