import Ambient
import Database
import DatabaseTesting
import Failures
import Testing

/// PostgreSQL only: SQLite has no row-level security, there the stores' own predicates are all there is.
@Suite(.timeLimit(.minutes(3)))
struct RowSecurityTests {
    @Test("A query without a predicate shows a user nobody else's rows")
    func leaksNothing() async throws {
        try await withDatabase(.postgres, migrations: Fixture.migrations) { database in
            let (ann, ben) = (Fixture.newUser(), Fixture.newUser())
            for user in [ann, ben] {
                try await database.transaction(as: .user(user)) { transaction in
                    let id = Fixture.newID()
                    try await transaction.execute("INSERT INTO secrets (id, user_id, words) VALUES (\(id), \(user), 'mine')")
                    try await transaction.execute(
                        "INSERT INTO pages (id, secret_id, words) VALUES (\(Fixture.newID()), \(id), 'page')")
                }
            }
            for user in [ann, ben] {
                try await database.read(as: .user(user)) { transaction in
                    let rows = try await transaction.query("SELECT user_id FROM secrets")
                    #expect(try rows.map { try $0.get("user_id", as: UserID.self) } == [user])
                    #expect(try await transaction.query("SELECT id FROM pages").count == 1)
                }
            }
            let changed = try await database.transaction(as: .user(ann)) { transaction in
                try await transaction.execute("UPDATE secrets SET words = 'changed'")
            }
            #expect(changed == 1)
            let all = try await database.read(as: .system) { try await $0.query("SELECT id FROM secrets").count }
            #expect(all == 2)
        }
    }

    @Test("A row for somebody else is denied")
    func deniesWriting() async throws {
        try await withDatabase(.postgres, migrations: Fixture.migrations) { database in
            let (ann, ben) = (Fixture.newUser(), Fixture.newUser())
            let failure = await #expect(throws: DatabaseFailure.self) {
                try await database.transaction(as: .user(ann)) { transaction in
                    try await transaction.execute(
                        "INSERT INTO secrets (id, user_id, words) VALUES (\(Fixture.newID()), \(ben), 'x')")
                }
            }
            #expect(failure?.kind == .denied)
            #expect(failure?.code == .forbidden)
        }
    }

    private static let shared = [
        Migration(
            "shared", 1, "tables",
            [
                "CREATE TABLE rooms (id uuid PRIMARY KEY)",
                "CREATE TABLE members (room_id uuid NOT NULL, user_id uuid NOT NULL, PRIMARY KEY (room_id, user_id))",
                "CREATE TABLE notes (id uuid PRIMARY KEY, user_id uuid NOT NULL, room_id uuid, words text NOT NULL)",
                "CREATE TABLE notices (id uuid PRIMARY KEY, words text NOT NULL)",
            ],
            only: RowSecurity.all(
                RowSecurity.enable(table: "members"),
                RowSecurity.enable(
                    table: "notes", read: .member(of: "members", key: "room_id", column: "room_id"), write: .owner()),
                RowSecurity.enable(table: "notices", read: .all, write: .role("editor"))))
    ]

    @Test("Reading and writing have rules of their own: a room's notes are its members' to read and their owner's to write")
    func members() async throws {
        try await withDatabase(.postgres, migrations: Self.shared) { database in
            let (ann, ben, cy) = (Fixture.newUser(), Fixture.newUser(), Fixture.newUser())
            let room = Fixture.newID()
            try await database.transaction(as: .system) { transaction in
                for user in [ann, ben] {
                    try await transaction.execute("INSERT INTO members (room_id, user_id) VALUES (\(room), \(user))")
                }
            }
            try await database.transaction(as: .user(ann)) { transaction in
                try await transaction.execute(
                    "INSERT INTO notes (id, user_id, room_id, words) VALUES (\(Fixture.newID()), \(ann), \(room), 'for all')")
                try await transaction.execute("INSERT INTO notes (id, user_id, words) VALUES (\(Fixture.newID()), \(ann), 'mine')")
            }
            for (user, seen, changed) in [(ann, 2, 2), (ben, 1, 0), (cy, 0, 0)] {
                #expect(try await database.read(as: .user(user)) { try await $0.query("SELECT id FROM notes").count } == seen)
                let count = try await database.transaction(as: .user(user)) {
                    try await $0.execute("UPDATE notes SET words = words")
                }
                #expect(count == changed)
            }
            #expect(try await database.transaction(as: .user(ben)) { try await $0.execute("DELETE FROM notes") } == 0)
            let failure = await #expect(throws: DatabaseFailure.self) {
                try await database.transaction(as: .user(ben)) { transaction in
                    try await transaction.execute(
                        "INSERT INTO notes (id, user_id, room_id, words) VALUES (\(Fixture.newID()), \(ann), \(room), 'forged')")
                }
            }
            #expect(failure?.kind == .denied)
            #expect(try await database.read(as: .system) { try await $0.query("SELECT id FROM notes").count } == 2)
        }
    }

    @Test("What everybody reads, only a role writes; the role is forgotten by the next transaction")
    func roles() async throws {
        try await withDatabase(.postgres, migrations: Self.shared, connections: 1) { database in
            let (ann, ben) = (Fixture.newUser(), Fixture.newUser())
            let insertion: SQL = "INSERT INTO notices (id, words) VALUES (\(Fixture.newID()), 'x')"
            try await database.transaction(as: .user(ann, roles: ["student", "editor"])) { try await $0.execute(insertion) }
            for actor in [Actor.user(ann), .user(ben, roles: ["edit", "student"])] {
                #expect(try await database.read(as: actor) { try await $0.query("SELECT id FROM notices").count } == 1)
                #expect(try await database.transaction(as: actor) { try await $0.execute("DELETE FROM notices") } == 0)
                let failure = await #expect(throws: DatabaseFailure.self) {
                    try await database.transaction(as: actor) {
                        try await $0.execute("INSERT INTO notices (id, words) VALUES (\(Fixture.newID()), 'y')")
                    }
                }
                #expect(failure?.kind == .denied)
            }
        }
    }

    @Test("The user of one transaction is forgotten by the next on the same connection")
    func forgetsTheUser() async throws {
        try await withDatabase(.postgres, migrations: Fixture.migrations, connections: 1) { database in
            let (ann, ben) = (Fixture.newUser(), Fixture.newUser())
            try await database.transaction(as: .user(ann)) { transaction in
                try await transaction.execute("INSERT INTO secrets (id, user_id, words) VALUES (\(Fixture.newID()), \(ann), 'x')")
            }
            _ = try await database.read(as: .system) { try await $0.query("SELECT id FROM secrets") }
            let seen = try await database.read(as: .user(ben)) { try await $0.query("SELECT id FROM secrets").count }
            #expect(seen == 0)
        }
    }
}
