import Database
import Failures
package import Lifecycle
package import Telemetry

/// Enqueues periodic jobs when their time comes. Runs in every process that works on jobs: whoever moves a kind's slot on in the
/// database enqueues its job, in the same transaction, so each slot has one run however many processes there are.
///
/// A kind that never ran runs at once. Slots that passed while no process was there are not made up for: the run of now does their work.
package struct PeriodicSchedule: Service {
    package let name = "periodic jobs"
    private let jobs: [PeriodicJob]
    private let queue: JobQueue
    private let logger: Logger
    private let store = PeriodicStore()

    package init(_ jobs: [PeriodicJob], queue: JobQueue, logger: Logger = .silent) {
        self.jobs = jobs
        self.queue = queue
        self.logger = logger.labelled("jobs")
    }

    package func run(until shutdown: ShutdownSignal) async throws {
        var isFailing = false
        while !shutdown.isTriggered, !Task.isCancelled {
            var pause = Duration.seconds(5)
            do {
                pause = try await tick()
                isFailing = false
            } catch {
                if !isFailing, !(error is CancellationError) { logger.failure("periodic jobs cannot be enqueued", error) }
                isFailing = true
            }
            await shutdown.wait(atMost: pause)
        }
    }

    /// Enqueues what is due.
    ///
    /// - Parameter second: the time, in seconds since 1970; the database's own if nil.
    /// - Returns: how long until something is due again.
    @discardableResult
    package func tick(atSecond second: Int64? = nil) async throws -> Duration {
        let (now, slots) = try await queue.database.read(as: .system) { transaction in
            let clock = try await store.second(in: transaction)
            return (second ?? clock, try await store.slots(in: transaction))
        }
        for job in jobs where slots[job.kind.name] ?? -1 < job.slot(atSecond: now) {
            try await queue.database.transaction(as: .system) { transaction in
                guard try await store.claim(job.kind.name, slot: job.slot(atSecond: now), in: transaction) else { return }
                // One that still runs, or waits, does this slot's work too.
                try await queue.enqueue(job.kind, .init(), user: nil, uniqueKey: job.kind.name, in: transaction)
            }
        }
        return .seconds(jobs.map { $0.rest(atSecond: now) }.min() ?? 3600)
    }
}
