import Ambient
import Database
import Failures
import FoundationEssentials
import Telemetry

/// A worker's statements: claim, renew, report, settle. Each that concerns a claimed job names worker and attempt, so a worker that
/// was too slow cannot touch what another has taken over.
struct JobStore: Sendable {
    /// How an attempt ended.
    enum Settlement: Sendable {
        case succeeded(JobResult?)
        /// Due again after so many seconds.
        case failed(code: String, message: String, after: TimeInterval)
        case dead(code: String, message: String)
        case cancelled
        /// Handed back unfinished: it is due at once, and the attempt does not count.
        case released
        /// Its handler waits for something: due after so many seconds, and the attempt does not count.
        case snoozed(after: TimeInterval)
    }

    let database: any Database
    let handlers: JobHandlers
    let ambient: Ambient
    let clock: JobClock
    let worker: String
    let logger: Logger
    /// Instead of those of the handlers.
    let limits: [String: Int]

    /// Renews the leases of the jobs in hand. Returns those that are still ours, and whether they are to be cancelled.
    func renew(_ ids: [JobID], lease: Duration) async throws -> [JobID: Bool] {
        let rows = try await database.transaction(as: .system) { transaction in
            try await transaction.query(
                """
                UPDATE jobs SET lease_until = \(now(after: lease.inSeconds, in: transaction)) WHERE id IN \(list: ids) AND worker = \(worker) AND state = 'running'
                RETURNING id, cancel_requested
                """)
        }
        return try rows.reduce(into: [:]) { $0[try $1.get("id")] = try $1.get("cancel_requested", as: Bool.self) }
    }

    /// Ends the attempts of workers that died: those whose lease is over, or all but our own.
    ///
    /// - Parameter inHand: what we work on ourselves. Its lease may be over too (the machine slept); the next heartbeat renews it.
    func reclaim(all: Bool, inHand: [JobID] = []) async throws -> Int {
        let now = clock.time(ambient, in: database.dialect)
        let isOver: SQL = all ? "worker <> \(worker)" : "lease_until < \(now)"
        let condition = inHand.isEmpty ? isOver : isOver + " AND NOT (worker = \(worker) AND id IN \(list: inHand))"
        let rows = try await database.read(as: .system) { transaction in
            try await transaction.query(
                "SELECT * FROM jobs WHERE state = 'running' AND \(condition) AND kind IN \(list: handlers.kinds) ORDER BY id LIMIT 100"
            )
        }
        var count = 0
        for row in rows {
            let job = try Job(row)
            let holder: String = try row.get("worker")
            let code = FailureCode.unavailable.rawValue
            let settlement: Settlement =
                job.isCancelRequested
                ? .cancelled
                : job.attempt >= max(job.maxAttempts, Self.mostStops)
                    ? .dead(code: code, message: "The program stopped while it worked on this, \(job.attempt) times.")
                    : .failed(
                        code: code, message: "The program stopped while it worked on this.", after: Self.wait(afterStop: job))
            // The lease may have been renewed since it was read, so the condition is part of the statement.
            if try await settle(job, settlement, holder: holder, onlyIf: condition) != nil {
                count += 1
                logger.warning(
                    "job taken over from a worker that stopped",
                    ["job": "\(job.id)", "kind": job.kind, "attempt": "\(job.attempt)"])
            }
        }
        return count
    }

    /// Attempts after which a job is blamed for the stops of the program: most have other causes, such as a power cut or an update, which
    /// the job can do nothing about.
    static let mostStops = 10

    /// Seconds until a job is tried again whose attempt ended with the program: none while it has attempts left, then ever more, so that one
    /// that stops the program itself leaves it time for others.
    private static func wait(afterStop job: Job) -> TimeInterval {
        job.attempt < job.maxAttempts ? 0 : min(60, Double(1 << min(6, job.attempt - job.maxAttempts + 1)))
    }

    /// Writes news of a running job. Throws `leaseLost` if it is not ours any more.
    func write(_ news: JobContext.News, of context: JobContext) async throws {
        guard !news.isEmpty else { return }
        try await database.transaction(as: .system) { transaction in
            try await context.fence(in: transaction)
            try await write(news, of: context.jobID, in: transaction)
        }
    }

    /// Ends an attempt of ours. Returns the state that the job has now; nil if it was not ours any more.
    func settle(_ job: Job, _ settlement: Settlement, news: JobContext.News = .init()) async throws -> JobState? {
        try await settle(job, settlement, holder: worker, onlyIf: "1 = 1", news: news)
    }

    /// Writes what was still to be written when a handler ended its job itself.
    func writeLast(_ news: JobContext.News, of context: JobContext) async throws {
        guard !news.isEmpty else { return }
        try await database.transaction(as: .system) { transaction in
            if try await hasSucceeded(context, in: transaction) { try await write(news, of: context.jobID, in: transaction) }
        }
    }

