import Accounts
import App
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Testing

@Suite("The end of an account", .timeLimit(.minutes(3)))
struct DeletionTests {
    /// Of the text that Ann alone has brought.
    private static let marker = "chlorophyll"

    /// The columns of every table but those that a search index is built of, whose own rows the index removes.
    private static func columns(of database: any Database) async throws -> [(table: String, column: String)] {
        let sql: SQL =
            switch database.dialect {
            case .sqlite:
                """
                SELECT t.name AS table_name, c.name AS column_name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%' AND t.name NOT LIKE 'sqlite_%'
                  AND NOT EXISTS (SELECT 1 FROM sqlite_schema v WHERE v.sql LIKE 'CREATE VIRTUAL%' AND t.name LIKE v.name || '\\_%' ESCAPE '\\')
                """
            case .postgres:
                """
                SELECT CAST(n.nspname || '.' || c.relname AS text) AS table_name, CAST(a.attname AS text) AS column_name
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
                  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                """
            }
        return try await database.read(as: .system) {
            try await $0.query(sql).map { (try $0.get("table_name"), try $0.get("column_name")) }
        }
    }

    /// Where a text stands: `table.column`.
    private static func places(of text: String, on stage: Stage) async throws -> Set<String> {
        var found: Set<String> = []
        for (table, column) in try await columns(of: stage.app.database) {
            // That the account went away is told on, by its id alone.
            let others = table.hasSuffix("events") && column == "payload" ? " AND event_type <> 'user.deleted'" : ""
            let held = "CAST(\"\(column)\" AS text) LIKE '%\(text)%'\(others)"
            if try await stage.count(table, where: held) > 0 { found.insert("\(table).\(column)") }
        }
        return found
    }

    @Test("Nothing that was the person's is left in any table", arguments: Dialect.allCases)
    func nothingLeft(_ dialect: Dialect) async throws {
        try await Stage.with(dialect) { stage in
            let ann = try await OwnedTablesTests.user(on: stage)
            _ = try await stage.app.database.transaction(as: .system) {
                try await $0.execute("UPDATE users SET role = 'administrator'")
            }
            // The search finds what it is to find.
            let before = try await Self.places(of: ann.id, on: stage)
            #expect(before.count > 50, "\(before.sorted())")
            #expect(try await Self.places(of: Self.marker, on: stage) != [])

            let people = try await stage.count("users")
            let gone = try await ann.client.send(.delete, "/api/v1/users/me", json: ["password": Stage.password])
            #expect(gone.status == 204, "\(gone.text)")
            let (named, written) = (
                try await Self.places(of: ann.id, on: stage), try await Self.places(of: Self.marker, on: stage)
            )
            // That somebody was the first, and what the audit log tells of them, is kept by an id that is nobody's any more.
            #expect(named.filter { !$0.hasSuffix("installation.first_user_id") && !$0.contains("audit_") } == [])
            #expect(written == [])
            #expect(try await stage.count("users") == people - 1)
        }
    }
}
