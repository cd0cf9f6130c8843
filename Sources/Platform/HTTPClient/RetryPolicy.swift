import HTTPMessages

/// Whether and when a failed exchange is tried again: exponential back-off with full jitter.
package struct RetryPolicy: Sendable, Hashable {
    /// How often at most, the first time included.
    package var attempts: Int
    /// The upper bound of the first wait; it doubles each time.
    package var base: Duration
    /// The longest wait. A server that asks for more by `Retry-After` is not waited for.
    package var longest: Duration

    package init(attempts: Int = 3, base: Duration = .milliseconds(250), longest: Duration = .seconds(20)) {
        self.attempts = attempts
        self.base = base
        self.longest = longest
    }

    package static let never = RetryPolicy(attempts: 1)

    /// How an attempt ended.
    package enum Outcome: Sendable, Hashable {
        case status(Int, retryAfter: Duration?)
        /// - Parameter nothingWasSent: the request surely had no effect.
        case failed(nothingWasSent: Bool)
    }

    /// How long to wait before the next attempt; nil to leave it at this outcome.
    /// - Parameters:
    ///   - attempt: how many there were, from 1.
    ///   - isReplayable: the body can be sent again.
    ///   - random: in 0..<1.
    package func wait(
        after outcome: Outcome, attempt: Int, isIdempotent: Bool, isReplayable: Bool, random: Double
    ) -> Duration? {
        guard attempt < attempts, isReplayable else { return nil }
        var asked: Duration?
        switch outcome {
        case .status(let status, let retryAfter):
            switch status {
            // The server says that it did not take the request.
            case 429, 503: asked = retryAfter
            case 408, 500, 502, 504: guard isIdempotent else { return nil }
            default: return nil
            }
        case .failed(let nothingWasSent):
            guard isIdempotent || nothingWasSent else { return nil }
        }
        let ceiling = min(longest, base * (1 << min(attempt - 1, 16)))
        let jittered = ceiling * random
        guard let asked else { return jittered }
        return asked <= longest ? max(asked, jittered) : nil
    }

    /// `Retry-After` as seconds or as an HTTP date; `now` is Unix time.
    package static func retryAfter(_ value: String?, now: Double) -> Duration? {
        guard let value else { return nil }
        if let seconds = Int(value), seconds >= 0 { return .seconds(min(seconds, 86_400)) }
        guard let date = HTTPDate.parse(value) else { return nil }
        return .seconds(max(0, min(86_400, (Double(date) - now).rounded(.up))))
    }
}
