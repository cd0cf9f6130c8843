import Database

/// Fails whoever touches it.
struct UnusedDatabase: Database {
    let dialect = Dialect.sqlite

    func transaction<Value: Sendable>(
        as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value { throw DatabaseFailure(.connection, "unused") }

    func read<Value: Sendable>(as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value) async throws -> Value {
        throw DatabaseFailure(.connection, "unused")
    }

    func listen(_ receive: @escaping @Sendable (SignalNews) -> Void) async throws {
        throw DatabaseFailure(.connection, "unused")
    }

    func check() async throws {}
    func close() async {}
}
