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
