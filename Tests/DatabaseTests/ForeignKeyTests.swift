import Ambient
import Database
import DatabaseTesting
import Failures
import Testing

@Suite("A foreign key that a table gets later", .timeLimit(.minutes(3)))
struct ForeignKeyTests {
    private static let before = [
        Migration(
            "owners", 1, "tables",
            [
                "CREATE TABLE owners (id uuid PRIMARY KEY)",
                "CREATE TABLE things (id uuid PRIMARY KEY, user_id uuid, words text NOT NULL, UNIQUE (user_id, words))",
                "CREATE INDEX things_by_user ON things (user_id)",
                "CREATE TABLE parts (id uuid PRIMARY KEY, thing_id uuid NOT NULL REFERENCES things (id) ON DELETE CASCADE)",
            ]),
        Migration("owners", 2, "a column that came later", ["ALTER TABLE things ADD COLUMN colour text"]),
    ]
    private static let after =
        before + [
            Migration("owners", 3, "an owner", [], only: ForeignKey.add(table: "things", owner: "owners")),
            Migration("owners", 4, "another column", ["ALTER TABLE things ADD COLUMN size bigint"]),
        ]

    private func count(_ table: String, _ database: any Database) async throws -> Int {
        try await database.read(as: .system) { try await $0.query("SELECT id FROM \(unsafe: table)").count }
    }

    @Test("Rows without an owner go, the others stay with all that belongs to them", arguments: Dialect.allCases)
    func orphans(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: Self.before) { first, second in
            let (owner, nobody) = (Fixture.newUser(), Fixture.newUser())
            try await first.transaction(as: .system) { transaction in
                try await transaction.execute("INSERT INTO owners (id) VALUES (\(owner))")
                for user in [owner, nobody, nil] {
                    let thing = Fixture.newID()
                    try await transaction.execute(
                        "INSERT INTO things (id, user_id, words, colour) VALUES (\(thing), \(user), 'word', 'red')")
                    try await transaction.execute("INSERT INTO parts (id, thing_id) VALUES (\(Fixture.newID()), \(thing))")
                }
            }
            // Has read the declarations of before.
            #expect(try await count("things", second) == 3)
            try await Migrator(database: first).apply(Self.after)
            #expect(try await count("things", first) == 2)
            #expect(try await count("parts", first) == 2)

            for database in [first, second] {
                let failure = await #expect(throws: DatabaseFailure.self) {
                    try await database.transaction(as: .system) { transaction in
                        try await transaction.execute(
                            "INSERT INTO things (id, user_id, words) VALUES (\(Fixture.newID()), \(nobody), 'late')")
                    }
                }
                #expect(failure?.kind == .reference)
                #expect(failure?.code == .notFound)
            }
            try await second.transaction(as: .system) { transaction in
                try await transaction.execute(
                    "INSERT INTO things (id, user_id, words, size) VALUES (\(Fixture.newID()), \(owner), 'more', 1)")
                try await transaction.execute("DELETE FROM owners WHERE id = \(owner)")
            }
            // What belongs to nobody at all stays.
            #expect(try await count("things", first) == 1)
            #expect(try await count("parts", first) == 1)
        }
    }

    @Test("On SQLite the file is whole afterwards, and declarations cannot be edited")
    func wholeness() async throws {
        try await withDatabase(.sqlite, migrations: Self.after) { database in
            try await database.transaction(as: .system) { transaction in
                let checked = try await transaction.query("SELECT integrity_check FROM pragma_integrity_check").map {
                    try $0.get("integrity_check", as: String.self)
                }
                #expect(checked == ["ok"])
            }
            let failure = await #expect(throws: DatabaseFailure.self) {
                try await database.transaction(as: .system) { try await $0.execute("UPDATE sqlite_schema SET sql = ''") }
            }
            #expect(failure?.kind == .statement)
        }
    }
}
