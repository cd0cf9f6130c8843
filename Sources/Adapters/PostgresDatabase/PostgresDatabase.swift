import Concurrency
package import Database
import Failures
package import Signals
package import Telemetry

/// PostgreSQL >= 15 by URL: a pool of connections, each on a thread of its own.
///
/// The role should own the database and be no superuser: superusers and roles with BYPASSRLS pass by row-level security, and the log
/// says so. A connection pooler in between has to work in session mode, since prepared statements and settings live in the session.
package final class PostgresDatabase: Database {
    package struct Configuration: Sendable {
        /// `postgres://user:password@host:port/database?sslmode=require`, or any connection string of libpq.
        package var url: String
        /// These win over the URL.
        package var user: String?
        package var password: String?
        package var database: String?
        package var connections: Int = 10
        package var connectTimeout: Duration = .seconds(5)
        /// A statement that runs longer fails as unavailable.
        package var statementTimeout: Duration = .seconds(60)
        /// How long a transaction waits for a free connection before it fails as unavailable.
        package var waitLimit: Duration = .seconds(30)

        package init(url: String) { self.url = url }
    }

    package var dialect: Dialect { .postgres }
    let configuration: Configuration
    private let pool: ConnectionPool<PostgresConnection>
    package let signals: any SignalChannel

    package convenience init(url: String, logger: Logger = .silent) {
        self.init(configuration: Configuration(url: url), logger: logger)
    }

    /// - Parameter channel: what signals travel through; notifications of the server if nil.
    package init(configuration: Configuration, signals channel: (any SignalChannel)? = nil, logger: Logger = .silent) {
        let warnings = PrivilegeWarning(logger: logger)
        let signals = PostgresSignals()
        self.configuration = configuration
        pool = ConnectionPool(
            size: max(1, configuration.connections), attempts: 6, waitLimit: configuration.waitLimit,
            identity: DatabaseIdentity(), channel: channel
        ) { number in
            PostgresConnection(
                configuration: configuration, signals: signals, number: number, logger: logger, warnings: warnings)
        }
        self.signals =
            channel
            ?? PostgresSignalChannel(
                configuration: configuration, signals: signals, pool: pool, logger: logger, warnings: warnings)
    }

    @discardableResult
    package func transaction<Value: Sendable>(
        as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        try await pool.transaction(.write, as: actor, body)
    }

    @discardableResult
    package func read<Value: Sendable>(
        as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        try await pool.transaction(.read, as: actor, body)
    }

    /// Runs a statement outside any transaction, for what cannot run inside: `CREATE DATABASE`, `VACUUM`.
    package func administer(_ statement: SQL) async throws {
        try await pool.withConnection { try await $0.administer(statement).get() }
    }

    package var pools: [PoolUsage] { [pool.usage(named: "connections")] }

    package func check() async throws {
        try await read(as: .system) { _ = try await $0.query("SELECT 1") }
    }

    package func close() async { await pool.close() }
}
