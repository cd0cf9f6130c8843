import Concurrency
import CSQLite
package import Database
import Failures
import Glibc
package import Signals
package import Telemetry

/// The embedded database: one file, one writer and several readers beside it (write-ahead log).
///
/// Every connection has a thread of its own. Further processes may use the same file; they wait for each other's writes.
package final class SQLiteDatabase: Database {
    /// What an acknowledged write survives.
    package enum Durability: Sendable {
        /// The death of the program at any moment (SIGKILL included): the log is written before the commit returns, and synced to the
        /// disk at checkpoints. A power cut may take the last transactions, never the file's integrity.
        case processDeath
        /// A power cut too: each commit waits for the disk.
        case powerLoss
    }

    package struct Configuration: Sendable {
        package var durability: Durability = .processDeath
        /// Connections that read beside the writer.
        package var readers: Int = 4
        /// How long to wait for another process's write.
        package var busyTimeout: Duration = .seconds(5)
        /// How long a transaction waits for its turn before it fails as unavailable.
        package var waitLimit: Duration = .seconds(30)
        /// How often to look whether another process has signalled; such a look takes microseconds.
        package var signalInterval: Duration = .milliseconds(100)
        /// Whether a `SQLiteChangeLog` moves the log into the file. It is then left to that, up to a size that it never gets to while somebody
        /// does.
        package var isLogKept = false

        package init() {}
    }

    package var dialect: Dialect { .sqlite }
    package let path: String
    private let writer: ConnectionPool<SQLiteConnection>
    private let readers: ConnectionPool<SQLiteConnection>
    package let signals: any SignalChannel
    private let logger: Logger

    /// Prepares the database at `path`, which is made at the first use, readable by its owner alone. Its folder must exist.
    ///
    /// - Parameter channel: what signals travel through; a table of the database if nil.
    package init(
        path: String, configuration: Configuration = Configuration(), signals channel: (any SignalChannel)? = nil,
        logger: Logger = .silent
    ) {
        self.path = path
        self.logger = logger
        let audience = SQLiteAudience(of: path)
        let signals = SQLiteSignals(audience: audience)
        let identity = DatabaseIdentity()
        func pool(_ size: Int, _ role: SQLiteConnection.Role) -> ConnectionPool<SQLiteConnection> {
            ConnectionPool(
                size: size, attempts: 4, waitLimit: configuration.waitLimit, identity: identity, channel: channel
            ) { number in
                SQLiteConnection(path: path, role: role, number: number, configuration: configuration, signals: signals)
            }
        }
        writer = pool(1, .writer)
        readers = pool(max(1, configuration.readers), .reader)
        self.signals =
            channel
            ?? SQLiteSignalChannel(
                path: path, configuration: configuration, audience: audience, signals: signals, writer: writer, logger: logger)
    }

    @discardableResult
    package func transaction<Value: Sendable>(
        as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        try await writer.transaction(.write, as: actor, body)
    }

    @discardableResult
    package func read<Value: Sendable>(
        as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        try await readers.transaction(.read, as: actor, body)
    }

    package var pools: [PoolUsage] { [writer.usage(named: "writer"), readers.usage(named: "readers")] }

    package func check() async throws {
        try await read(as: .system) { _ = try await $0.query("SELECT count(*) FROM sqlite_schema") }
    }

    package func close() async {
        await readers.close()
        await writer.close()
        logger.debug("database closed", ["path": path])
    }
}
