import Ambient
import Database

extension JobStore {
    /// Takes jobs of a queue some of whose kinds have a limit over all processes.
    ///
    /// What runs of such a kind is counted while its row of `job_limits` is held, so that two claims cannot both see the last free place. The
    /// line is read once more for each kind that turns out to be full; the others keep their order.
    func take(
        _ limit: Int, of queue: String, _ kinds: [String], within limits: [String: Int], _ lease: Duration,
        in transaction: any Transaction
    ) async throws -> [Row] {
        var room = try await room(within: limits, in: transaction)
        var open = kinds.filter { room[$0] != 0 }
        var taken: [JobID] = []
        let now = self.now(in: transaction)
        while taken.count < limit, !open.isEmpty {
            let wanted = limit - taken.count
            let others: SQL = taken.isEmpty ? "" : " AND id NOT IN \(list: taken)"
            let rows = try await transaction.query(
                """
                SELECT id, kind FROM jobs
                WHERE queue = \(queue) AND state IN \(JobState.waiting) AND turn IS NOT NULL AND available_at <= \(now)
                AND kind IN \(list: open)\(others)
                ORDER BY priority DESC, turn, id LIMIT \(wanted)\(transaction.dialect.forUpdateSkipLocked)
                """)
            for row in rows {
                let kind: String = try row.get("kind")
                if let left = room[kind] {
                    if left == 0 { continue }
                    room[kind] = left - 1
                }
                taken.append(try row.get("id"))
            }
            open.removeAll { room[$0] == 0 }
            if rows.count < wanted { break }
        }
        if taken.isEmpty { return [] }
        return try await transaction.query(
            """
            UPDATE jobs SET state = 'running', worker = \(worker), lease_until = \(self.now(after: lease.inSeconds, in: transaction)),
                            attempt = attempt + 1, started_at = \(now), progress_stage = NULL
            WHERE id IN \(list: taken) RETURNING *
            """)
    }

    /// How many more of each kind may run. Other claims of these kinds wait until the transaction ends.
    private func room(within limits: [String: Int], in transaction: any Transaction) async throws -> [String: Int] {
        let kinds = limits.keys.sorted()
        while try await hold(kinds, in: transaction) < kinds.count {
            for kind in kinds {
                try await transaction.execute("INSERT INTO job_limits (kind) VALUES (\(kind)) ON CONFLICT (kind) DO NOTHING")
            }
        }
        let running = try await transaction.query(
            "SELECT kind, count(*) AS n FROM jobs WHERE state = 'running' AND kind IN \(list: kinds) GROUP BY kind"
        ).reduce(into: [String: Int]()) { $0[try $1.get("kind")] = try $1.get("n") }
        return limits.reduce(into: [:]) { $0[$1.key] = max(0, $1.value - running[$1.key, default: 0]) }
    }

    private func hold(_ kinds: [String], in transaction: any Transaction) async throws -> Int {
        try await transaction.query(
            "SELECT kind FROM job_limits WHERE kind IN \(list: kinds) ORDER BY kind\(transaction.dialect.forUpdate)"
        ).count
    }
}
