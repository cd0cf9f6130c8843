import Database
import Failures
import FoundationEssentials

/// Slows down guessing at one account, from wherever it comes: after five failures in a row each further one doubles the wait.
///
/// It counts by address whether or not there is such an account, so it does not tell which there are. An attempt counts before its
/// password is looked at, so guesses that come side by side do not slip through together.
struct SignInThrottle: Sendable {
    static let free = 5
    static let longest: TimeInterval = 15 * 60

    /// Counts an attempt, which `clear` takes back if it was right. Throws `rateLimited` while the address has to wait.
    ///
    /// The transaction must be committed before the password is checked.
    func begin(_ email: EmailAddress, at now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM sign_in_failures WHERE last_at < \(now.addingTimeInterval(-86_400))")
        let digest = AccountStore.digest(email.key)
        let row = try await transaction.first(
            """
            INSERT INTO sign_in_failures (email_digest, failures, blocked_until, last_at) VALUES (\(digest), 1, \(now), \(now))
            ON CONFLICT (email_digest) DO UPDATE SET failures = sign_in_failures.failures + 1, last_at = \(now)
            RETURNING failures, blocked_until
            """)
        guard let row else { return }
        let wait = try row.get("blocked_until", as: Date.self).timeIntervalSince(now)
        // Stored times are rounded to the microsecond.
        guard wait < 0.001 else {
            // Rolls back, so attempts while it waits do not count.
            throw AccountsFailure(
                .rateLimited, "Too many attempts to sign in to this account; wait a moment.",
                retryAfter: .seconds(Int64(wait.rounded(.up))))
        }
        let failures: Int = try row.get("failures")
        guard failures >= Self.free else { return }
        let next = min(Self.longest, TimeInterval(1 << min(failures - Self.free + 1, 20)))
        try await transaction.execute(
            "UPDATE sign_in_failures SET blocked_until = \(now.addingTimeInterval(next)) WHERE email_digest = \(digest)")
    }

    func clear(_ email: EmailAddress, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM sign_in_failures WHERE email_digest = \(AccountStore.digest(email.key))")
    }
}
