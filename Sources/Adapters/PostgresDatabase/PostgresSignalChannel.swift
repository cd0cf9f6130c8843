import Concurrency
import Database
import Signals
import Telemetry

/// The channel that a PostgreSQL database is for the processes that share it: its notifications.
struct PostgresSignalChannel: SignalChannel {
    let configuration: PostgresDatabase.Configuration
    let signals: PostgresSignals
    let pool: ConnectionPool<PostgresConnection>
    let logger: Logger
    let warnings: PrivilegeWarning

    func listen(_ receive: @escaping @Sendable (SignalNews) -> Void) async throws {
        let listener = PostgresListener(configuration: configuration, signals: signals, logger: logger, warnings: warnings)
        defer { listener.executor.retire() }
        try await withTaskCancellationHandler {
            try await listener.listen(receive)
        } onCancel: {
            listener.stop()
        }
    }

    func send(_ signals: [Signal]) async {
        do {
            try await pool.withConnection { await $0.tell(signals) }
        } catch {
            logger.failure("other processes cannot be told of a change", error)
        }
    }
}
