import Lifecycle
import Telemetry

/// Runs the jobs of an embedded database once the process that runs them is gone: a second server then takes over, and one that was
/// started beside an `lm import` begins where that ends.
struct StandInWorker: Service {
    let name = "jobs"
    let lockPath: String
    /// How often to see whether the other is gone.
    var interval: Duration = .seconds(2)
    let logger: Logger
    /// Called when the lock is ours.
    let prepare: @Sendable () async throws -> [any Service]

    func run(until shutdown: ShutdownSignal) async throws {
        while !shutdown.isTriggered {
            if let lock = try ProcessLock(path: lockPath) {
                logger.notice("this process runs the jobs of the data folder from now on")
                try await ServiceGroup(try await prepare(), logger: logger).run(until: shutdown)
                return withExtendedLifetime(lock) {}
            }
            await shutdown.wait(atMost: interval)
        }
    }
}
