import Database
package import FoundationEssentials
package import Lifecycle
package import Telemetry

/// Enqueues periodic jobs when their time comes. Runs in every process that works on jobs: whoever moves a kind's row on to the time at which
/// it was due enqueues its job, in the same transaction, so each due time has one run however many processes there are.
///
/// A kind that never ran runs at once. Due times that passed while no process was there, or the machine slept, are made up for by one run.
package struct PeriodicSchedule: Service {
    /// How long to wait at most: a clock that was set, or a machine that slept, is noticed then.
    private static let longestPause: TimeInterval = 60

    package let name = "periodic jobs"
    private let queue: JobQueue
    private let logger: Logger
    private let store = PeriodicStore()

    package init(queue: JobQueue, logger: Logger = .silent) {
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
    /// - Parameter date: the time; the database's own if nil.
    /// - Returns: how long until something is due again, a minute at most.
    @discardableResult
    package func tick(at date: Date? = nil) async throws -> Duration {
        let (now, runs) = try await queue.database.read(as: .system) { transaction in
            let clock = try await store.now(in: transaction)
            return (date ?? clock, try await store.runs(in: transaction))
        }
        var pause = Self.longestPause
        for job in queue.handlers.periodic {
            let (last, next) = job.schedule.due(at: now)
            if let next { pause = min(pause, next.timeIntervalSince(now)) }
            guard let last, store.isNews(last, after: runs[job.kind.name]?.dueAt, now: now) else { continue }
            try await queue.database.transaction(as: .system) { transaction in
                guard try await store.claim(job.kind.name, due: last, now: now, in: transaction) else { return }
                // One that still runs, or waits, does this one's work too.
                try await queue.runPeriodic(job, in: transaction)
            }
        }
        return .seconds(max(pause, 0.01))
    }
}

extension JobQueue {
    /// Enqueues the job of a schedule now.
    @discardableResult
    func runPeriodic(_ job: PeriodicJob, in transaction: any Transaction) async throws -> JobID {
        let id = try await enqueue(job.kind, .init(), user: nil, uniqueKey: job.kind.name, in: transaction)
        try await PeriodicStore().note(id, of: job.kind.name, in: transaction)
        return id
    }
}
