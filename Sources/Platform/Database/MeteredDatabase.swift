package import Signals
package import Telemetry

/// A database whose transactions are counted, and whose connections can be seen, by OpenTelemetry's names for database clients.
package final class MeteredDatabase: Database {
    /// What is measured.
    package let base: any Database
    private let writes: LatencyMeter
    private let reads: LatencyMeter
    private let failedWrites: LatencyMeter
    private let failedReads: LatencyMeter

    package init(_ base: any Database, metrics: Metrics) {
        self.base = base
        let system = base.dialect == .postgres ? "postgresql" : "sqlite"
        func meter(_ operation: String, _ outcome: String) -> LatencyMeter {
            LatencyMeter(
                "db_client_operation_duration_seconds",
                [("db_operation_name", operation), ("db_system_name", system), ("outcome", outcome)],
                help: "Time of a transaction, with its wait for a connection.")
        }
        (writes, reads) = (meter("write", "done"), meter("read", "done"))
        (failedWrites, failedReads) = (meter("write", "failed"), meter("read", "failed"))
        let meters = [writes, reads, failedWrites, failedReads]
        metrics.onCollect { [weak self] metrics in
            for meter in meters { meter.drain(into: metrics) }
            for pool in self?.pools ?? [] {
                let name = ("db_client_connection_pool_name", pool.name)
                metrics.set(
                    "db_client_connections_usage", [name, ("state", "used")], to: Double(pool.used),
                    help: "Connections to the database, at work and at rest.")
                metrics.set("db_client_connections_usage", [name, ("state", "idle")], to: Double(pool.open - pool.used))
                metrics.set(
                    "db_client_connections_max", [name], to: Double(pool.size), help: "Connections that the pool may open.")
            }
        }
    }

    package var dialect: Dialect { base.dialect }
    package var signals: any SignalChannel { base.signals }
    package var pools: [PoolUsage] { base.pools }

    @discardableResult
    package func transaction<Value: Sendable>(
        as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        try await Self.measured(writes, failedWrites) { try await base.transaction(as: actor, body) }
    }

    @discardableResult
    package func read<Value: Sendable>(
        as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        try await Self.measured(reads, failedReads) { try await base.read(as: actor, body) }
    }

    private static func measured<Value: Sendable>(
        _ done: LatencyMeter, _ failed: LatencyMeter, _ work: () async throws -> Value
    ) async throws -> Value {
        let began = ContinuousClock.now
        do {
            let value = try await work()
            done.record(ContinuousClock.now - began)
            return value
        } catch {
            failed.record(ContinuousClock.now - began)
            throw error
        }
    }

    package func check() async throws { try await base.check() }
    package func close() async { await base.close() }
}

/// How much of a pool of connections is in use.
package struct PoolUsage: Sendable, Hashable {
    /// `writer`, `reader`, `connections`.
    package let name: String
    package let used: Int
    package let open: Int
    /// How many there may be.
    package let size: Int

    package init(name: String, used: Int, open: Int, size: Int) {
        (self.name, self.used, self.open, self.size) = (name, used, open, size)
    }
}
