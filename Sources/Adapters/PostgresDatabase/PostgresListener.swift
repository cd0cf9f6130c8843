import Concurrency
import Database
import Signals
import Synchronization
import Telemetry

/// The one connection of a process that hears notifications. It waits on a thread of its own, which nobody else uses.
actor PostgresListener {
    nonisolated let executor = ThreadExecutor(name: "postgres-signal")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let configuration: PostgresDatabase.Configuration
    private let signals: PostgresSignals
    private let logger: Logger
    private let warnings: PrivilegeWarning
    private nonisolated let interruption = Interruption()
    private nonisolated let isStopped = Atomic(false)

    init(configuration: PostgresDatabase.Configuration, signals: PostgresSignals, logger: Logger, warnings: PrivilegeWarning) {
        self.configuration = configuration
        self.signals = signals
        self.logger = logger
        self.warnings = warnings
    }

    /// Connects and listens until `stop`; then throws `CancellationError`.
    func listen(_ receive: @Sendable (SignalNews) -> Void) throws {
        let session = try PostgresSession.open(configuration, interruption: interruption, logger: logger, warnings: warnings)
        _ = try session.simple("LISTEN \(PostgresSignals.channel)")
        receive(.gap)
        while true {
            if isStopped.load(ordering: .acquiring) { throw CancellationError() }
            for payload in try session.notifications() {
                for signal in signals.signals(in: payload) { receive(.signal(signal)) }
            }
        }
    }

    /// From any thread, without blocking.
    nonisolated func stop() {
        isStopped.store(true, ordering: .releasing)
        interruption.raise()
    }
}
