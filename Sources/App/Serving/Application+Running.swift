import Assembly
import Database
import Events
import HTTPEngine
import Jobs
package import Lifecycle
import Settings
import Telemetry

extension Application {
    /// Serves until `shutdown`. `onListening` is told the port once clients may connect.
    package func serve(until shutdown: ShutdownSignal, onListening: (Int) -> Void) async throws {
        let server: HTTPServer
        do {
            server = try self.server()
            onListening(try server.bind())
        } catch {
            await close()
            throw (error as? ListenFailure).map { StartFailure($0, remedy: "Set another: --host, --port.") } ?? error
        }
        try await run(server: server, until: shutdown)
    }

    /// Runs what belongs to the services, without a server, until `shutdown`.
    package func run(until shutdown: ShutdownSignal) async throws { try await run(server: nil, until: shutdown) }

    private func run(server: HTTPServer?, until shutdown: ShutdownSignal) async throws {
        let (background, lock) = try backgroundServices()
        for feature in features { try await feature.parts.beforeServing?() }
        if services.contains(.jobs) { try await prepareJobs() }
        // Streams of events would hold the server's drain up.
        shutdown.onTrigger { [bus = ground.bus] in bus.close() }
        do {
            try await ServiceGroup(background + (server.map { [$0] } ?? []), logger: logger).run(until: shutdown)
        } catch {
            await close()
            throw error
        }
        await close()
        withExtendedLifetime(lock) {}
    }

    /// What runs beside the HTTP server.
    ///
    /// Jobs on the embedded database run in one process at a time: the one that holds the lock of the data folder. The other
    /// enqueues, and the holder hears of it by a signal; when the holder is gone the other takes its place.
    private func backgroundServices() throws -> (services: [any Service], lock: ProcessLock?) {
        var running: [any Service] =
            [ground.signals] + (keyWatch.map { [$0] } ?? []) + features.flatMap(\.parts.everywhere) + tracing.services
            + served.flatMap(\.parts.services)
        var lock: ProcessLock?
        if services.contains(.jobs) {
            if case .sqlite = configuration.storage.database {
                let path = data.path + "/jobs.lock"
                lock = try ProcessLock(path: path)
                if lock != nil {
                    running += try jobServices(isAlone: true)
                } else {
                    logger.info("another process runs the jobs of this data folder")
                    running.append(
                        StandInWorker(lockPath: path, logger: logger) {
                            try await prepareJobs()
                            return try jobServices(isAlone: true)
                        })
                }
            } else {
                running += try jobServices(isAlone: false)
            }
        }
        if lock == nil { for feature in features { feature.parts.whenShared?() } }
        return (running, lock)
    }

    private func prepareJobs() async throws { for feature in features { try await feature.parts.beforeJobs?() } }

    private func jobServices(isAlone: Bool) throws -> [any Service] {
        var worker = JobWorker.Configuration()
        worker.queues = try catalogue.queues(in: configuration.source)
        worker.isAlone = isAlone
        worker.limits = try configuration.source.value(JobsFeature.limits)
        for kind in worker.limits.keys.sorted() where !handlers.handles(kind) {
            logger.warning("a limit is set for jobs that there are none of", ["setting": JobsFeature.limits.name, "kind": kind])
        }
        return [
            JobWorker(
                queue: ground.jobs, configuration: worker, logger: logger, metrics: metrics, tracer: tracing.tracer,
                onUpdate: JobUpdate.publishing(to: ground.bus)),
            MeasureSampler(catalogue.measures, database: database, metrics: metrics, logger: logger),
            PeriodicSchedule(queue: ground.jobs, logger: logger),
        ] + features.flatMap(\.parts.besideJobs)
    }
}
