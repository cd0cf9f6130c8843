/// A sort of job: its name in the table, what it carries, and how it is tried.
///
/// The payload lives in the database across versions of the program: add optional fields, never change the meaning of one.
package struct JobKind<Payload: Codable & Sendable>: Sendable {
    /// `library.ingest`
    package let name: String
    /// Jobs of one queue share its workers.
    package let queue: String
    /// How often it is tried in all.
    package let maxAttempts: Int
    /// How long one attempt may take.
    package let timeout: Duration
    package let backoff: JobBackoff
    /// How many may run at once in all processes together; nil for as many as the queues are wide.
    package let atMost: Int?

    package init(
        _ name: String, queue: String = "default", maxAttempts: Int = 5, timeout: Duration = .seconds(600),
        backoff: JobBackoff = JobBackoff(), atMost: Int? = nil
    ) {
        precondition(maxAttempts > 0 && atMost ?? 1 > 0, "a job is tried at least once")
        self.name = name
        self.queue = queue
        self.maxAttempts = maxAttempts
        self.timeout = timeout
        self.backoff = backoff
        self.atMost = atMost
    }
}

/// How long to wait after a failure: doubling from `base` to `cap`, the upper half of it at random, so that jobs that failed together
/// do not come back together.
package struct JobBackoff: Sendable, Hashable {
    package var base: Duration
    package var cap: Duration

    package init(base: Duration = .seconds(2), cap: Duration = .seconds(600)) {
        self.base = base
        self.cap = cap
    }

    /// - Parameters:
    ///   - attempt: the one that failed, from 1.
    ///   - random: from 0 to 1.
    package func delay(afterAttempt attempt: Int, random: Double) -> Duration {
        let full = min(cap, base * (1 << min(max(attempt, 1) - 1, 30)))
        return full / 2 + full / 2 * min(max(random, 0), 1)
    }
}
