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

    @Test("What SQL cannot say is done once, with the statements or not at all", arguments: Dialect.allCases)
    func step(_ dialect: Dialect) async throws {
        struct Broken: Error {}
        func labels(_ fails: Bool) -> Migration {
            Migration(
                "library", 2, "labels", ["ALTER TABLE shelves ADD COLUMN label text NOT NULL DEFAULT ''"], schema: .content,
                step: { transaction in
                    for row in try await transaction.query("SELECT id FROM shelves") {
                        let id: String = try row.get("id")
                        try await transaction.execute(
                            "UPDATE shelves SET label = label || \("é".uppercased()) WHERE id = \(id)")
                    }
                    if fails { throw Broken() }
                })
        }
        try await withDatabase(dialect) { database in
            let migrator = Migrator(database: database)
            try await migrator.apply([Self.first])
            try await database.transaction(as: .system) {
                try await $0.execute("INSERT INTO shelves (id) VALUES ('0192f0c1-2345-7abc-8def-0123456789ab')")
            }
            await #expect(throws: Broken.self) { try await migrator.apply([Self.first, labels(true)]) }
            #expect(try await migrator.pending([Self.first, labels(false)]).map(\.number) == [2])
            for _ in 1...2 { try await migrator.apply([Self.first, labels(false)]) }
            let label = try await database.read(as: .system) { try await $0.first("SELECT label FROM shelves") }
            #expect(try label?.get("label") == "É")
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
