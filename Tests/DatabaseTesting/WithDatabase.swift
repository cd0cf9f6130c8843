import Concurrency
package import Database
import FoundationEssentials
import Glibc
import PostgresDatabase
import SQLiteDatabase
package import Telemetry

/// Tests of one process use at most this many databases at once, so that a large suite does not exhaust the server's connections.
private let places = AsyncSemaphore(16)

/// Gives `body` a fresh database with the migrations applied, and removes it afterwards: an SQLite file, or a database on a real
/// PostgreSQL 15 that starts with the first test that needs it. `LM_TEST_POSTGRES_URL` names a server to use instead; its role must
/// be allowed to create databases and roles.
///
/// ```swift
/// @Test(arguments: Dialect.allCases) func storesQuizzes(_ dialect: Dialect) async throws {
///     try await withDatabase(dialect, migrations: QuizMigrations.all) { database in … }
/// }
/// ```
/// - Parameter connections: of the pool (PostgreSQL) or for reading (SQLite).
@discardableResult
package func withDatabase<Value: Sendable>(
    _ dialect: Dialect, migrations: [Migration] = [], connections: Int = 6, logger: Logger = .silent,
    _ body: (any Database) async throws -> Value
) async throws -> Value {
    try await places.withPermit {
        switch dialect {
        case .sqlite:
            return try await withTemporaryFolder { folder in
                var configuration = SQLiteDatabase.Configuration()
                configuration.readers = connections
                let database = SQLiteDatabase(path: folder + "/test.sqlite", configuration: configuration, logger: logger)
                return try await closing(database) {
                    try await Migrator(database: database).apply(migrations)
                    return try await body(database)
                }
            }
        case .postgres:
            let configuration = try await PostgresFixture.shared.make(migrations, connections: connections)
            let database = PostgresDatabase(configuration: configuration, logger: logger)
            let result: Result<Value, any Error>
            do { result = .success(try await closing(database) { try await body(database) }) } catch { result = .failure(error) }
            try await PostgresFixture.shared.drop(configuration)
            return try result.get()
        }
    }
}

/// Gives `body` the address of a fresh, empty database, for what opens its own: `sqlite:` and a file's path, or `postgresql://` with a
/// role that is no superuser.
@discardableResult
package func withDatabaseURL<Value: Sendable>(_ dialect: Dialect, _ body: (String) async throws -> Value) async throws -> Value {
    try await places.withPermit {
        switch dialect {
        case .sqlite: return try await withTemporaryFolder { try await body("sqlite:\($0)/test.sqlite") }
        case .postgres:
            let configuration = try await PostgresFixture.shared.make([], connections: 1)
            let result: Result<Value, any Error>
            do { result = .success(try await body(PostgresFixture.address(of: configuration))) } catch { result = .failure(error) }
            try await PostgresFixture.shared.drop(configuration)
            return try result.get()
        }
    }
}

/// A second, independent connection to the same database, as another process would have.
@discardableResult
package func withSecondDatabase<Value: Sendable>(
    _ dialect: Dialect, migrations: [Migration] = [], _ body: (any Database, any Database) async throws -> Value
) async throws -> Value {
    switch dialect {
    case .sqlite:
        return try await withTemporaryFolder { folder in
            let first = SQLiteDatabase(path: folder + "/test.sqlite")
            let second = SQLiteDatabase(path: folder + "/test.sqlite")
            return try await closing(first) {
                try await closing(second) {
                    try await Migrator(database: first).apply(migrations)
                    return try await body(first, second)
                }
            }
        }
    case .postgres:
        let configuration = try await PostgresFixture.shared.make(migrations, connections: 4)
        let (first, second) = (PostgresDatabase(configuration: configuration), PostgresDatabase(configuration: configuration))
        let result: Result<Value, any Error>
        do {
            result = .success(try await closing(first) { try await closing(second) { try await body(first, second) } })
        } catch { result = .failure(error) }
        try await PostgresFixture.shared.drop(configuration)
        return try result.get()
    }
}

/// Gives `body` an empty folder and removes it afterwards.
@discardableResult
package func withTemporaryFolder<Value: Sendable>(_ body: (String) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.path + "/lm-test-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

private func closing<Value: Sendable>(_ database: any Database, _ body: () async throws -> Value) async throws -> Value {
    let result: Result<Value, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    await database.close()
    return try result.get()
}
