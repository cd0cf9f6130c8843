import Database
import FoundationEssentials

/// The SQL of attempts to sign in that failed. Addresses are kept as digests: nobody can read here who tried.
struct SignInFailureStore: Sendable {
    /// Counts an attempt; returns how many there were in a row, and until when the address has to wait.
    func count(
        _ email: EmailAddress, at now: Date, in transaction: any Transaction
    ) async throws -> (failures: Int, blockedUntil: Date) {
        let row = try await transaction.first(
            """
            INSERT INTO sign_in_failures (email_digest, failures, blocked_until, last_at)
            VALUES (\(digest(email)), 1, \(now), \(now))
            ON CONFLICT (email_digest) DO UPDATE SET failures = sign_in_failures.failures + 1, last_at = \(now)
            RETURNING failures, blocked_until
            """)
        guard let row else { throw DatabaseFailure(.statement, "an attempt to sign in was not counted") }
        return (try row.get("failures"), try row.get("blocked_until"))
    }

    func block(_ email: EmailAddress, until end: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE sign_in_failures SET blocked_until = \(end) WHERE email_digest = \(digest(email))")
    }

    func clear(_ email: EmailAddress, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM sign_in_failures WHERE email_digest = \(digest(email))")
    }

    /// Forgets addresses whose last attempt is older.
    func forget(before end: Date, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM sign_in_failures WHERE last_at < \(end)")
    }

    private func digest(_ email: EmailAddress) -> String { AccountStore.digest(email.key) }
}
