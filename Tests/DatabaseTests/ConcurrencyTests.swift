import Ambient
import Concurrency
import Database
import DatabaseTesting
import Failures
import FoundationEssentials
import PostgresDatabase
import SQLiteDatabase
import Testing

@Suite(.timeLimit(.minutes(3)))
struct ConcurrencyTests {
    @Test("Fifty writers lose nothing", arguments: Dialect.allCases)
    func writers(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            try await database.transaction(as: .system) {
                try await $0.execute("INSERT INTO counters (name, value) VALUES ('a', 0)")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        for _ in 0..<10 {
                            try await database.transaction(as: .system) { transaction in
                                let row = try await transaction.first(
                                    "SELECT value FROM counters WHERE name = 'a'\(transaction.dialect.forUpdate)")
                                let value = try #require(row).get("value", as: Int.self)
                                try await transaction.execute("UPDATE counters SET value = \(value + 1) WHERE name = 'a'")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let row = try await database.read(as: .system) { try await $0.first("SELECT value FROM counters") }
            #expect(try row?.get("value") == 500)
        }
    }

    @Test("Two processes' worth of connections write side by side", arguments: Dialect.allCases)
    func twoProcesses(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: Fixture.migrations) { first, second in
            try await first.transaction(as: .system) {
                try await $0.execute("INSERT INTO counters (name, value) VALUES ('a', 0)")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for database in [first, second] {
                    group.addTask {
                        for _ in 0..<50 {
                            try await database.transaction(as: .system) {
                                try await $0.execute("UPDATE counters SET value = value + 1")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let row = try await second.read(as: .system) { try await $0.first("SELECT value FROM counters") }
            #expect(try row?.get("value") == 100)
        }
    }

    @Test("A read goes on beside a long write, and sees one snapshot", arguments: Dialect.allCases)
    func readDuringWrite(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            try await database.transaction(as: .system) { transaction in
                try await transaction.execute("INSERT INTO counters (name, value) VALUES ('a', 1)")
            }
            try await database.read(as: .system) { reader in
                #expect(try await reader.first("SELECT value FROM counters")?.get("value") == 1)
                // Awaited at once; detached so that it is no transaction within this one.
                _ = try await Task.detached {
                    try await database.transaction(as: .system) { try await $0.execute("UPDATE counters SET value = 2") }
                }.value
                #expect(try await reader.first("SELECT value FROM counters")?.get("value") == 1)
            }
            try await database.transaction(as: .system) { writer in
                try await writer.execute("UPDATE counters SET value = 3")
                let seen = try await Task.detached {
                    try await database.read(as: .system) {
                        try await $0.first("SELECT value FROM counters")?.get("value", as: Int.self)
                    }
                }.value
                #expect(seen == 2)
            }
        }
    }

    @Test("Cancelling stops the statement in hand and rolls back", arguments: Dialect.allCases)
    func cancelsStatement(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                try await database.transaction(as: .system) { transaction in
                    try await transaction.execute("INSERT INTO counters (name, value) VALUES ('a', 1)")
                    start.yield()
                    // Minutes of work.
                    _ = try await transaction.query(
                        """
                        WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < 3000000000)
                        SELECT count(*) FROM n
                        """)
                }
            }
            for await _ in started { break }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            let count = try await database.read(as: .system) { try await $0.query("SELECT * FROM counters").count }
            #expect(count == 0)
            // The connection goes on.
            try await database.transaction(as: .system) {
                try await $0.execute("INSERT INTO counters (name, value) VALUES ('a', 1)")
            }
        }
    }

    @Test("A cancellation at any moment around a long statement stops it", arguments: Dialect.allCases)
    func cancelsAtAnyMoment(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations, connections: 4) { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for moment in 0..<60 {
                    group.addTask {
                        let task = Task {
                            try await database.read(as: .system) { transaction in
                                _ = try await transaction.query(
                                    """
                                    WITH RECURSIVE n(i) AS (SELECT CAST(1 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < 3000000000)
                                    SELECT count(*) FROM n
                                    """)
                            }
                        }
                        // The moment is what is tested, so this is no waiting for something.
                        try await Task.sleep(for: .microseconds(moment * 100))
                        task.cancel()
                        await #expect(throws: CancellationError.self) { try await task.value }
                    }
                }
                try await group.waitForAll()
            }
            try await database.check()
        }
    }

    @Test("A task cancelled while it waits for a connection leaves the line", arguments: Dialect.allCases)
    func cancelsWaiting(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations, connections: 1) { database in
            let ran = Flag()
            try await database.transaction(as: .system) { _ in
                let waiter = Task.detached {
                    try await database.transaction(as: .system) { _ in ran.set() }
                }
                waiter.cancel()
                await #expect(throws: CancellationError.self) { try await waiter.value }
            }
            #expect(!ran.isSet)
            try await database.check()
        }
    }

