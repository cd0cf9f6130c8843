import Database
import Signals

/// Fails whoever touches it.
struct UnusedDatabase: Database {
    let dialect = Dialect.sqlite
    var signals: any SignalChannel { Channel() }

    private struct Channel: SignalChannel {
        func listen(_ receive: @escaping @Sendable (SignalNews) -> Void) async throws {
            throw DatabaseFailure(.connection, "unused")
        }
        func send(_ signals: [Signal]) async {}
    }

    func transaction<Value: Sendable>(
        as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value { throw DatabaseFailure(.connection, "unused") }

    func read<Value: Sendable>(as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value) async throws -> Value {
        throw DatabaseFailure(.connection, "unused")
    }

    func check() async throws {}
    func close() async {}
}
