import Failures
import Telemetry

/// Holds callers to what the classes of routes allow, whichever store counts their calls, and notes for the answer what is left to them.
struct RateLimiter: Sendable {
    let limits: RateLimits
    let store: any RateLimitStore
    let logger: Logger

    /// Does something within the allowance of a key. Where only failures count, what did not fail is given back: it was taken before, so
    /// that guesses that come side by side do not slip through together.
    func run<Value: Sendable>(
        _ key: RateLimitKey, noting notes: CallNotes, isGood: (Value) -> Bool, _ body: () async throws -> Value
    ) async throws -> Value {
        guard let allowance = limits.allowances[key.limit] else { return try await body() }
        guard let outcome = await taken(key, allowance) else { return try await body() }
        notes.note(key.limit, allowance, outcome)
        if let wait = outcome.wait {
            throw HTTPFailure(.rateLimited, "Too many requests. Try again in \(wait.wholeSeconds) s.", retryAfter: wait)
        }
        do {
            let value = try await body()
            if isGood(value) { await giveBack(key, allowance, outcome, notes) }
            return value
        } catch {
            // Neither a fault of ours nor being told to wait is a guess that failed.
            let status = FailureCode(of: error).status
            if status == 429 || status >= 499 { await giveBack(key, allowance, outcome, notes) }
            throw error
        }
    }

    /// nil where the store cannot say: the call passes.
    private func taken(_ key: RateLimitKey, _ allowance: RateLimits.Allowance) async -> RateLimitOutcome? {
        do { return try await store.take(key, of: allowance) } catch {
            logger.warning("calls could not be counted and pass", ["class": key.limit.name, "error": "\(error)"])
            return nil
        }
    }

    private func giveBack(
        _ key: RateLimitKey, _ allowance: RateLimits.Allowance, _ outcome: RateLimitOutcome, _ notes: CallNotes
    ) async {
        guard allowance.countsFailures else { return }
        // At worst a call counts that should not have.
        try? await store.giveBack(key, of: allowance)
        var outcome = outcome
        outcome.remaining += 1
        outcome.reset = max(.zero, outcome.reset - .seconds(1 / allowance.perSecond))
        notes.note(key.limit, allowance, outcome)
    }
}
