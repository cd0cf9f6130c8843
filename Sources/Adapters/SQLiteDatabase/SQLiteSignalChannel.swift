import Concurrency
import Database
import Signals
import Telemetry

/// The channel that one SQLite file is for the processes that share it: see `SQLiteSignals`.
struct SQLiteSignalChannel: SignalChannel {
    let path: String
    let configuration: SQLiteDatabase.Configuration
    let audience: SQLiteAudience
    let signals: SQLiteSignals
    let writer: ConnectionPool<SQLiteConnection>
    let logger: Logger

    var mayBeHeard: Bool { audience.mayBeThere }

    func listen(_ receive: @escaping @Sendable (SignalNews) -> Void) async throws {
        try audience.join()
        defer { audience.leave() }
        // Waits for a transaction that may have ended its work without knowing of us; makes the table where nobody has written yet.
        try await writer.transaction(.write, as: .system) { _ in }
        let connection = SQLiteConnection(
            path: path, role: .reader, number: configuration.readers, configuration: configuration, signals: signals)
        let result: Result<Void, any Error>
        do {
            result = .success(try await signals.listen(on: connection, every: configuration.signalInterval, receive))
        } catch { result = .failure(error) }
        await connection.close()
        connection.executor.retire()
        try result.get()
    }

    func send(_ signals: [Signal]) async {
        guard mayBeHeard else { return }
        do {
            try await writer.transaction(.write, as: .system) { transaction in
                for signal in signals { transaction.signal(signal) }
            }
        } catch {
            logger.failure("other processes cannot be told of a change", error)
        }
    }
}
