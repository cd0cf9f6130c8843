import Database
import Synchronization

/// What runs the jobs of each kind. Features add theirs before the worker starts.
package final class JobHandlers: Sendable {
    private let handlers = Mutex<[String: JobHandler]>([:])

    package init() {}

    package func add(_ handler: JobHandler) {
        handlers.withLock { handlers in
            precondition(handlers[handler.kind] == nil, "two handlers for \(handler.kind)")
            handlers[handler.kind] = handler
        }
    }

    func handler(for kind: String) -> JobHandler? { handlers.withLock { $0[kind] } }

    /// Kinds by queue.
    func kinds(of queue: String) -> [String] {
        handlers.withLock { $0.values.filter { $0.queue == queue }.map(\.kind).sorted() }
    }

    var kinds: [String] { handlers.withLock { $0.keys.sorted() } }
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
        try JSONColumn.value(job.payload)
    }
}
