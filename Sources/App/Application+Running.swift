import Accounts
import Ambient
import Chat
import Database
import Events
import HTTPEngine
import Jobs
import Library
package import Lifecycle
import Telemetry

extension Application {
    /// What runs beside the HTTP server for these services.
    ///
    /// Jobs on the embedded database run in one process at a time: the one that holds the lock of the data folder. The other
    /// enqueues, and the holder hears of it by a signal; when the holder is gone the other takes its place.
    private func backgroundServices(for services: Set<ServiceName>) throws -> (services: [any Service], lock: ProcessLock?) {
        var running: [any Service] = [signals, EventRelay(database: database, bus: bus, logger: logger)]
        var lock: ProcessLock?
        if services.contains(.jobs) {
            if case .sqlite = configuration.storage.database {
                let path = data.path + "/jobs.lock"
                lock = try ProcessLock(path: path)
                if lock != nil {
                    running.append(worker(isAlone: true))
                } else {
                    logger.info("another process runs the jobs of this data folder")
                    running.append(
                        StandInWorker(lockPath: path, logger: logger) {
                            try await library.resume()
                            return worker(isAlone: true)
                        })
                }
            } else {
                running.append(worker(isAlone: false))
            }
        }
        if services.contains(.llm) || services.contains(.jobs) { running.append(LibraryKeeper(library, logger: logger)) }
        running.append(SessionWatch(accounts, logger: logger))
        if services.contains(.llm) {
            if lock == nil { generation.shareDatabase() }
            running.append(generation)
        }
        return (running, lock)
    }

    /// Serves these services until `shutdown`. `onListening` is told the port once clients may connect.
    package func serve(
        _ services: Set<ServiceName>, until shutdown: ShutdownSignal, onListening: (Int) -> Void
    ) async throws {
        let server: HTTPServer
        do {
            server = try self.server(for: services)
            onListening(try server.bind())
        } catch {
            await close()
            throw (error as? ListenFailure).map { StartFailure($0, remedy: "Set another: --host, --port.") } ?? error
        }
        try await run(services, server: server, until: shutdown)
    }

    /// Runs what belongs to the services, without a server, until `shutdown`.
    package func run(_ services: Set<ServiceName>, until shutdown: ShutdownSignal) async throws {
        try await run(services, server: nil, until: shutdown)
    }

    private func run(_ services: Set<ServiceName>, server: HTTPServer?, until shutdown: ShutdownSignal) async throws {
        let (background, lock) = try backgroundServices(for: services)
        try await accounts.readEndedSessions()
        if services.contains(.jobs) { _ = try await library.resume() }
        let all = background + (server.map { [$0] } ?? [])
        // Streams of events would hold the server's drain up.
        shutdown.onTrigger { [bus] in bus.close() }
        do {
            try await ServiceGroup(all, logger: logger).run(until: shutdown)
        } catch {
            await close()
            throw error
        }
        await close()
        withExtendedLifetime(lock) {}
    }

    package func close() async {
        bus.close()
        await database.close()
    }

    private func worker(isAlone: Bool) -> JobWorker {
        var worker = JobWorker.Configuration()
        worker.queues = ["default": configuration.storage.jobWorkers]
        worker.isAlone = isAlone
        return JobWorker(
            queue: jobs, configuration: worker, logger: logger, metrics: metrics, onUpdate: JobUpdate.publishing(to: bus))
    }
}
