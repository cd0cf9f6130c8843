import Ambient
import Database
import Failures
import FoundationEssentials
import Telemetry

/// The statements of those who have work done; `JobStore` has those of who does it. All in the caller's transaction.
struct JobQueueStore: Sendable {
    /// A job that is to be added.
    struct Draft: Sendable {
        let kind: String
        let queue: String
        let user: UserID?
        /// JSON.
        let payload: String
        let uniqueKey: String?
        let priority: Int
        let maxAttempts: Int
        /// Not before, from now on.
        let delay: Duration
    }

    let ambient: Ambient
    let clock: JobClock

    /// Adds a job; nil if a live one has its key.
    func insert(_ draft: Draft, in transaction: any Transaction) async throws -> JobID? {
        let due = clock.time(after: draft.delay.inSeconds, ambient, in: transaction.dialect)
        return try await transaction.first(
            """
            INSERT INTO jobs (id, kind, queue, user_id, state, payload, unique_key, priority, attempt, max_attempts,
                              available_at, cancel_requested, created_at, trace_context)
            VALUES (\(ambient.newID(JobID.self)), \(draft.kind), \(draft.queue), \(draft.user), 'pending', \(draft.payload),
                    \(draft.uniqueKey), \(draft.priority), 0, \(draft.maxAttempts), \(due), \(false), \(now(in: transaction)),
                    \(Span.current?.context.stored))
            ON CONFLICT (kind, unique_key) WHERE unique_key IS NOT NULL AND state IN \(JobState.live) DO NOTHING
            RETURNING id
            """
        ).map { try $0.get("id") }
    }

    /// The live job of a kind that has the key.
    func live(_ kind: String, uniqueKey: String?, in transaction: any Transaction) async throws -> JobID? {
        try await transaction.first(
            "SELECT id FROM jobs WHERE kind = \(kind) AND unique_key = \(uniqueKey) AND state IN \(JobState.live)"
        ).map { try $0.get("id") }
    }

    /// The live jobs of a kind that have the key, held until the end of the transaction.
    func holdLive(_ kind: String, uniqueKey: String, in transaction: any Transaction) async throws -> [Job] {
        try await transaction.query(
            """
            SELECT * FROM jobs WHERE kind = \(kind) AND unique_key = \(uniqueKey) AND state IN \(JobState.live)
            \(transaction.dialect.forUpdate)
            """
        ).map { try Job($0) }
    }

    func job(_ id: JobID, of user: UserID, in transaction: any Transaction) async throws -> Job? {
        try await transaction.first("SELECT * FROM jobs WHERE id = \(id) AND user_id = \(user)").map { try Job($0) }
    }

    /// A user's jobs, the newest first, and how many there are.
    func jobs(
        of user: UserID, state: JobState?, offset: Int, limit: Int, in transaction: any Transaction
    ) async throws -> (jobs: [Job], total: Int) {
        var condition: SQL = "user_id = \(user)"
        if let state { condition += " AND state = \(state)" }
        let rows = try await transaction.query(
            "SELECT * FROM jobs WHERE \(condition) ORDER BY created_at DESC, id DESC LIMIT \(limit) OFFSET \(offset)")
        let total = try await transaction.first("SELECT count(*) AS n FROM jobs WHERE \(condition)")
        return (try rows.map { try Job($0) }, try total?.get("n") ?? 0)
    }

    /// The last lines of a job's log, in order.
    func log(of id: JobID, limit: Int, in transaction: any Transaction) async throws -> [JobLogLine] {
        let rows = try await transaction.query(
            "SELECT attempt, written_at, line FROM job_log_lines WHERE job_id = \(id) ORDER BY number DESC LIMIT \(limit)")
        return try rows.reversed().map {
            JobLogLine(attempt: try $0.get("attempt"), writtenAt: try $0.get("written_at"), text: try $0.get("line"))
        }
    }

    /// Asks a live job to stop. False if it is over. One that runs gives up its key, so that a successor need not wait until it has stopped.
    func requestCancel(_ id: JobID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            """
            UPDATE jobs SET cancel_requested = \(true), unique_key = CASE WHEN state = 'running' THEN NULL ELSE unique_key END
            WHERE id = \(id) AND state IN \(JobState.live)
            """) == 1
    }

    /// The first jobs of a queue that wait and have their turn, in the order in which they are taken.
    func line(of queue: String, limit: Int, in transaction: any Transaction) async throws -> [JobID] {
        try await transaction.query(
            """
            SELECT id FROM jobs WHERE queue = \(queue) AND state IN \(JobState.waiting) AND turn IS NOT NULL
            ORDER BY priority DESC, turn, id LIMIT \(limit)
            """
        ).map { try $0.get("id") }
    }

    /// Ends a job that waits; nil if it does not.
    func cancelWaiting(_ id: JobID, message: String, in transaction: any Transaction) async throws -> Job? {
        try await transaction.first(
            """
            UPDATE jobs SET state = 'cancelled', finished_at = \(now(in: transaction)),
                            error_code = \(FailureCode.cancelled.rawValue), error_message = \(message)
            WHERE id = \(id) AND state IN \(JobState.waiting) RETURNING *
            """
        ).map { try Job($0) }
    }

    /// Puts a job that is over, or waits for its next attempt, in line again with all its attempts. False if it is neither.
    func retry(_ id: JobID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            """
            UPDATE jobs SET state = 'pending', attempt = 0, turn = NULL, available_at = \(now(in: transaction)),
                            cancel_requested = \(false), error_code = NULL, error_message = NULL, progress_stage = NULL,
                            finished_at = NULL
            WHERE id = \(id) AND state IN ('dead', 'cancelled', 'failed')
            """) == 1
    }

    /// Removes all jobs of a user; returns which.
    func deleteAll(of user: UserID, in transaction: any Transaction) async throws -> [JobID] {
        try await transaction.query("DELETE FROM jobs WHERE user_id = \(user) RETURNING id").map { try $0.get("id") }
    }

    static func counts(in transaction: any Transaction) async throws -> [JobState: Int] {
        try await transaction.query("SELECT state, count(*) AS n FROM jobs GROUP BY state")
            .reduce(into: [:]) { $0[try $1.get("state")] = try $1.get("n", as: Int.self) }
    }

    private func now(in transaction: any Transaction) -> SQL { clock.time(ambient, in: transaction.dialect) }
}