    /// Whether the attempt's own handler has ended the job, so that it is not lost though it is not running any more.
    func hasSucceeded(_ context: JobContext) async throws -> Bool {
        // Known here only a moment after everyone can see it in the table.
        if context.hasSucceeded { return true }
        return try await database.read(as: .system) { try await hasSucceeded(context, in: $0) }
    }

    private func hasSucceeded(_ context: JobContext, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first(
            "SELECT id FROM jobs WHERE id = \(context.jobID) AND attempt = \(context.attempt) AND state = 'succeeded'") != nil
    }

    /// A moment some seconds from now, as an expression.
    func now(after seconds: TimeInterval = 0, in transaction: any Transaction) -> SQL {
        clock.time(after: seconds, ambient, in: transaction.dialect)
    }

    private func settle(
        _ job: Job, _ settlement: Settlement, holder: String, onlyIf condition: SQL, news: JobContext.News = .init()
    ) async throws -> JobState? {
        do {
            return try await settle(job, settlement, holder, condition, news, callingHook: true)
        } catch let error where !(error is DatabaseFailure) && !(error is CancellationError) {
            // A hook that fails must not keep the job alive for ever.
            logger.error("the hook of an ended job failed", ["job": "\(job.id)", "kind": job.kind, "error": "\(error)"])
            return try await settle(job, settlement, holder, condition, news, callingHook: false)
        }
    }

    private func settle(
        _ job: Job, _ settlement: Settlement, _ holder: String, _ condition: SQL, _ news: JobContext.News, callingHook: Bool
    ) async throws -> JobState? {
        try await database.transaction(as: .system) { transaction -> JobState? in
            let now = now(in: transaction)
            let row = try await transaction.first(
                """
                SELECT * FROM jobs WHERE id = \(job.id) AND worker = \(holder) AND attempt = \(job.attempt) AND state = 'running'
                AND \(condition)\(transaction.dialect.forUpdate)
                """)
            guard let row else { return nil }
            try await write(news, of: job.id, in: transaction)
            var settlement = settlement
            // A job asked to stop is not tried again, whatever it failed with.
            if try row.get("cancel_requested", as: Bool.self) {
                switch settlement {
                case .failed, .released, .snoozed: settlement = .cancelled
                case .succeeded, .dead, .cancelled: break
                }
            }
            let state: JobState
            let change: SQL
            var ended: (code: String, message: String)?
            switch settlement {
            case .succeeded(let result):
                state = .succeeded
                let json = try result.map { try JSONColumn.text($0) }
                change = "result = \(json), error_code = NULL, error_message = NULL, finished_at = \(now)"
            case .failed(let code, let message, let after):
                state = .failed
                // It takes its turn when it is due.
                let again = self.now(after: after, in: transaction)
                change = "error_code = \(code), error_message = \(message), available_at = \(again), turn = NULL"
            case .dead(let code, let message):
                state = .dead
                ended = (code, message)
                change = "error_code = \(code), error_message = \(message), finished_at = \(now)"
            case .cancelled:
                state = .cancelled
                let code = FailureCode.cancelled.rawValue
                ended = (code, JobQueue.cancelledMessage)
                change = "error_code = \(code), error_message = \(JobQueue.cancelledMessage), finished_at = \(now)"
            case .released:
                state = .pending
                change = "attempt = attempt - 1, available_at = \(now), progress_stage = NULL"
            case .snoozed(let after):
                state = .pending
                let again = self.now(after: after, in: transaction)
                change = "attempt = attempt - 1, available_at = \(again), turn = NULL, progress_stage = NULL"
            }
            try await transaction.execute(
                "UPDATE jobs SET state = \(state), worker = NULL, lease_until = NULL, \(change) WHERE id = \(job.id)")
            if let ended, callingHook, let hook = handlers.handler(for: job.kind)?.onDead {
                try await hook(EndedJob(job: job, state: state, errorCode: ended.code, message: ended.message), transaction)
            }
            return state
        }
    }

    private func write(_ news: JobContext.News, of id: JobID, in transaction: any Transaction) async throws {
        if let progress = news.progress {
            try await transaction.execute(
                """
                UPDATE jobs SET progress_stage = \(progress.stage), progress_done = \(progress.done), progress_total = \(progress.total)
                WHERE id = \(id)
                """)
        }
        for line in news.lines {
            try await transaction.execute(
                """
                INSERT INTO job_log_lines (job_id, number, attempt, written_at, line)
                VALUES (\(id), (SELECT coalesce(max(number), 0) + 1 FROM job_log_lines WHERE job_id = \(id)),
                        \(line.attempt), \(line.writtenAt), \(line.text))
                """)
        }
    }
}
