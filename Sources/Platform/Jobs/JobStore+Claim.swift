import Ambient
import Database
import FoundationEssentials

extension JobStore {
    /// How many jobs get their turn in one transaction, and how many such transactions a claim waits for.
    private static let lineStep = 1000
    private static let lineSteps = 4

    /// Takes up to `limit` jobs of a queue that are due: the most urgent first, and among those by turns.
    ///
    /// Each job that falls due gets a turn once: its user's next, and no earlier than that of the first in line. So one who brings a whole
    /// shelf of files does not keep everyone else waiting, and a claim reads the first rows of an index, however many wait. This is
    /// start-time fair queueing (Goyal, Vin and Cheng, 1996) with jobs of one length.
    func claim(queue: String, limit: Int, lease: Duration) async throws -> [Job] {
        let kinds = handlers.kinds(of: queue)
        guard !kinds.isEmpty else { return [] }
        if limit <= 0 {
            // Nothing is taken; who came last is in line all the same, so that they can be told their place.
            if try await hasNewcomers(queue) { _ = try await database.transaction(as: .system) { try await lineUp(queue, in: $0) } }
            return []
        }
        for step in 1...Self.lineSteps {
            let claimed = try await database.transaction(as: .system) { transaction -> [Row]? in
                // As many as came since the last claim first, so that whoever comes last is in line too. After a burst not all of them:
                // the first job must not wait for the last one's turn, and the claims that follow go on.
                let count = try await lineUp(queue, in: transaction)
                if count == Self.lineStep, step < Self.lineSteps { return nil }
                return try await take(limit, of: queue, kinds, lease, in: transaction)
            }
            // RETURNING promises no order; ids rise with time.
            if let claimed { return try claimed.map { try Job($0) }.sorted { $0.id < $1.id } }
        }
        return []
    }

    private func take(
        _ limit: Int, of queue: String, _ kinds: [String], _ lease: Duration, in transaction: any Transaction
    ) async throws -> [Row] {
        let limits = handlers.limits.merging(limits) { $1 }.filter { kinds.contains($0.key) }
        if !limits.isEmpty { return try await take(limit, of: queue, kinds, within: limits, lease, in: transaction) }
        let now = self.now(in: transaction)
        return try await transaction.query(
            """
            UPDATE jobs SET state = 'running', worker = \(worker), lease_until = \(self.now(after: lease.inSeconds, in: transaction)),
                            attempt = attempt + 1, started_at = \(now), progress_stage = NULL
            WHERE id IN (
                SELECT id FROM jobs
                WHERE queue = \(queue) AND state IN \(JobState.waiting) AND turn IS NOT NULL AND available_at <= \(now)
                AND kind IN \(list: kinds)
                ORDER BY priority DESC, turn, id LIMIT \(limit)\(transaction.dialect.forUpdateSkipLocked))
            RETURNING *
            """)
    }

    /// Whether jobs of a queue have fallen due that have no turn yet.
    private func hasNewcomers(_ queue: String) async throws -> Bool {
        try await database.read(as: .system) { transaction in
            try await transaction.first(
                """
                SELECT id FROM jobs WHERE queue = \(queue) AND state IN \(JobState.waiting) AND turn IS NULL
                AND available_at <= \(now(in: transaction)) LIMIT 1
                """) != nil
        }
    }

    /// Gives the jobs of a queue that have fallen due their turns, those that wait for longest first. Returns how many.
    ///
    /// Not done where a job is added: row-level security hides there whose turn it is.
    private func lineUp(_ queue: String, in transaction: any Transaction) async throws -> Int {
        try await transaction.execute(
            """
            WITH due AS (
                SELECT id, priority, user_id, available_at FROM jobs
                WHERE queue = \(queue) AND state IN \(JobState.waiting) AND turn IS NULL AND available_at <= \(now(in: transaction))
                ORDER BY available_at LIMIT \(Self.lineStep)\(transaction.dialect.forUpdateSkipLocked)),
            numbered AS (
                SELECT id, priority, user_id, row_number() OVER (PARTITION BY priority, user_id ORDER BY available_at, id) AS place
                FROM due),
            -- With each one's first job, the turn before it: of their last job in line or at work, or before that of the first in line.
            based AS (
                SELECT id, priority, user_id, place, CASE WHEN place = 1 THEN (
                    SELECT max(base) FROM (
                        SELECT max(own.turn) AS base FROM jobs own
                        WHERE own.queue = \(queue) AND own.user_id = n.user_id AND own.priority = n.priority
                        AND own.state IN \(JobState.live) AND own.turn IS NOT NULL
                        UNION ALL
                        SELECT first.turn - 1 FROM (
                            SELECT turn FROM jobs WHERE queue = \(queue) AND priority = n.priority
                            AND state IN \(JobState.waiting) AND turn IS NOT NULL ORDER BY turn LIMIT 1) AS first
                        UNION ALL
                        SELECT 0) AS candidates) END AS base
                FROM numbered n),
            -- Not by a join of the two: SQLite would compare each job with each user.
            turns AS (
                SELECT id, max(base) OVER (PARTITION BY priority, user_id) + CASE WHEN user_id IS NULL THEN 1 ELSE place END AS turn
                FROM based)
            UPDATE jobs SET turn = turns.turn FROM turns WHERE jobs.id = turns.id
            """)
    }
}
