import Ambient
import Database

extension JobStore {
    struct Success: Sendable {
        let job: Job
        let result: JobResult?
    }

    /// Ends attempts of ours that succeeded. Returns those that were still ours.
    func succeed(_ all: [Success]) async throws -> Set<JobID> {
        let results = try Dictionary(
            all.compactMap { each in try each.result.map { (each.job.id, try JSONColumn.text($0)) } }
        ) { first, _ in first }
        // Almost all succeed at the first attempt, so there is one statement for almost all.
        let attempts = Dictionary(grouping: all.map(\.job)) { $0.attempt }
        return try await database.transaction(as: .system) { transaction in
            var kept: Set<JobID> = []
            for (attempt, jobs) in attempts.sorted(by: { $0.key < $1.key }) {
                // In one order in all processes, so that none waits for another in a circle.
                let ids = jobs.map(\.id).sorted { $0.description < $1.description }
                let texts = ids.compactMap { id in results[id].map { (id, $0) } }
                let result: SQL =
                    texts.isEmpty
                    ? "NULL" : "CASE id \(texts.map { "WHEN \($0.0) THEN \($0.1)" as SQL }.joined(separator: " ")) ELSE NULL END"
                let rows = try await transaction.query(
                    """
                    UPDATE jobs SET state = 'succeeded', worker = NULL, lease_until = NULL, result = \(result), error_code = NULL,
                                    error_message = NULL, finished_at = \(now(in: transaction))
                    WHERE id IN \(list: ids) AND worker = \(worker) AND attempt = \(attempt) AND state = 'running' RETURNING id
                    """)
                for row in rows { kept.insert(try row.get("id")) }
            }
            return kept
        }
    }
}
