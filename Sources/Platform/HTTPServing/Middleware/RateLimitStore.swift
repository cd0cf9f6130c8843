/// Where it is counted how often each caller called: the port. In the memory of the process, or in a store that several share.
///
/// A store that cannot be reached throws, and the call is let through: what guards passwords (the brake of Accounts) is in the database.
package protocol RateLimitStore: Sendable {
    /// Takes one call from an allowance. One that is refused is not counted.
    func take(_ key: RateLimitKey, of allowance: RateLimits.Allowance) async throws -> RateLimitOutcome

    /// Gives back a call that was taken, where only failures count.
    func giveBack(_ key: RateLimitKey, of allowance: RateLimits.Allowance) async throws
}

/// What a store says to a call.
package struct RateLimitOutcome: Sendable, Hashable {
    /// Calls that may follow at once.
    package var remaining: Int
    /// Until the allowance is whole again.
    package var reset: Duration
    /// Until the next call may pass; nil where this one does.
    package var wait: Duration?

    package init(remaining: Int, reset: Duration, wait: Duration? = nil) {
        (self.remaining, self.reset, self.wait) = (remaining, reset, wait)
    }
}
