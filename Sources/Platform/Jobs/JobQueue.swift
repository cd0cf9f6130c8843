package import Ambient
package import Database
import Failures
import FoundationEssentials

/// The durable queue as those see it who have work done: enqueue, ask, cancel, try again.
///
/// The table is the truth; a bell in this process and a signal to the others only make the workers look at once.
package struct JobQueue: Sendable {
    let database: any Database
    let handlers: JobHandlers
    let ambient: Ambient
    let clock: JobClock
    let bell = JobBell()
    let store: JobQueueStore

    package init(database: any Database, handlers: JobHandlers, ambient: Ambient = .live, clock: JobClock = .database) {
        self.database = database
        self.handlers = handlers
        self.ambient = ambient
        self.clock = clock
        store = JobQueueStore(ambient: ambient, clock: clock)
    }

    /// Adds a job in the caller's transaction: it exists exactly if the transaction is committed, and workers are woken then.
    ///
    /// - Parameters:
    ///   - user: whose job it is, for whom alone it is to be seen; in a transaction for a user it must be that user.
    ///   - uniqueKey: while a job of this kind with this key is pending, running or waiting to be tried again, no other is made.
    ///   - priority: higher goes first.
    ///   - delay: not before.
    /// - Returns: the id of the new job, or of the live one that has the key.
    @discardableResult
    package func enqueue<Payload>(
        _ kind: JobKind<Payload>, _ payload: Payload, user: UserID?, uniqueKey: String? = nil, priority: Int = 0,
        delay: Duration = .zero, in transaction: any Transaction
    ) async throws -> JobID {
        let draft = JobQueueStore.Draft(
            kind: kind.name, queue: kind.queue, user: user, payload: try JSONColumn.text(payload), uniqueKey: uniqueKey,
            priority: priority, maxAttempts: kind.maxAttempts, delay: delay)
        // Again: the job that has the key may end between the two statements.
        for _ in 0..<3 {
            if let made = try await store.insert(draft, in: transaction) {
                tellOfWaiting(in: kind.queue, transaction)
                return made
            }
            if let live = try await store.live(kind.name, uniqueKey: uniqueKey, in: transaction) { return live }
        }
        throw JobFailure(.conflict, "Such a job is on its way already.")
    }

    /// The same in a transaction of its own.
    @discardableResult
    package func enqueue<Payload>(
        _ kind: JobKind<Payload>, _ payload: Payload, user: UserID?, uniqueKey: String? = nil, priority: Int = 0,
        delay: Duration = .zero
    ) async throws -> JobID {
        try await database.transaction(as: .system) { transaction in
            try await enqueue(
                kind, payload, user: user, uniqueKey: uniqueKey, priority: priority, delay: delay, in: transaction)
        }
    }

    /// A job of this user's. Throws `notFound` for another's.
    package func job(_ id: JobID, of user: UserID) async throws -> Job {
        try await database.read(as: .user(user)) { try await find(id, user, in: $0) }
    }

    /// A job of this user's with its last log lines.
    package func jobWithLog(_ id: JobID, of user: UserID) async throws -> (job: Job, lines: [JobLogLine]) {
        try await database.read(as: .user(user)) { transaction in
            let job = try await find(id, user, in: transaction)
            let lines = try await store.log(of: id, limit: 200, in: transaction)
            return (job, lines)
        }
    }

    /// The user's jobs, the newest first.
    package func jobs(of user: UserID, state: JobState? = nil, offset: Int = 0, limit: Int = 20) async throws
        -> (jobs: [Job], total: Int)
    {
        try await database.read(as: .user(user)) {
            try await store.jobs(of: user, state: state, offset: offset, limit: limit, in: $0)
        }
    }

    /// Ends a job: one that waits at once, one that runs as soon as its worker hears of it (in another process by a signal, or at the
    /// latest with a heartbeat). Throws `conflict` if it is over already.
    @discardableResult
    package func cancel(_ id: JobID, of user: UserID) async throws -> Job {
        try await database.transaction(as: .user(user)) { transaction in
            let job = try await find(id, user, in: transaction)
            try await cancel(job, in: transaction)
            return try await find(id, user, in: transaction)
        }
    }

    /// Ends every live job of a kind with this key, in the caller's transaction: what they work on is going away.
    package func cancel<Payload>(_ kind: JobKind<Payload>, uniqueKey: String, in transaction: any Transaction) async throws {
        for job in try await store.holdLive(kind.name, uniqueKey: uniqueKey, in: transaction) {
            try await cancel(job, in: transaction)
        }
    }

    /// The live job of a kind with this key.
    package func live<Payload>(_ kind: JobKind<Payload>, uniqueKey: String, in transaction: any Transaction) async throws -> JobID?
    {
        try await store.live(kind.name, uniqueKey: uniqueKey, in: transaction)
    }

    /// Puts a dead or cancelled job (or one that waits for its next attempt) in line again, with all its attempts.
    @discardableResult
    package func retry(_ id: JobID, of user: UserID) async throws -> Job {
        do {
            return try await database.transaction(as: .user(user)) { transaction in
                try await putInLine(try await find(id, user, in: transaction), in: transaction)
                return try await find(id, user, in: transaction)
            }
        } catch let failure as DatabaseFailure where failure.kind == .unique {
            throw JobFailure(.conflict, "A newer job does the same work.", underlying: failure)
        }
    }

    /// Removes all jobs of a user who goes away, in the caller's transaction; what runs loses its lease and ends.
    package func deleteAll(of user: UserID, in transaction: any Transaction) async throws {
        let ids = try await store.deleteAll(of: user, in: transaction)
        tellOfCancelled(ids, in: transaction)
    }

    /// How many jobs are in each state.
    package func counts() async throws -> [JobState: Int] {
        try await database.read(as: .system) { try await JobQueueStore.counts(in: $0) }
    }

    /// The same in the caller's transaction.
    package static func counts(in transaction: any Transaction) async throws -> [JobState: Int] {
        try await JobQueueStore.counts(in: transaction)
    }

    private func find(_ id: JobID, _ user: UserID, in transaction: any Transaction) async throws -> Job {
        guard let job = try await store.job(id, of: user, in: transaction) else { throw JobFailure.notFound }
        return job
    }

    func putInLine(_ job: Job, in transaction: any Transaction) async throws {
        guard try await store.retry(job.id, in: transaction) else {
            throw JobFailure(
                .conflict, "The job is \(job.state.rawValue); only one that failed or was cancelled can be tried again.")
        }
        tellOfWaiting(in: job.queue, transaction)
    }

    func cancel(_ job: Job, in transaction: any Transaction) async throws {
        guard try await store.requestCancel(job.id, in: transaction) else {
            throw JobFailure(.conflict, "The job is over already: it is \(job.state.rawValue).")
        }
        if let job = try await store.cancelWaiting(job.id, message: Self.cancelledMessage, in: transaction) {
            let ended = EndedJob(
                job: job, state: .cancelled, errorCode: FailureCode.cancelled.rawValue, message: Self.cancelledMessage)
            try await handlers.handler(for: job.kind)?.onDead?(ended, transaction)
        }
        tellOfCancelled([job.id], in: transaction)
    }

    static let cancelledMessage = "It was cancelled."
}

extension Duration {
    var inSeconds: TimeInterval {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
