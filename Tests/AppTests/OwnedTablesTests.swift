import Accounts
import Ambient
@testable import App
import Assembly
import BlobStorage
import Database
import DatabaseTesting
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Library
import Testing

/// Every table with a `user_id`, whichever feature made it.
@Suite("Tables of people's rows", .timeLimit(.minutes(5)))
struct OwnedTablesTests {
    /// The names of the tables that have a column `user_id`.
    static func tables(of database: any Database) async throws -> [String] {
        let sql: SQL =
            switch database.dialect {
            case .sqlite:
                """
                SELECT t.name AS name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND c.name = 'user_id' ORDER BY t.name
                """
            case .postgres:
                """
                SELECT CAST(c.relname AS text) AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND a.attname = 'user_id' AND NOT a.attisdropped
                  AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY c.relname
                """
            }
        return try await database.read(as: .system) { try await $0.query(sql).map { try $0.get("name") } }
    }

    /// The tables from whose rows this table's rows cannot be left behind: its foreign keys with ON DELETE CASCADE.
    private static func owners(of table: String, in database: any Database) async throws -> Set<String> {
        let sql: SQL =
            switch database.dialect {
            case .sqlite: "SELECT \"table\" AS name FROM pragma_foreign_key_list(\(table)) WHERE on_delete = 'CASCADE'"
            case .postgres:
                """
                SELECT CAST(o.relname AS text) AS name FROM pg_constraint k
                JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid
                WHERE k.contype = 'f' AND k.confdeltype = 'c' AND t.relname = \(table)
                """
            }
        return Set(try await database.read(as: .system) { try await $0.query(sql).map { try $0.get("name", as: String.self) } })
    }

