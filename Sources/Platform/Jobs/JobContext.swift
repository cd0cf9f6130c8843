package import Ambient
package import Database
import FoundationEssentials
import Lifecycle
import Synchronization
package import Telemetry

/// What a handler knows of the job that it works on, and how it tells of its progress.
///
/// `progress` and `log` return at once: the worker writes what they say to the table a few times a second.
package final class JobContext: Sendable {
    /// Why a job is asked to end.
    enum StopReason: Sendable { case cancelled, timedOut, leaseLost, shutdown }

    struct News: Sendable {
        var progress: JobProgress?
        var lines: [JobLogLine] = []
        var isEmpty: Bool { progress == nil && lines.isEmpty }
    }

    private struct State {
        var news = News()
        var published: JobProgress?
        var lineCount = 0
        var stopReason: StopReason?
        var hasSucceeded = false
    }

    static let lineLimit = 200

    package let jobID: JobID
    /// For whom it runs; nil for the program's own jobs.
    package let userID: UserID?
    /// From 1.
    package let attempt: Int
    package let logger: Logger
    let stopped = ShutdownSignal()
    let pokes: AsyncStream<Void>
    private let poke: AsyncStream<Void>.Continuation
    private let ambient: Ambient
    private let store: JobAttemptStore
    private let onProgress: @Sendable (JobProgress) -> Void
    private let state = Mutex(State())

    init(
        _ job: Job, worker: String, ambient: Ambient, clock: JobClock, logger: Logger,
        onProgress: @escaping @Sendable (JobProgress) -> Void
    ) {
        jobID = job.id
        userID = job.userID
        attempt = job.attempt
        self.ambient = ambient
        store = JobAttemptStore(job: job.id, worker: worker, attempt: job.attempt, ambient: ambient, clock: clock)
        self.logger = logger
        self.onProgress = onProgress
        (pokes, poke) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Says how far the job is. Cheap: may be called for each unit of work.
    package func progress(stage: String, done: Int, total: Int) {
        let now = JobProgress(stage: stage, done: done, total: total)
        let isNews = state.withLock { state in
            guard state.published != now else { return false }
            let old = state.published
            state.news.progress = now
            // Watchers are told of each hundredth, and of each new stage.
            let step = max(1, total / 100)
            guard old?.stage != stage || old?.total != total || done >= total || abs(done - (old?.done ?? 0)) >= step else {
                return false
            }
            state.published = now
            return true
        }
        if isNews { onProgress(now) }
        poke.yield()
    }

    /// Adds a line to the job's log, which its owner can read. At most 200 an attempt are kept.
    package func log(_ text: String) {
        let line = JobLogLine(attempt: attempt, writtenAt: ambient.now(), text: String(text.prefix(2000)))
        state.withLock { state in
            guard state.lineCount < Self.lineLimit else { return }
            state.lineCount += 1
            state.news.lines.append(line)
        }
        poke.yield()
    }

    /// Throws if the job was cancelled, took too long, or the program stops.
    package func checkCancelled() throws {
        if state.withLock({ $0.stopReason }) != nil { throw CancellationError() }
        try Task.checkCancellation()
    }

    /// Throws if this attempt no longer owns the job, and keeps it owned until the transaction ends.
    ///
    /// To be called in each transaction that keeps the work's outcome: so a worker that was believed dead cannot write over its
    /// successor's.
    package func fence(in transaction: any Transaction) async throws {
        guard try await store.hold(in: transaction) else { throw JobFailure.leaseLost }
    }

    /// Keeps something of the work: runs `body` in a transaction of the job's owner (the program's where it has none) that counts only
    /// while this attempt owns the job. So neither a forgotten predicate nor a worker that was believed dead writes what is not its own.
    package func keep<Value: Sendable>(
        in database: any Database, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        try checkCancelled()
        return try await database.transaction(as: actor) { transaction in
            try await fence(in: transaction)
            return try await body(transaction)
        }
    }

    /// For whom the job reads and writes.
    package var actor: Actor { userID.map { .user($0) } ?? .system }

    /// Ends the job as succeeded in the transaction that keeps its outcome, so that nobody sees one without the other. Fences too. The
    /// handler returns after it; what it returns is not looked at.
    package func succeed(with result: JobResult? = nil, in transaction: any Transaction) async throws {
        guard try await store.succeed(with: result, in: transaction) else { throw JobFailure.leaseLost }
        transaction.afterCommit { [self] in state.withLock { $0.hasSucceeded = true } }
    }

    /// Whether the handler has ended the job itself.
    var hasSucceeded: Bool { state.withLock { $0.hasSucceeded } }

    var stopReason: StopReason? { state.withLock { $0.stopReason } }

    /// The first reason stays.
    func stop(_ reason: StopReason) {
        state.withLock { if $0.stopReason == nil { $0.stopReason = reason } }
        stopped.trigger()
    }

    func takeNews() -> News {
        state.withLock { state in
            defer { state.news = News() }
            return state.news
        }
    }

    /// What could not be written goes back in front of what came since.
    func putBack(_ news: News) {
        state.withLock { state in
            if state.news.progress == nil { state.news.progress = news.progress }
            state.news.lines = news.lines + state.news.lines
        }
    }
}
