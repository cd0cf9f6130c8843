import Accounts
import App
import BlobStorage
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

    /// The digests of all files in all stores of the data folder.
    private static func files(on stage: Stage) async throws -> Set<String> {
        var found: Set<String> = []
        for name in try FileManager.default.contentsOfDirectory(atPath: stage.app.data.path) {
            found.formUnion(await BlobInventory(root: "\(stage.app.data.path)/\(name)").all().keys)
        }
        return found
    }

    @Test("Its files go with it at once, and what others have too stays", arguments: Dialect.allCases)
    func files(_ dialect: Dialect) async throws {
        try await Stage.with(dialect) { stage in
            _ = try await stage.person("root")
            let (ann, ben) = (try await stage.person("ann"), try await stage.person("ben"))
            func bringAll(_ person: Person, _ own: String) async throws {
                _ = try await person.bring("cell.md", Course.markdown)
                _ = try await person.bring("own.md", Array("# Of \(own)\n\nNobody else has this text of \(own).\n".utf8))
                let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array(own.utf8)
                let added = try await person.client.post(
                    "/api/v1/cards/media", form: TestForm().file("file", filename: "cell.png", png))
                #expect(added.status < 300, "\(added.text)")
                #expect(try await person.client.post("/api/v1/stt/transcribe", form: Course.recording(saying: own)).status < 300)
                let spoken = try await person.client.post("/api/v1/tts/synthesize", json: #"{"text": "Osmosis of \#(own)."}"#)
                #expect(spoken.status < 300, "\(spoken.text)")
            }
            try await bringAll(ben, "ben")
            // What is read aloud is made by a job.
            try await Self.wait { try await stage.count("spoken_audio", where: "sha256 IS NOT NULL") == 1 }
            let bens = try await Self.files(on: stage)
            #expect(bens.count == 5, "\(bens)")
            try await bringAll(ann, "ann")
            try await Self.wait { try await stage.count("spoken_audio", where: "sha256 IS NOT NULL") == 2 }
            #expect(try await Self.files(on: stage).count == 9)
            let gone = try await ann.client.send(.delete, "/api/v1/users/me", json: ["password": Stage.password])
            #expect(gone.status == 204, "\(gone.text)")
            try await Self.wait { try await Self.files(on: stage) == bens }
            #expect(try await Self.files(on: stage) == bens)
            for table in ["chunk_vectors", "vector_parts", "keyword_segments", "keyword_places", "spoken_audio", "card_media"] {
                #expect(try await stage.count(table, where: "user_id = '\(ann.id)'") == 0, "\(table)")
            }
            // And Ben has all that was his.
            let documents = try await ben.client.get("/api/v1/documents").json(JSONValue.self)["data"]?.list ?? []
            #expect(documents.count == 2)
            for document in documents {
                let id = try #require(document["id"]?.text)
                #expect(try await ben.client.get("/api/v1/documents/\(id)/file").status == 200)
            }
        }
    }

    private static func wait(until isSo: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while try await !isSo() {
            guard ContinuousClock.now < deadline else {
                Issue.record("it was not so within a minute")
                return
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