    @Test("Each goes with its account: a cascade leads there, whatever the program forgets", arguments: Dialect.allCases)
    func cascades(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: FeatureList.program.catalogue.migrations) { database in
            let tables = try await Self.tables(of: database)
            #expect(Set(tables).isSuperset(of: ["documents", "chunks", "chat_conversations", "jobs", "events", "sessions"]))
            for table in tables {
                var (reached, open): (Set<String>, [String]) = ([table], [table])
                while let next = open.popLast() {
                    for owner in try await Self.owners(of: next, in: database) where reached.insert(owner).inserted {
                        open.append(owner)
                    }
                }
                #expect(reached.contains("users"), "\(table) has no foreign key with ON DELETE CASCADE that leads to users")
            }
        }
    }

    @Test("On PostgreSQL row-level security holds on each, for its owner too")
    func rowSecurity() async throws {
        try await withDatabase(.postgres, migrations: FeatureList.program.catalogue.migrations) { database in
            let open = try await database.read(as: .system) { transaction in
                try await transaction.query(
                    "SELECT CAST(relname AS text) AS name FROM pg_class WHERE relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity)"
                )
                .map { try $0.get("name", as: String.self) }
            }
            let tables = try await Self.tables(of: database)
            #expect(Set(open).intersection(tables).isEmpty)
        }
    }

    /// Somebody who has a row in every table, and lets somebody else read what can be shared.
    static func user(on stage: Stage) async throws -> Person {
        let ann = try await stage.person("ann")
        let document = try await ann.bring("cell.md", Course.markdown)
        let course = try await ann.client.post("/api/v1/courses", json: #"{"name": "Biology"}"#).json(JSONValue.self)
        _ = try await stage.person("ben")
        for (path, thing) in [("documents", document), ("courses", course)] {
            let address = "/api/v1/\(path)/\(try #require(thing["id"]?.text))/shares"
            #expect(try await ann.client.post(address, json: #"{"email": "ben@example.org"}"#).status == 201)
        }
        _ = try await ann.ask(Course.question, in: try await ann.conversation())
        _ = try await ann.client.post("/api/v1/tts/synthesize", json: #"{"text": "Osmosis."}"#)
        _ = try await ann.client.post("/api/v1/stt/transcribe", form: Course.recording)
        #expect(try await ann.client.post("/api/v1/session/start", json: "{}").status == 201)
        _ = try await ann.client.send(
            .put, "/api/v1/companion/personas", headers: ["Content-Type": "application/json"],
            body: Array(#"{"key": "rose", "name": "Rosa", "style": "Slowly."}"#.utf8))
        _ = try await ann.client.post("/api/v1/memories", json: #"{"kind": "goal", "text": "Pass anatomy"}"#)
        _ = try await ann.card()
        let quiz = try await ann.quiz().quiz
        #expect(
            try await ann.client.post("/api/v1/quizzes/\(quiz)/shares", json: #"{"email": "ben@example.org"}"#).status == 201)
        try await classes(of: ann, [("document", document), ("course", course)], on: stage)
        _ = try await ann.note()
        _ = try await ann.planned(course: try #require(course["id"]?.text))
        #expect(try await ann.client.patch("/api/v1/reviews/settings", json: #"{"new_per_day": 5}"#).status == 200)
        _ = try await ann.browser()
        #expect(try await ann.client.post("/api/v1/admin/invitations", json: "{}").status == 201)
        let channels = #"{"app": true, "push": false, "mail": false}"#
        let wishes = """
            {"language": "en", "time_zone": "UTC", "cards_at": "17:00", "events": \(channels), "study_blocks": \(channels),
             "cards": \(channels)}
            """
        let set = try await ann.client.send(
            .put, "/api/v1/notifications/settings", headers: ["Content-Type": "application/json"], body: Array(wishes.utf8))
        #expect(set.status == 200)
        let id = try #require(UserID(ann.id))
        let platform = UserID(UUIDv7.make(at: Date()))
        // By hand: the program would end her sessions with the one, read the other from a scanned page, have the third while another model
        // comes, fetch a timetable, hear the last, and tell of something.
        try await stage.app.database.transaction(as: .system) {
            try await $0.execute("INSERT INTO second_factors (user_id, secret) VALUES (\(id), 's')")
            try await $0.execute(
                """
                INSERT INTO passkeys (id, user_id, name, public_key, sign_count, is_backed_up, created_at)
                VALUES ('p', \(id), 'Phone', \([1] as [UInt8]), 0, \(false), \(Date()))
                """)
            try await $0.execute(
                """
                INSERT INTO passkey_challenges (digest, user_id, purpose, expires_at) VALUES ('c', \(id), 'prove', \(Date()))
                """)
            try await $0.execute(
                """
                INSERT INTO account_imports (id, user_id, sha256, size, state, report, created_at)
                VALUES (\(id), \(id), 'a', 1, 'completed', '{"tables": [], "missing": [], "counted": 0}', \(Date()))
                """)
            try await $0.execute("INSERT INTO recovery_codes (user_id, digest) VALUES (\(id), 'd')")
            try await $0.execute(
                """
                INSERT INTO email_confirmations (user_id, purpose, email, requested_at, expires_at)
                VALUES (\(id), 'verify', 'ann@example.org', \(Date()), \(Date()))
                """)
            try await $0.execute("INSERT INTO password_resets (digest, user_id, expires_at) VALUES ('d', \(id), \(Date()))")
            try await $0.execute(
                """
                INSERT INTO linked_identities (id, user_id, provider, issuer, subject, created_at)
                VALUES (\(id), \(id), 'google', 'i', 's', \(Date()))
                """)
            try await $0.execute(
                """
                INSERT INTO learning_platforms (
                    id, name, issuer, client_id, deployments, authorization_url, token_url, keys_url, frame_origins, makes_teachers,
                    created_at, updated_at)
                VALUES (\(platform), 'a', 'i', 'c', 'd', 'a', 't', 'k', '', \(true), \(Date()), \(Date()))
                """)
            try await $0.execute(
                """
                INSERT INTO learning_platform_identities (id, user_id, platform_id, subject, created_at, last_used_at)
                VALUES (\(id), \(id), \(platform), 's', \(Date()), \(Date()))
                """)
            try await $0.execute(
                """
                INSERT INTO learning_launches (id, user_id, platform_id, state_digest, browser_digest, expires_at)
                VALUES (\(id), \(id), \(platform), 's', 'b', \(Date()))
                """)
            try await $0.execute(
                """
                INSERT INTO learning_contexts (id, user_id, platform_id, deployment_id, context_id, class_id, created_at)
                SELECT user_id, user_id, \(platform), 'd', 'c', id, created_at FROM classes WHERE user_id = \(id)
                """)
            try await $0.execute(
                """
                INSERT INTO learning_placements (id, user_id, context_id, kind, thing_id, created_at)
                VALUES (\(id), \(id), \(id), 'quiz', \(id), \(Date()))
                """)
            try await $0.execute(
                """
                INSERT INTO learning_grades (id, user_id, placement_id, resource_link_id, subject, scopes, state, created_at)
                VALUES (\(id), \(id), \(id), 'l', 's', '', 'open', \(Date()))
                """)
            try await $0.execute(
                """
                INSERT INTO personal_tokens (id, user_id, name, scopes, digest, created_at, expires_at)
                VALUES (\(id), \(id), 'a', 'read', 'd', \(Date()), \(Date()))
                """)
            try await $0.execute(
                """
                INSERT INTO sign_in_flows (state_digest, browser_digest, provider, purpose, user_id, return_to, expires_at)
                VALUES ('s', 'b', 'google', 'link', \(id), '/', \(Date()))
                """)
            try await $0.execute(
                """
                INSERT INTO notification_deliveries (id, user_id, channel, content, state, detail, created_at)
                VALUES ('d', \(id), 'push', '{}', 'sent', '', \(Date()))
                """)
            try await $0.execute(
                "INSERT INTO page_pictures (document_id, number, user_id, picture) SELECT id, 1, user_id, '{}' FROM documents")
            for table in ["chunk_vectors", "vector_parts"] {
                try await $0.execute("INSERT INTO \(unsafe: "other_" + table) SELECT * FROM \(unsafe: table)")
            }
            try await $0.execute(
                """
                INSERT INTO transcript_segments (id, transcript_id, user_id, start_ms, end_ms, text, words)
                SELECT id, id, user_id, 0, 1, 'a', '[]' FROM transcripts
                """)
            try await $0.execute(
                """
                INSERT INTO recording_pieces (transcript_id, number, user_id, take, sha256, size)
                SELECT id, 0, user_id, 0, 'a', 1 FROM transcripts
                """)
            try await $0.execute(
                "INSERT INTO companion_audio (id, user_id, sha256, duration_ms, created_at) SELECT id, user_id, 'a', 1, created_at FROM companion_sessions"
            )
            try await $0.execute(
                """
                INSERT INTO companion_pictures (id, user_id, session_id, title, svg, from_model, created_at)
                SELECT id, user_id, id, 'a', '', false, created_at FROM companion_sessions
                """)
            try await $0.execute(
                """
                INSERT INTO graph_checkpoints (id, user_id, graph, thread_id, state, metadata, created_at)
                SELECT id, user_id, 'g', id, '{}', '{}', created_at FROM companion_sessions
                """)
            try await $0.execute(
                """
                INSERT INTO card_imports (id, user_id, deck_id, form, content, created_at)
                SELECT id, user_id, id, 'csv', '', created_at FROM decks
                """)
            try await $0.execute(
                "INSERT INTO card_note_types (id, user_id, foreign_id, definition) SELECT id, user_id, 1, '{}' FROM decks")
            try await $0.execute(
                """
                INSERT INTO card_media (user_id, name, sha256, size, media_type, created_at)
                SELECT user_id, 'a.png', 'a', 1, 'image/png', created_at FROM decks
                """)
            try await $0.execute(
                "INSERT INTO card_media_uses (user_id, text_id, name) SELECT user_id, id, 'a.png' FROM card_texts")
            try await $0.execute(
                """
                INSERT INTO quiz_recalls (id, user_id, question_id, topic, share, weight, recalled_at, is_undone)
                SELECT id, user_id, id, 'Cells', 1, 1, created_at, \(false) FROM quiz_questions
                """)
            try await $0.execute(
                """
                INSERT INTO planner_subscriptions (
                    id, user_id, url, name, time_zone, events, left_out, due_at, failures, created_at)
                SELECT id, user_id, 'https://example.org/a.ics', 'a', 'UTC', 0, 0, created_at, 0, created_at FROM decks
                """)
            try await $0.execute(
                """
                INSERT INTO recording_captions (transcript_id, number, user_id, start_ms, end_ms, text)
                SELECT id, 0, user_id, 0, 1, 'a' FROM transcripts
                """)
        }
        return ann
    }

    /// A class of hers with what she shares, and one that she takes part in.
    private static func classes(of ann: Person, _ things: [(kind: String, thing: JSONValue)], on stage: Stage) async throws {
        func made(_ person: Person, _ path: String, _ json: String) async throws -> JSONValue {
            let answer = try await person.client.post("/api/v1/\(path)", json: json)
            try #require(answer.status < 300, "\(answer.text)")
            return try answer.json(JSONValue.self)
        }
        let own = try #require(try await made(ann, "classes", #"{"name": "Biology"}"#)["id"]?.text)
        let token = try #require(try await made(ann, "classes/\(own)/invitations", "{}")["token"]?.text)
        let dora = try await stage.person("dora")
        _ = try await made(dora, "classes/join", #"{"token": "\#(token)"}"#)
        let quiz = try await ann.client.get("/api/v1/quizzes").json(JSONValue.self)["data"]?.list.first
        for (kind, thing) in things + [("quiz", try #require(quiz))] {
            let id = try #require(thing["id"]?.text)
            _ = try await made(ann, "classes/\(own)/shares", #"{"kind": "\#(kind)", "id": "\#(id)"}"#)
        }
        let tess = try await stage.person("tess", "teacher", by: ann)
        let other = try #require(try await made(tess, "classes", #"{"name": "Chemistry"}"#)["id"]?.text)
        let code = try #require(try await made(tess, "classes/\(other)/code", "{}")["code"]?.text)
        _ = try await made(ann, "classes/join", #"{"code": "\#(code)"}"#)
    }

    @Test("Removing the account's row alone empties all of them", arguments: Dialect.allCases)
    func emptied(_ dialect: Dialect) async throws {
        try await Stage.with(dialect) { stage in
            let ann = try await Self.user(on: stage)
            let tables = try await Self.tables(of: stage.app.database)
            for table in tables {
                // A feature that has no rows here is tried nowhere: have Ann use it above.
                #expect(try await stage.count(table, where: "user_id = '\(ann.id)'") > 0, "nothing in \(table)")
            }
            try await stage.app.database.transaction(as: .system) { try await $0.execute("DELETE FROM users") }
            // The program's own rows are nobody's.
            for table in tables { #expect(try await stage.count(table, where: "user_id IS NOT NULL") == 0, "\(table)") }
        }
    }

    @Test("An upload that began before its account was removed leaves nothing behind", arguments: Dialect.allCases)
    func lateUpload(_ dialect: Dialect) async throws {
        try await Stage.with(dialect, running: false) { stage in
            _ = try await stage.person("ann")
            let ben = try await stage.person("ben")
            let bytes = Array("Nobody but Ben has this text about cells.".utf8)
            let parts = AsyncStream { continuation in
                continuation.yield(bytes)
                continuation.finish()
            }
            let id = try #require(UserID(ben.id))
            let library = try stage.app.feature(LibraryFeature.self).service
            let accounts = try stage.app.feature(AccountsFeature.self).service
            await #expect {
                _ = try await library.upload(Upload(filename: "cells.txt", parts: parts), user: id) {
                    try await accounts.delete(id, password: Stage.password)
                    return UploadDescription()
                }
            } throws: {
                FailureCode(of: $0) == .notFound
            }
            for table in ["documents", "jobs"] { #expect(try await stage.count(table) == 0, "\(table)") }
            var files: [String] = []
            try await stage.app.blobs.visit(olderThan: Date().addingTimeInterval(60)) { files.append($0) }
            #expect(files.isEmpty)
            // A form that comes after it is told so, and its token is no good any more.
            let answer = try await ben.client.post(
                "/api/v1/documents/upload", form: TestForm().file("file", filename: "a.txt", bytes))
            #expect(answer.status == 401)
        }
    }
}
