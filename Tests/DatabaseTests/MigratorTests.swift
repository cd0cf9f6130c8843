import Database
import DatabaseTesting
import Failures
import Testing

@Suite(.timeLimit(.minutes(3)))
struct MigratorTests {
    static let first = Migration("library", 1, "shelves", ["CREATE TABLE shelves (id uuid PRIMARY KEY)"], schema: .content)
    static let second = Migration(
        "library", 2, "labels", ["ALTER TABLE shelves ADD COLUMN label text NOT NULL DEFAULT ''"], schema: .content)

    @Test("Applying twice changes nothing the second time", arguments: Dialect.allCases)
    func idempotent(_ dialect: Dialect) async throws {
        try await withDatabase(dialect) { database in
            let migrator = Migrator(database: database)
            let first = try await migrator.apply([Self.first])
            let pending = try await migrator.pending([Self.first, Self.second])
            let second = try await migrator.apply([Self.first, Self.second])
            let third = try await migrator.apply([Self.first, Self.second])
            #expect([first, pending, second, third].map { $0.map(\.number) } == [[1], [2], [2], []])
        }
    }

    @Test("Two programs that start at once apply each migration once", arguments: Dialect.allCases)
    func concurrent(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect) { first, second in
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for database in [first, second, first, second] {
                    group.addTask { try await Migrator(database: database).apply([Self.first, Self.second]).count }
                }
                return try await group.reduce(0, +)
            }
            #expect(counts == 2)
        }
    }

    @Test("A database newer than the program is refused, and the message says what to do", arguments: Dialect.allCases)
    func newer(_ dialect: Dialect) async throws {
        try await withDatabase(dialect) { database in
            try await Migrator(database: database).apply([Self.first, Self.second])
            let failure = await #expect(throws: MigrationFailure.self) {
                try await Migrator(database: database).apply([Self.first])
            }
            #expect(failure?.message.contains("newer version") == true)
        }
    }

    @Test("A migration that changed after it was applied is refused; new layout is no change", arguments: Dialect.allCases)
    func changed(_ dialect: Dialect) async throws {
        try await withDatabase(dialect) { database in
            try await Migrator(database: database).apply([Self.first])
            let spread = Migration("library", 1, "shelves", ["CREATE TABLE shelves\n    (id uuid   PRIMARY KEY)"])
            try await Migrator(database: database).apply([spread])
            let other = Migration("library", 1, "shelves", ["CREATE TABLE shelves (id uuid PRIMARY KEY, n bigint)"])
            await #expect(throws: MigrationFailure.self) { try await Migrator(database: database).apply([other]) }
        }
    }

    @Test("A migration that fails leaves nothing behind", arguments: Dialect.allCases)
    func fails(_ dialect: Dialect) async throws {
        try await withDatabase(dialect) { database in
            let broken = Migration("library", 2, "broken", ["CREATE TABLE boxes (id uuid PRIMARY KEY)", "CREATE NONSENSE"])
            await #expect(throws: MigrationFailure.self) {
                try await Migrator(database: database).apply([Self.first, broken])
            }
            let applied = try await Migrator(database: database).apply([Self.first, Self.second])
            #expect(applied.map(\.number) == [2])
            await #expect(throws: DatabaseFailure.self) {
                try await database.read(as: .system) { _ = try await $0.query("SELECT * FROM boxes") }
            }
        }
    }

    @Test("Numbers with a gap are refused", arguments: Dialect.allCases)
    func gap(_ dialect: Dialect) async throws {
        try await withDatabase(dialect) { database in
            await #expect(throws: MigrationFailure.self) { try await Migrator(database: database).apply([Self.second]) }
        }
    }

    @Test("On PostgreSQL a feature's tables land in its schema, again after a restart (SQLite has no schemas)")
    func schemas() async throws {
        try await withDatabase(.postgres) { database in
            try await Migrator(database: database).apply([Self.first])
            try await Migrator(database: database).apply([Self.first, Self.second])
            let rows = try await database.read(as: .system) {
                try await $0.query(
                    "SELECT schemaname FROM pg_tables WHERE tablename IN ('shelves', 'schema_migrations') ORDER BY tablename")
            }
            #expect(try rows.map { try $0.get("schemaname", as: String.self) } == ["public", "content"])
        }
    }
}
