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

    package init(database: any Database, handlers: JobHandlers, ambient: Ambient = .live, clock: JobClock = .database) {
        self.database = database
        self.handlers = handlers
        self.ambient = ambient
        self.clock = clock
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
        let now = clock.time(ambient, in: transaction.dialect)
        let due = clock.time(after: delay.inSeconds, ambient, in: transaction.dialect)
        let json = try JSONColumn.text(payload)
        // Again: the job that has the key may end between the two statements.
        for _ in 0..<3 {
            let made = try await transaction.first(
                """
                INSERT INTO jobs (id, kind, queue, user_id, state, payload, unique_key, priority, attempt, max_attempts,
                                  available_at, cancel_requested, created_at)
                VALUES (\(ambient.newID(JobID.self)), \(kind.name), \(kind.queue), \(user), 'pending', \(json), \(uniqueKey),
                        \(priority), 0, \(kind.maxAttempts), \(due), \(false), \(now))
                ON CONFLICT (kind, unique_key) WHERE unique_key IS NOT NULL AND state IN \(JobState.live) DO NOTHING
                RETURNING id
                """)
            if let made {
                tellOfWaiting(in: transaction)
                return try made.get("id")
            }
            let live = try await transaction.first(
                "SELECT id FROM jobs WHERE kind = \(kind.name) AND unique_key = \(uniqueKey) AND state IN \(JobState.live)")
            if let live { return try live.get("id") }
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
            let rows = try await transaction.query(
                "SELECT attempt, written_at, line FROM job_log_lines WHERE job_id = \(id) ORDER BY number DESC LIMIT 200")
            let lines = try rows.reversed().map {
                JobLogLine(attempt: try $0.get("attempt"), writtenAt: try $0.get("written_at"), text: try $0.get("line"))
            }
            return (job, lines)
        }
    }

    /// The user's jobs, the newest first.
    package func jobs(of user: UserID, state: JobState? = nil, offset: Int = 0, limit: Int = 20) async throws
        -> (jobs: [Job], total: Int)
    {
        try await database.read(as: .user(user)) { transaction in
            var condition: SQL = "user_id = \(user)"
            if let state { condition += " AND state = \(state)" }
            let rows = try await transaction.query(
                "SELECT * FROM jobs WHERE \(condition) ORDER BY created_at DESC, id DESC LIMIT \(limit) OFFSET \(offset)")
            let total = try await transaction.first("SELECT count(*) AS n FROM jobs WHERE \(condition)")
            return (try rows.map { try Job($0) }, try total?.get("n") ?? 0)
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
        let rows = try await transaction.query(
            """
            SELECT * FROM jobs WHERE kind = \(kind.name) AND unique_key = \(uniqueKey) AND state IN \(JobState.live)
            \(transaction.dialect.forUpdate)
            """)
        for row in rows { try await cancel(try Job(row), in: transaction) }
    }

    /// Puts a dead or cancelled job (or one that waits for its next attempt) in line again, with all its attempts.
    @discardableResult
    package func retry(_ id: JobID, of user: UserID) async throws -> Job {
        do {
            return try await database.transaction(as: .user(user)) { transaction in
                let job = try await find(id, user, in: transaction)
                let changed = try await transaction.execute(
                    """
                    UPDATE jobs SET state = 'pending', attempt = 0, turn = NULL,
                                    available_at = \(clock.time(ambient, in: transaction.dialect)), cancel_requested = \(false),
                                    error_code = NULL, error_message = NULL, progress_stage = NULL, finished_at = NULL
                    WHERE id = \(id) AND state IN ('dead', 'cancelled', 'failed')
                    """)
                guard changed == 1 else {
                    throw JobFailure(
                        .conflict, "The job is \(job.state.rawValue); only one that failed or was cancelled can be tried again.")
                }
                tellOfWaiting(in: transaction)
                return try await find(id, user, in: transaction)
            }
        } catch let failure as DatabaseFailure where failure.kind == .unique {
            throw JobFailure(.conflict, "A newer job does the same work.", underlying: failure)
        }
    }

    /// Removes all jobs of a user who goes away, in the caller's transaction; what runs loses its lease and ends.
    package func deleteAll(of user: UserID, in transaction: any Transaction) async throws {
        let rows = try await transaction.query("DELETE FROM jobs WHERE user_id = \(user) RETURNING id")
        let ids = try rows.map { try $0.get("id", as: JobID.self) }
        tellOfCancelled(ids, in: transaction)
    }

    /// How many jobs are in each state.
    package func counts() async throws -> [JobState: Int] {
        let rows = try await database.read(as: .system) {
            try await $0.query("SELECT state, count(*) AS n FROM jobs GROUP BY state")
        }
        return try rows.reduce(into: [:]) { $0[try $1.get("state")] = try $1.get("n", as: Int.self) }
    }

    private func find(_ id: JobID, _ user: UserID, in transaction: any Transaction) async throws -> Job {
        guard let row = try await transaction.first("SELECT * FROM jobs WHERE id = \(id) AND user_id = \(user)") else {
            throw JobFailure.notFound
        }
        return try Job(row)
    }

    private func cancel(_ job: Job, in transaction: any Transaction) async throws {
        let marked = try await transaction.execute(
            "UPDATE jobs SET cancel_requested = \(true) WHERE id = \(job.id) AND state IN \(JobState.live)")
        guard marked == 1 else { throw JobFailure(.conflict, "The job is over already: it is \(job.state.rawValue).") }
        let rows = try await transaction.query(
            """
            UPDATE jobs SET state = 'cancelled', finished_at = \(clock.time(ambient, in: transaction.dialect)), error_code = \(FailureCode.cancelled.rawValue),
                            error_message = \(Self.cancelledMessage)
            WHERE id = \(job.id) AND state IN \(JobState.waiting) RETURNING *
            """)
        if let row = rows.first {
            let ended = EndedJob(
                job: try Job(row), state: .cancelled, errorCode: FailureCode.cancelled.rawValue, message: Self.cancelledMessage)
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
