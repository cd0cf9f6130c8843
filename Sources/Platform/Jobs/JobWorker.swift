import Ambient
import Concurrency
import Database
import Failures
import FoundationEssentials
package import Lifecycle
import Synchronization
package import Telemetry

/// Runs the jobs of the queue: claims what is due, renews leases while handlers work, writes how they ended.
///
/// A job belongs to a worker for the length of its lease. If the process dies, in whatever way, the lease runs out (or, where the
/// process is known to be alone, is void at the next start) and the job is tried again.
package final class JobWorker: Service {
    package struct Configuration: Sendable {
        /// How many jobs run at once, by queue. Queues that are not named are not worked on.
        package var queues: [String: Int] = ["default": 4]
        /// How long a job belongs to this worker after it was last heard of.
        package var lease: Duration = .seconds(15)
        /// How often leases are renewed, and cancellations noticed that no signal told of.
        package var heartbeat: Duration = .seconds(5)
        /// How often to look for work that nobody rang for: retries that are due, expired leases.
        package var pollInterval: Duration = .seconds(1)
        /// How long running jobs may go on after the stop signal; after that they are cancelled and handed back.
        package var grace: Duration = .seconds(10)
        /// This process is known to be the only worker on the database (it holds the lock of the data folder), so every lease that
        /// it finds at its start is void.
        package var isAlone = false
        /// How many jobs of a kind may run at once in all processes together, where that is another number than the kind's own.
        package var limits: [String: Int] = [:]
        package init() {}
    }

    package var name: String { "jobs" }

    let queue: JobQueue
    let store: JobStore
    let successes: SuccessBatch
    let configuration: Configuration
    let logger: Logger
    let metrics: Metrics?
    let tracer: Tracer
    let random: @Sendable () -> Double
    let onUpdate: @Sendable (JobUpdate) -> Void
    let running = Mutex<[JobID: JobContext]>([:])
    /// Claimed and not yet given back, by queue.
    let busy = Mutex<[String: Int]>([:])

    /// - Parameters:
    ///   - random: from 0 to 1, for the jitter of retries.
    ///   - onUpdate: told of each change of a job's state and of its progress, at once; what the bus makes `job.progress` of.
    package init(
        queue: JobQueue, configuration: Configuration = Configuration(), logger: Logger = .silent, metrics: Metrics? = nil,
        tracer: Tracer = .silent,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
        onUpdate: @escaping @Sendable (JobUpdate) -> Void = { _ in }
    ) {
        self.queue = queue
        self.configuration = configuration
        self.logger = logger.labelled("jobs")
        self.metrics = metrics
        self.tracer = tracer
        self.random = random
        self.onUpdate = onUpdate
        store = JobStore(
            database: queue.database, handlers: queue.handlers, ambient: queue.ambient, clock: queue.clock,
            worker: queue.ambient.newUUID().uuidString.lowercased(), logger: logger.labelled("jobs"), limits: configuration.limits)
        successes = SuccessBatch(store: store)
    }

    package func run(until shutdown: ShutdownSignal) async throws {
        shutdown.onTrigger { [bell = queue.bell] in bell.ring() }
        if configuration.isAlone { await attempt { _ = try await $0.store.reclaim(all: true) } }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.repeating(every: self.configuration.heartbeat) { try await $0.beat() } }
            group.addTask { await self.watchCancellations() }
            await claimAndRun(until: shutdown)
            group.cancelAll()
        }
    }

    /// Runs everything that is due, until nothing is, and returns how many attempts that took. For tests and one-off commands.
    @discardableResult
    package func drain() async throws -> Int {
        var count = 0
        while true {
            _ = try await reclaim()
            let jobs = try await claim()
            if jobs.isEmpty { return count }
            count += jobs.count
            await withDiscardingTaskGroup { group in
                for job in jobs { group.addTask { await self.run(job) } }
            }
        }
    }

    /// Takes as many due jobs as there are free places. Whoever takes them must `run` them.
    ///
    /// None once `shutdown` came: it is looked at after the places are counted, so a place that the stop itself made free is not filled.
    ///
    /// - Parameter names: only of these queues; of all if nil.
    package func claim(from names: Set<String>? = nil, unless shutdown: ShutdownSignal? = nil) async throws -> [Job] {
        var claimed: [Job] = []
        for (queue, places) in configuration.queues.sorted(by: { $0.key < $1.key }) where names?.contains(queue) ?? true {
            let free = places - busy.withLock { $0[queue, default: 0] }
            if shutdown?.isTriggered == true { break }
            let jobs: [Job]
            do {
                jobs = try await store.claim(queue: queue, limit: free, lease: configuration.lease)
            } catch  where !claimed.isEmpty {
                // Those of the queues before are ours already: nobody else would run them.
                logger.failure("jobs of a queue cannot be claimed", error, ["queue": queue])
                break
            }
            busy.withLock { $0[queue, default: 0] += jobs.count }
            claimed += jobs
        }
        return claimed
    }

    private func reclaim() async throws -> Int {
        try await store.reclaim(all: false, inHand: running.withLock { Array($0.keys) })
    }

    /// Renews the leases of what runs; stops what was cancelled elsewhere or is not ours any more.
    package func beat() async throws {
        let ids = running.withLock { Array($0.keys) }
        guard !ids.isEmpty else { return }
        let ours = try await store.renew(ids, lease: configuration.lease)
        for id in ids {
            // One that ended while we asked is gone from the list.
            guard let context = running.withLock({ $0[id] }) else { continue }
            switch ours[id] {
            case .some(true): context.stop(.cancelled)
            case .some(false): break
            case nil: if try await !store.hasSucceeded(context) { context.stop(.leaseLost) }
            }
        }
    }

    private func watchCancellations() async {
        while !Task.isCancelled {
            await queue.bell.cancelled.wait()
            await attempt { try await $0.beat() }
        }
    }

    private func claimAndRun(until shutdown: ShutdownSignal) async {
        await withDiscardingTaskGroup { jobs in
            var looked = ContinuousClock.now - configuration.pollInterval
            while !shutdown.isTriggered, !Task.isCancelled {
                let rings = queue.bell.rings
                // What nobody rang for, retries that are due and leases that ran out, is looked for now and then.
                let isDue = ContinuousClock.now - looked >= configuration.pollInterval
                let rung = queue.bell.takeRung()
                if isDue { looked = .now }
                var found = 0
                await attempt { worker in
                    if isDue { _ = try await worker.reclaim() }
                    let claimed = try await worker.claim(from: isDue ? nil : rung, unless: shutdown)
                    found = claimed.count
                    for job in claimed { jobs.addTask { await worker.run(job) } }
                }
                // The end of a job rings too, so a full house waits here for a free place.
                if found == 0 { await queue.bell.wait(after: rings, atMost: configuration.pollInterval) }
            }
            let end = ContinuousClock.now + configuration.grace
            while !running.withLock({ $0.isEmpty }), ContinuousClock.now < end, !Task.isCancelled {
                let rings = queue.bell.rings
                if running.withLock({ $0.isEmpty }) { break }
                await queue.bell.wait(after: rings, atMost: end - ContinuousClock.now)
            }
            for context in running.withLock({ Array($0.values) }) { context.stop(.shutdown) }
        }
    }

    private func repeating(every interval: Duration, _ body: @Sendable (JobWorker) async throws -> Void) async {
        while (try? await Task.sleep(for: interval)) != nil { await attempt(body) }
    }

    /// A database that is away must not end the worker: it tries again at the next turn.
    private func attempt(_ body: (JobWorker) async throws -> Void) async {
        do {
            try await body(self)
        } catch {
            if !(error is CancellationError) { logger.failure("jobs cannot be looked after", error) }
        }
    }
}
