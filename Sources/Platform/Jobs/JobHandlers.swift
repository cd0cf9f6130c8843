package import Database
import Failures
import FoundationEssentials
import Synchronization

/// What runs the jobs of each kind. Features register with it before the worker starts.
package final class JobHandlers: Sendable {
    struct Registration: Sendable {
        let name: String
        let queue: String
        let timeout: Duration
        let backoff: JobBackoff
        let run: @Sendable (Job, JobContext) async throws -> JobResult?
        let onDead: (@Sendable (EndedJob, any Transaction) async throws -> Void)?
    }

    private let registrations = Mutex<[String: Registration]>([:])

    package init() {}

    /// - Parameters:
    ///   - onDead: called once when a job of this kind fails for good or is cancelled, in the transaction that says so; so what
    ///     hangs on the job (a document that is being read) can never disagree with it. It must not do anything outside the database.
    ///   - handler: the work. It may run more than once (after a crash, the same attempt's work may be half done), so it is written
    ///     to be repeated; before it keeps anything it calls `context.fence(in:)`.
    package func register<Payload>(
        _ kind: JobKind<Payload>,
        onDead: (@Sendable (EndedJob, any Transaction) async throws -> Void)? = nil,
        handler: @escaping @Sendable (Payload, JobContext) async throws -> JobResult?
    ) {
        let registration = Registration(
            name: kind.name, queue: kind.queue, timeout: kind.timeout, backoff: kind.backoff,
            run: { job, context in
                let payload: Payload
                do {
                    payload = try JSONDecoder().decode(Payload.self, from: Data(job.payload.utf8))
                } catch {
                    throw JobFailure(.unprocessable, "The job's input cannot be read.", underlying: error)
                }
                return try await handler(payload, context)
            }, onDead: onDead)
        registrations.withLock { registrations in
            precondition(registrations[kind.name] == nil, "two handlers for \(kind.name)")
            registrations[kind.name] = registration
        }
    }

    func registration(for kind: String) -> Registration? { registrations.withLock { $0[kind] } }

    /// Kinds by queue.
    func kinds(of queue: String) -> [String] {
        registrations.withLock { $0.values.filter { $0.queue == queue }.map(\.name).sorted() }
    }

    var kinds: [String] { registrations.withLock { $0.keys.sorted() } }
}

/// A job that will not run again without being asked to: dead or cancelled.
package struct EndedJob: Sendable {
    package let job: Job
    /// `dead` or `cancelled`.
    package let state: JobState
    /// A `FailureCode`'s text.
    package let errorCode: String
    /// A sentence for the person.
    package let message: String

    package func payload<Payload: Decodable>(as type: Payload.Type = Payload.self) throws -> Payload {
        try JSONDecoder().decode(Payload.self, from: Data(job.payload.utf8))
    }
}