    @Test(
        "A storm of cancellations loses no connection, and keeps what was committed and nothing else", arguments: Dialect.allCases)
    func cancellationStorm(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations, connections: 3) { database in
            try await database.transaction(as: .system) {
                try await $0.execute("INSERT INTO counters (name, value) VALUES ('a', 0)")
            }
            let tasks = (0..<200).map { number in
                // Awaited below.
                Task {
                    try await database.transaction(as: .system) { transaction in
                        try await transaction.execute("UPDATE counters SET value = value + 1 WHERE name = \("a")")
                        if number % 3 == 0 { _ = try await transaction.query("SELECT count(*) FROM counters") }
                    }
                }
            }
            var committed = 0
            for (number, task) in tasks.enumerated() {
                if number % 2 == 0 { task.cancel() }
                if number % 5 == 0 { await Task.yield() }
            }
            for task in tasks {
                switch await task.result {
                case .success: committed += 1
                case .failure(let error): #expect(error is CancellationError)
                }
            }
            #expect(committed >= 100)
            let value = try await database.read(as: .system) {
                try await $0.first("SELECT value FROM counters")?.get("value", as: Int.self)
            }
            #expect(value == committed)
        }
    }

    @Test("Closing waits for what is in hand and refuses what comes later", arguments: Dialect.allCases)
    func closes(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Fixture.migrations) { database in
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            let (released, release) = AsyncStream.makeStream(of: Void.self)
            let work = Task {
                try await database.transaction(as: .system) { transaction in
                    start.yield()
                    for await _ in released { break }
                    return try await transaction.execute("INSERT INTO counters (name, value) VALUES ('a', 1)")
                }
            }
            for await _ in started { break }
            let closing = Task { await database.close() }
            release.yield()
            let changed = try await work.value
            #expect(changed == 1)
            await closing.value
            let failure = await #expect(throws: DatabaseFailure.self) { try await database.check() }
            #expect(failure?.code == .unavailable)
        }
    }

    @Test("Work goes on after the server was restarted; while it is down the failure says so")
    func serverRestart() async throws {
        let server = try await PostgresServer.start()
        defer { server.end() }
        let database = PostgresDatabase(url: server.adminURL)
        try await database.transaction(as: .system) { transaction in
            try await transaction.execute("CREATE TABLE t (n bigint)")
            try await transaction.execute("INSERT INTO t VALUES (\(1))")
        }
        try await server.crash()
        let failure = await #expect(throws: DatabaseFailure.self) { try await database.check() }
        #expect(failure?.kind == .connection)
        try await server.restart()
        let changed = try await database.transaction(as: .system) { try await $0.execute("UPDATE t SET n = n + \(1)") }
        #expect(changed <= 1)
        await database.close()
    }

    @Test("A statement over the time limit fails as unavailable (PostgreSQL; SQLite has no such limit)")
    func statementTimeout() async throws {
        let server = try await PostgresServer.start()
        defer { server.end() }
        var configuration = PostgresDatabase.Configuration(url: server.adminURL)
        configuration.statementTimeout = .seconds(5)
        let database = PostgresDatabase(configuration: configuration)
        let failure = await #expect(throws: DatabaseFailure.self) {
            try await database.read(as: .system) { _ = try await $0.query("SELECT pg_sleep(60)") }
        }
        #expect(failure?.kind == .timeout)
        @Sendable func limit(_ transaction: any Transaction) async throws -> String? {
            try await transaction.first("SHOW statement_timeout")?.get("statement_timeout")
        }
        let without = try await database.transaction(as: .system) { transaction in
            try await transaction.withoutTimeLimit()
            return try await limit(transaction)
        }
        let after = try await database.transaction(as: .system) { try await limit($0) }
        #expect(without == "0" && after == "5s")
        await database.close()
    }

    @Test("What may take long may be said on either database", arguments: Dialect.allCases)
    func withoutTimeLimit(_ dialect: Dialect) async throws {
        try await withDatabase(dialect) { database in
            let row = try await database.transaction(as: .system) { transaction in
                try await transaction.withoutTimeLimit()
                return try await transaction.first("SELECT 7 AS n")
            }
            #expect(try row?.get("n") == 7)
        }
    }
}
