import Database
import FoundationEssentials

/// The statement that removes jobs that ended long ago.
struct JobRetentionStore: Sendable {
    /// Returns how many went, `limit` at most.
    func deleteEnded(
        succeededBefore succeeded: Date, deadBefore dead: Date, limit: Int, in transaction: any Transaction
    ) async throws -> Int {
        try await transaction.execute(
            """
            DELETE FROM jobs WHERE id IN (
                SELECT id FROM jobs WHERE finished_at < \(max(succeeded, dead))
                AND ((state IN ('succeeded', 'cancelled') AND finished_at < \(succeeded))
                     OR (state = 'dead' AND finished_at < \(dead)))
                -- What came of a yearly schedule's last run is told until the next.
                AND NOT EXISTS (SELECT 1 FROM job_schedules WHERE job_schedules.job_id = jobs.id)
                LIMIT \(limit))
            """)
    }
}
