import Database
import Synchronization

/// What runs the jobs of each kind, and what of them is done again and again. Features add theirs before the worker starts.
package final class JobHandlers: Sendable {
    private let handlers = Mutex<[String: JobHandler]>([:])
    private let schedules = Mutex<[String: PeriodicJob]>([:])

    package init() {}

    package func add(_ handler: JobHandler) {
        handlers.withLock { handlers in
            precondition(handlers[handler.kind] == nil, "two handlers for \(handler.kind)")
            handlers[handler.kind] = handler
        }
    }

    package func add(_ job: PeriodicJob) {
        schedules.withLock { schedules in
            precondition(schedules[job.kind.name] == nil, "two schedules for \(job.kind.name)")
            schedules[job.kind.name] = job
        }
    }

    /// In the order of their names.
    var periodic: [PeriodicJob] { schedules.withLock { $0.values.sorted { $0.kind.name < $1.kind.name } } }

    func periodic(_ name: String) -> PeriodicJob? { schedules.withLock { $0[name] } }

    package func handles(_ kind: String) -> Bool { handler(for: kind) != nil }

    func handler(for kind: String) -> JobHandler? { handlers.withLock { $0[kind] } }

    /// Kinds by queue.
    func kinds(of queue: String) -> [String] {
        handlers.withLock { $0.values.filter { $0.queue == queue }.map(\.kind).sorted() }
    }

    /// How many jobs of a kind may run at once in all processes together, where the kind says so.
    var limits: [String: Int] { handlers.withLock { $0.compactMapValues(\.atMost) } }

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
