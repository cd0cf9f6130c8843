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

    private let store = SignInFailureStore()

    /// Counts an attempt, which `clear` takes back if it was right. Throws `rateLimited` while the address has to wait.
    ///
    /// The transaction must be committed before the password is checked.
    func begin(_ email: EmailAddress, at now: Date, in transaction: any Transaction) async throws {
        try await store.forget(before: now.addingTimeInterval(-86_400), in: transaction)
        let (failures, blockedUntil) = try await store.count(email, at: now, in: transaction)
        let wait = blockedUntil.timeIntervalSince(now)
        // Stored times are rounded to the microsecond.
        guard wait < 0.001 else {
            // Rolls back, so attempts while it waits do not count.
            throw AccountsFailure(
                .rateLimited, "Too many attempts to sign in to this account; wait a moment.",
                retryAfter: .seconds(Int64(wait.rounded(.up))))
        }
        guard failures >= Self.free else { return }
        let next = min(Self.longest, TimeInterval(1 << min(failures - Self.free + 1, 20)))
        try await store.block(email, until: now.addingTimeInterval(next), in: transaction)
    }

    func clear(_ email: EmailAddress, in transaction: any Transaction) async throws {
        try await store.clear(email, in: transaction)
    }
}
