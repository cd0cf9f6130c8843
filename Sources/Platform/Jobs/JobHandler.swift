package import Database
import Failures

/// What runs the jobs of one kind.
package struct JobHandler: Sendable {
    package let kind: String
    package let queue: String
    let timeout: Duration
    let backoff: JobBackoff
    let atMost: Int?
    let run: @Sendable (Job, JobContext) async throws -> JobResult?
    let onDead: (@Sendable (EndedJob, any Transaction) async throws -> Void)?

    /// - Parameters:
    ///   - onDead: called once when a job of this kind fails for good or is cancelled, in the transaction that says so; so what
    ///     hangs on the job (a document that is being read) can never disagree with it. It must not do anything outside the database.
    ///   - run: the work. It may run more than once (after a crash, the same attempt's work may be half done), so it is written
    ///     to be repeated; what it keeps it keeps by `context.keep(in:)`.
    package init<Payload>(
        _ kind: JobKind<Payload>,
        onDead: (@Sendable (EndedJob, any Transaction) async throws -> Void)? = nil,
        run: @escaping @Sendable (Payload, JobContext) async throws -> JobResult?
    ) {
        self.kind = kind.name
        queue = kind.queue
        timeout = kind.timeout
        backoff = kind.backoff
        atMost = kind.atMost
        self.onDead = onDead
        self.run = { job, context in
            let payload: Payload
            do {
                payload = try JSONColumn.value(job.payload)
            } catch {
                throw JobFailure(.unprocessable, "The job's input cannot be read.", underlying: error)
            }
            return try await run(payload, context)
        }
    }
}
