import Ambient
@testable import App
import Assembly
import Database
import DatabaseTesting
import Failures
import FoundationEssentials
import HTTPServingTesting
import PostgresDatabase
import Telemetry
import Testing

/// A PostgreSQL role that passes by row-level security: nothing would keep people's rows apart but the statements themselves.
@Suite("A database role that passes by row-level security", .timeLimit(.minutes(5)))
struct IsolationTests {
    @Test("It may hold one account, takes no second, and with several the program does not start")
    func refusal() async throws {
        let server = try await PostgresServer.start()
        try await withTemporaryFolder { folder in
            let source = Stage.settingsSource(folder, server.url(user: "postgres", database: "postgres"))
            let configuration = try Configuration(from: source)
            try await Stage.on(source, running: false) { stage in
                _ = try await stage.person("ann")
                let second = try await stage.client.post(
                    "/api/v1/auth/register",
                    json: #"{"email": "ben@example.org", "password": "\#(Stage.password)", "display_name": "Ben"}"#)
                #expect(second.status == 503)
                #expect(try await stage.count("users") == 1)
                let alone = await Doctor(configuration: configuration, logger: .silent).findings().first { $0.part == "database" }
                #expect(alone?.verdict == .advice)
                // As an earlier version let it be.
                let ben = UserID(Ambient.live.newUUID())
                try await stage.app.database.transaction(as: .system) { transaction in
                    try await transaction.execute(
                        """
                        INSERT INTO users (id, email, email_key, display_name, role, password_hash, created_at, password_changed_at)
                        VALUES (\(ben), 'b@example.org', 'b@example.org', 'B', 'student', '', \(Date()), \(Date()))
                        """)
                }
            }
            await #expect { try await Stage.on(source, running: false) { _ in } } throws: { error in
                FailureCode(of: error) == .unavailable && "\(error)".contains("BYPASSRLS")
            }
            let several = await Doctor(configuration: configuration, logger: .silent).findings().first { $0.part == "database" }
            #expect(several?.verdict == .broken)
            #expect(several?.remedy?.contains("LM_DATABASE_URL") == true)
        }
        withExtendedLifetime(server) {}
    }

    @Test("Without any predicate a person sees and changes their own rows, also as a role that owns nothing")
    func withoutPredicates() async throws {
        let server = try await PostgresServer.start()
        try await withTemporaryFolder { folder in
            let master = PostgresDatabase(url: server.adminURL)
            for statement in ["CREATE ROLE app LOGIN", "CREATE ROLE guest LOGIN", "CREATE DATABASE lm OWNER app"] {
                try await master.administer(SQL(unsafe: statement))
            }
            await master.close()
            let source = Stage.settingsSource(folder, server.url(user: "app", database: "lm"))
            var filled: Person?
            try await Stage.on(source) { filled = try await OwnedTablesTests.user(on: $0) }
            let ann = try #require(filled)
            // Without jobs, which change rows of hers meanwhile.
            try await Stage.on(source, running: false) { stage in
                let cleo = try #require(UserID(try await stage.person("cleo").id))
                let tables = try await OwnedTablesTests.tables(of: stage.app.database)
                #expect(tables.count > 40)
                let owner = PostgresDatabase(url: server.url(user: "app", database: "lm"))
                try await owner.transaction(as: .system) { transaction in
                    for schema in DatabaseSchema.allCases.map(\.rawValue) {
                        guard try await transaction.first("SELECT 1 AS one FROM pg_namespace WHERE nspname = \(schema)") != nil
                        else { continue }
                        try await transaction.execute("GRANT USAGE ON SCHEMA \(unsafe: schema) TO guest")
                        try await transaction.execute("GRANT ALL ON ALL TABLES IN SCHEMA \(unsafe: schema) TO guest")
                    }
                }
                let guest = PostgresDatabase(url: server.url(user: "guest", database: "lm"))
                for (name, asked) in [("owner", owner), ("guest", guest)] {
                    for table in tables {
                        let mine = try await stage.count(table, where: "user_id = '\(cleo)'")
                        let seen = try await asked.read(as: .user(cleo)) {
                            try await $0.query("SELECT user_id FROM \(unsafe: table)").map { row -> UserID? in
                                try row.optional("user_id")
                            }
                        }
                        #expect(seen.allSatisfy { $0 == cleo } && seen.count == mine, "\(table) as \(name)")
                        // Whose transaction names nobody sees nothing.
                        let nobodys = try await asked.read(as: .user(cleo)) { transaction in
                            _ = try await transaction.query("SELECT set_config('lm.user_id', '', true)")
                            return try await transaction.query("SELECT user_id FROM \(unsafe: table)").count
                        }
                        #expect(nobodys == 0, "\(table) as \(name)")
                        try await taken(table, from: ann, by: cleo, asked, stage)
                    }
                    let people = try await asked.read(as: .user(cleo)) { try await $0.query("SELECT id FROM users") }
                    #expect(try people.map { try $0.get("id", as: UserID.self) } == [cleo])
                }
                await owner.close()
                await guest.close()
            }
        }
        withExtendedLifetime(server) {}
    }

    /// Tries to take and to remove what is another's, with statements that name nobody.
    private func taken(_ table: String, from ann: Person, by cleo: UserID, _ asked: PostgresDatabase, _ stage: Stage) async throws {
        let before = try await stage.count(table, where: "user_id = '\(ann.id)'")
        for statement: SQL in [
            "UPDATE \(unsafe: table) SET user_id = \(cleo)", "DELETE FROM \(unsafe: table) WHERE user_id <> \(cleo)",
        ] {
            do {
                try await asked.transaction(as: .user(cleo)) { try await $0.execute(statement) }
            } catch is DatabaseFailure {
                // A column that cannot be written is as good an answer.
            }
        }
        #expect(try await stage.count(table, where: "user_id = '\(ann.id)'") == before, "\(table)")
    }

    @Test("What is not under row-level security is nobody's")
    func open() async throws {
        try await withDatabase(.postgres, migrations: FeatureList.program.catalogue.migrations) { database in
            let open = try await database.read(as: .system) { transaction in
                try await transaction.query(
                    """
                    SELECT CAST(c.relname AS text) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
                      AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY c.relname
                    """
                ).map { try $0.get("name", as: String.self) }
            }
            #expect(
                open == [
                    "ended_sessions", "event_order", "event_sinks", "installation", "job_limits", "job_schedules",
                    "learning_platform_keys", "learning_platforms", "schema_migrations", "search_model", "sign_in_failures",
                ])
        }
    }
}
