import HTTPMessages
import Synchronization

/// What a call leaves for its answer besides the value that its handler returns.
final class CallNotes: Sendable {
    private struct Quota {
        let limit: RateLimitClass
        let allowance: RateLimits.Allowance
        var outcome: RateLimitOutcome
    }

    private struct State {
        var fields: [(name: String, value: String)] = []
        var quotas: [Quota] = []
    }

    private let state = Mutex(State())

    func add(_ name: String, _ value: String) { state.withLock { $0.fields.append((name, value)) } }

    var fields: [(name: String, value: String)] { state.withLock { $0.fields } }

    func note(_ limit: RateLimitClass, _ allowance: RateLimits.Allowance, _ outcome: RateLimitOutcome) {
        state.withLock { state in
            if let place = state.quotas.firstIndex(where: { $0.limit == limit }) {
                state.quotas[place].outcome = outcome
            } else {
                state.quotas.append(Quota(limit: limit, allowance: allowance, outcome: outcome))
            }
        }
    }

    /// `RateLimit-Policy` and `RateLimit`, as draft-ietf-httpapi-ratelimit-headers-10 has them: what may be called in how many seconds, how much
    /// of it is left, and in how many seconds it is whole again.
    func describeQuotas(on response: inout HTTPResponse) {
        let quotas = state.withLock { $0.quotas }
        guard !quotas.isEmpty else { return }
        response.headers.append(
            "RateLimit-Policy",
            quotas.map { "\"\($0.limit.name)\";q=\($0.allowance.burst);w=\($0.allowance.window)" }.joined(separator: ", "))
        response.headers.append(
            "RateLimit",
            quotas.map { "\"\($0.limit.name)\";r=\(max(0, $0.outcome.remaining));t=\($0.outcome.reset.wholeSeconds)" }.joined(
                separator: ", "))
    }
}
