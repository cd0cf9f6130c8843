import Ambient
import Database
import Failures

/// How many jobs of a queue are in each state.
package struct JobQueueCount: Sendable {
    package let queue: String
    package let states: [JobState: Int]
}

extension JobQueue {
    /// Everybody's jobs, the newest first.
    package func allJobs(state: JobState?, kind: String?, offset: Int, limit: Int) async throws -> (jobs: [Job], total: Int) {
        try await database.read(as: .system) {
            try await store.allJobs(state: state, kind: kind, offset: offset, limit: limit, in: $0)
        }
    }

    /// All queues that have jobs, in the order of their names.
    package func queueCounts() async throws -> [JobQueueCount] {
        try await database.read(as: .system) { try await store.queueCounts(in: $0) }
    }

    /// Anybody's job, tried again as by `retry`.
    @discardableResult
    package func retryAny(_ id: JobID) async throws -> Job {
        do {
            return try await database.transaction(as: .system) { transaction in
                let job = try await findAny(id, in: transaction)
                try await putInLine(job, in: transaction)
                return try await findAny(id, in: transaction)
            }
        } catch let failure as DatabaseFailure where failure.kind == .unique {
            throw JobFailure(.conflict, "A newer job does the same work.", underlying: failure)
        }
    }

    /// Anybody's job, ended as by `cancel`.
    @discardableResult
    package func cancelAny(_ id: JobID) async throws -> Job {
        try await database.transaction(as: .system) { transaction in
            let job = try await findAny(id, in: transaction)
            try await cancel(job, in: transaction)
            return try await findAny(id, in: transaction)
        }
    }

    /// Puts every dead job of a kind in line again but for those whose work a newer one does. Returns how many.
    package func retryDead(kind: String) async throws -> Int {
        try await database.transaction(as: .system) { transaction in
            let count = try await store.retryDead(kind: kind, in: transaction)
            if count > 0 {
                for queue in try await store.queues(of: kind, in: transaction) { tellOfWaiting(in: queue, transaction) }
            }
            return count
        }
    }

    private func findAny(_ id: JobID, in transaction: any Transaction) async throws -> Job {
        guard let job = try await store.job(id, in: transaction) else { throw JobFailure.notFound }
        return job
    }
}

extension JobQueueStore {
    func job(_ id: JobID, in transaction: any Transaction) async throws -> Job? {
        try await transaction.first("SELECT * FROM jobs WHERE id = \(id)").map { try Job($0) }
    }

    func allJobs(
        state: JobState?, kind: String?, offset: Int, limit: Int, in transaction: any Transaction
    ) async throws -> (jobs: [Job], total: Int) {
        var condition: SQL = "1 = 1"
        if let state { condition += " AND state = \(state)" }
        if let kind { condition += " AND kind = \(kind)" }
        let rows = try await transaction.query(
            "SELECT * FROM jobs WHERE \(condition) ORDER BY created_at DESC, id DESC LIMIT \(limit) OFFSET \(offset)")
        let total = try await transaction.first("SELECT count(*) AS n FROM jobs WHERE \(condition)")
        return (try rows.map { try Job($0) }, try total?.get("n") ?? 0)
    }

    func queueCounts(in transaction: any Transaction) async throws -> [JobQueueCount] {
        var counts: [String: [JobState: Int]] = [:]
        for row in try await transaction.query("SELECT queue, state, count(*) AS n FROM jobs GROUP BY queue, state") {
            counts[try row.get("queue"), default: [:]][try row.get("state")] = try row.get("n", as: Int.self)
        }
        return counts.sorted { $0.key < $1.key }.map { JobQueueCount(queue: $0.key, states: $0.value) }
    }

    func retryDead(kind: String, in transaction: any Transaction) async throws -> Int {
        try await transaction.execute(
            """
            UPDATE jobs SET state = 'pending', attempt = 0, turn = NULL, available_at = \(clock.time(ambient, in: transaction.dialect)),
                            cancel_requested = \(false), error_code = NULL, error_message = NULL, progress_stage = NULL,
                            finished_at = NULL
            WHERE kind = \(kind) AND state = 'dead' AND (unique_key IS NULL OR (
                NOT EXISTS (SELECT 1 FROM jobs live WHERE live.kind = jobs.kind AND live.unique_key = jobs.unique_key
                            AND live.state IN \(JobState.live))
                -- Of several dead ones with one key the newest.
                AND NOT EXISTS (SELECT 1 FROM jobs newer WHERE newer.kind = jobs.kind AND newer.unique_key = jobs.unique_key
                                AND newer.state = 'dead' AND newer.id > jobs.id)))
            """)
    }

    func queues(of kind: String, in transaction: any Transaction) async throws -> [String] {
        try await transaction.query("SELECT DISTINCT queue FROM jobs WHERE kind = \(kind)").map { try $0.get("queue") }
    }
}
