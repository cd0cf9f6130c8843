/// Leaves a server alone after repeated failures. A pure state machine: closed -> open -> half open -> closed or open again.
package struct CircuitBreaker: Sendable, Hashable {
    package struct Rule: Sendable, Hashable {
        /// So many failures in a row open it.
        package var failures: Int
        /// How long it stays open before one request may try.
        package var pause: Duration

        package init(failures: Int = 5, pause: Duration = .seconds(15)) {
            self.failures = failures
            self.pause = pause
        }
    }

    package enum State: Sendable, Hashable {
        case closed(failures: Int)
        case open(until: ContinuousClock.Instant)
        /// One request is on its way to try.
        case halfOpen
    }

    package let rule: Rule
    package private(set) var state: State = .closed(failures: 0)

    package init(_ rule: Rule) { self.rule = rule }

    /// nil if a request may go; otherwise how long to stay away. A request that was let go must end in `succeeded`, `failed` or
    /// `abandoned`.
    package mutating func admit(at now: ContinuousClock.Instant) -> Duration? {
        switch state {
        case .closed: return nil
        case .open(let until) where now >= until:
            state = .halfOpen
            return nil
        case .open(let until): return until - now
        case .halfOpen: return min(rule.pause, .seconds(1))
        }
    }

    package mutating func succeeded() { state = .closed(failures: 0) }

    package mutating func failed(at now: ContinuousClock.Instant) {
        switch state {
        case .closed(let failures) where failures + 1 < rule.failures: state = .closed(failures: failures + 1)
        case .closed, .halfOpen: state = .open(until: now + rule.pause)
        // A request from before it opened.
        case .open: break
        }
    }

    /// The request ended without telling anything about the server: it was cancelled.
    package mutating func abandoned(at now: ContinuousClock.Instant) {
        if case .halfOpen = state { state = .open(until: now) }
    }
}
