import Ambient
import Database

/// The statements by which an attempt holds on to its job, and ends it. In the caller's transaction.
struct JobAttemptStore: Sendable {
    let job: JobID
    let worker: String
    let attempt: Int
    let ambient: Ambient
    let clock: JobClock

    /// Whether the job is still this attempt's; if so it stays so until the transaction ends.
    func hold(in transaction: any Transaction) async throws -> Bool {
        try await transaction.first(
            """
            SELECT id FROM jobs WHERE id = \(job) AND worker = \(worker) AND attempt = \(attempt) AND state = 'running'
            \(transaction.dialect.forUpdate)
            """) != nil
    }

    /// Ends the job as succeeded. False if it is not this attempt's any more.
    func succeed(with result: JobResult?, in transaction: any Transaction) async throws -> Bool {
        let json = try result.map { try JSONColumn.text($0) }
        return try await transaction.execute(
            """
            UPDATE jobs SET state = 'succeeded', worker = NULL, lease_until = NULL, result = \(json), error_code = NULL,
                            error_message = NULL, finished_at = \(clock.time(ambient, in: transaction.dialect))
            WHERE id = \(job) AND worker = \(worker) AND attempt = \(attempt) AND state = 'running'
            """) == 1
    }
}
