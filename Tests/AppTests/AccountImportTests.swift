import Accounts
import Ambient
@testable import App
import Assembly
import Database
import DatabaseTesting
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Packing
import Testing

/// An account that goes from one installation to another.
@Suite("An archive that is taken in", .timeLimit(.minutes(6)))
struct AccountImportTests {
    static var tables: [(feature: String, table: PortableTable)] {
        FeatureList.program.catalogue.portability.flatMap { feature, portability in portability.tables.map { (feature, $0) } }
    }

    /// The columns of a table.
    private static func columns(of table: String, in database: any Database) async throws -> Set<String> {
        let sql: SQL =
            switch database.dialect {
            case .sqlite: "SELECT name FROM pragma_table_info(\(table))"
            case .postgres:
                """
                SELECT CAST(a.attname AS text) AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE c.relname = \(table) AND a.attnum > 0 AND NOT a.attisdropped
                """
            }
        return Set(try await database.read(as: .system) { try await $0.query(sql).map { try $0.get("name") as String } })
    }

    @Test("Every table of people's rows travels with all its columns, or says why not", arguments: Dialect.allCases)
    func complete(_ dialect: Dialect) async throws {
        let catalogue = FeatureList.program.catalogue
        let staying = catalogue.portability.reduce(into: [String: StayingReason]()) { $0.merge($1.1.staying) { first, _ in first } }
        try await withDatabase(dialect, migrations: catalogue.migrations) { database in
            let there = Set(try await OwnedTablesTests.tables(of: database))
            let travelling = Set(Self.tables.map(\.table.name))
            #expect(travelling.isDisjoint(with: staying.keys))
            #expect(there == travelling.union(staying.keys))
            for (_, table) in Self.tables {
                let named = table.columns.map(\.name)
                #expect(Set(named).count == named.count, "\(table.name)")
                #expect(
                    try await Self.columns(of: table.name, in: database) == Set(named + ["user_id"]), "\(table.name)")
            }
        }
    }

    // MARK: - There and back

    /// Everything that a person would find, without what differs from one server to the next: names of things, and what is made anew.
    static func content(of user: String, on stage: Stage) async throws -> [String: [String]] {
        let id = try #require(UserID(user))
        return try await stage.app.database.read(as: .user(id)) { transaction in
            var content: [String: [String]] = [:]
            for (_, table) in tables {
                let columns = table.columns.filter {
                    switch $0.form {
                    case .fixed, .id, .reference, .mention: false
                    default: true
                    }
                }
                // A document is read on from where it stood.
                .filter {
                    !(table.name == "documents"
                        && ["status", "updated_at", "stages", "revision", "sha256", "keyword_version"].contains($0.name))
                }
                // Who sorts them anew, such as the planner's next change, tells so.
                let rows = try await transaction.query("SELECT * FROM \(unsafe: table.name) WHERE user_id = \(id)")
                content[table.name] = try rows.map { row in
                    try columns.map { column -> String in
                        let value: SQLValue = try row.get(column.name)
                        return "\(column.name)=\(try Self.told(value, column.form))"
                    }.joined(separator: "|")
                }.sorted()
            }
            return content
        }
    }

    private static var anyName: Regex<Substring> { #/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/# }

    private static func told(_ value: SQLValue, _ form: PortableTable.Column.Form) throws -> String {
        if case .null = value { return "null" }
        switch form {
        case .flag: return "\(Bool(sqlValue: value) ?? false)"
        case .time: return (Date(sqlValue: value)).map { Timestamp.text($0) } ?? "?"
        case .real: return "\(Double(sqlValue: value) ?? .nan)"
        case .json:
            let text = String(sqlValue: value) ?? ""
            let json = try JSONCoding.decoder.decode(JSONValue.self, from: Data(text.utf8))
            return String(decoding: try JSONCoding.bytes(json), as: UTF8.self).replacing(anyName, with: "ID")
        case .text: return (String(sqlValue: value) ?? "?").replacing(anyName, with: "ID")
        default: return "\(value)"
        }
    }

    static func archive(of person: Person) async throws -> [UInt8] {
        let answer = try await person.client.post("/api/v1/users/me/export", json: #"{"password": "\#(Stage.password)"}"#)
        try #require(answer.status == 200, "\(answer.text)")
        return answer.body
    }

    /// Takes an archive in and waits for what comes of it.
    static func taken(_ archive: [UInt8], by person: Person) async throws -> JSONValue {
        let answer = try await person.client.send(
            .post, "/api/v1/users/me/imports", headers: ["Content-Type": "application/zip"], body: archive)
        try #require(answer.status == 202, "\(answer.text)")
        let id = try #require(try answer.json(JSONValue.self)["id"]?.text)
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            let view = try await person.client.get("/api/v1/users/me/imports/\(id)").json(JSONValue.self)
            if view["state"]?.text != "running" { return view }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw Person.Late()
    }

    /// Waits until no job changes anything between the archive and what it is compared with.
    private static func settled(_ stage: Stage) async throws {
        let deadline = ContinuousClock.now + .seconds(90)
        while try await stage.count("jobs", where: "user_id IS NOT NULL AND state IN ('pending', 'running', 'failed')") > 0 {
            guard ContinuousClock.now < deadline else { throw Person.Late() }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// A picture on a card, so that files of other stores travel too.
    private static func picture(of ann: Person) async throws {
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 7, count: 100)
        let added = try await ann.client.post("/api/v1/cards/media", form: TestForm().file("file", filename: "cell.png", png))
        try #require(added.status < 300, "\(added.text)")
    }

    @Test("All of it comes in on another server, of the other database", arguments: Dialect.allCases)
    func thereAndBack(_ dialect: Dialect) async throws {
        let other: Dialect = dialect == .sqlite ? .postgres : .sqlite
        var (archive, before): ([UInt8], [String: [String]]) = ([], [:])
        try await Stage.with(dialect) { stage in
            let ann = try await OwnedTablesTests.user(on: stage)
            // By hand there stand rows of things that lie in no store.
            try await stage.app.database.transaction(as: .system) {
                try await $0.execute("DELETE FROM notification_deliveries")
                try await $0.execute("DELETE FROM personal_tokens")
                try await $0.execute("DELETE FROM card_media_uses")
                try await $0.execute("DELETE FROM card_media")
                try await $0.execute("DELETE FROM recording_pieces")
                try await $0.execute("DELETE FROM companion_pictures")
                try await $0.execute("DELETE FROM card_note_types")
                try await $0.execute("DELETE FROM page_pictures")
            }
            try await Self.picture(of: ann)
            try await Self.settled(stage)
            archive = try await Self.archive(of: ann)
            before = try await Self.content(of: ann.id, on: stage)
        }
        for table in [
            "documents", "chunks", "cards", "card_reviews", "quiz_attempts", "notes", "chat_messages", "memories", "planner_events",
            "transcripts", "card_media",
        ] {
            #expect(before[table] != [], "\(table) has nothing that could travel")
        }
        try await Stage.with(other) { [archive, before] stage in
            _ = try await stage.person("root")
            let ben = try await stage.person("ben")
            let report = try await Self.taken(archive, by: ben)
            #expect(report["state"]?.text == "completed", "\(report)")
            #expect(report["left"]?.integer == 0, "\(report["kinds"] ?? .null)")
            let after = try await Self.content(of: ben.id, on: stage)
            for (name, rows) in before { #expect(after[name] == rows, "\(name)") }

            // What was read elsewhere is made searchable here, and answers cite it.
            let documents = try await ben.client.get("/api/v1/documents").json(JSONValue.self)["data"]?.list ?? []
            let document = try await ben.settled(try #require(documents.first?["id"]?.text))
            #expect(document["status"]?.text == "completed")
            let answer = try await ben.ask(Course.question, in: try await ben.conversation())
            #expect("\(answer)".contains("rubisco"))
            // A citation of an old answer leads to a passage that is here.
            let cited = try await stage.app.database.read(as: .system) { transaction in
                try await transaction.query("SELECT citations FROM chat_messages WHERE role = 'assistant'")
                    .map { try $0.get("citations") as String }
            }.joined()
            let chunks = try await stage.app.database.read(as: .system) { transaction in
                try await transaction.query("SELECT id FROM chunks").map { try $0.get("id") as Identifier<Never> }
            }
            #expect(chunks.contains { cited.contains($0.description) })

            // Again: nothing is doubled, and it is said that all of it was there.
            let again = try await Self.taken(archive, by: ben)
            #expect(again["state"]?.text == "completed")
            for kind in again["kinds"]?.list ?? [] { #expect(kind["added"]?.integer == 0, "\(kind)") }

            // Another person's is another person's, made of the same archive.
            let cid = try await stage.person("cid")
            #expect(try await Self.taken(archive, by: cid)["left"]?.integer == 0)
            #expect(try await Self.content(of: cid.id, on: stage)["cards"] == before["cards"])
        }
    }

    @Test("Where it came from, it adds nothing but what is gone", arguments: Dialect.allCases)
    func home(_ dialect: Dialect) async throws {
        try await Stage.with(dialect) { stage in
            let ann = try await stage.person("ann")
            let (deck, _, _) = try await ann.card()
            let note = try await ann.note()
            let archive = try await Self.archive(of: ann)
            #expect(try await ann.client.delete("/api/v1/notes/\(note)").status < 300)
            #expect(try await ann.client.patch("/api/v1/decks/\(deck)", json: #"{"name": "Other"}"#).status == 200)
            let report = try await Self.taken(archive, by: ann)
            #expect(report["left"]?.integer == 0, "\(report)")
            #expect(try await stage.count("cards") == 1)
            #expect(try await stage.count("card_reviews") == 1)
            #expect(try await stage.count("notes") == 1)
            // What was changed since stays changed.
            #expect(try await stage.count("decks", where: "name = 'Other'") == 1)
        }
    }

    // MARK: - Killed

    @Test("A job that was killed in the middle goes on, and tells the same", arguments: Dialect.allCases)
    func killed(_ dialect: Dialect) async throws {
        try await withTemporaryFolder { folder in
            try await withDatabaseURL(dialect) { url in
                let source = Stage.settingsSource(folder, url)
                var (archive, id, token) = ([UInt8](), "", "")
                try await Stage.on(source) { stage in
                    let ann = try await stage.person("ann")
                    let deck = try await ann.client.post("/api/v1/decks", json: #"{"name": "Many"}"#).json(JSONValue.self)
                    let deckID = try #require(deck["id"]?.text)
                    for number in 0..<450 {
                        let made = try await ann.client.post(
                            "/api/v1/cards", json: #"{"deck_id": "\#(deckID)", "front": "Q\#(number)", "back": "A"}"#)
                        try #require(made.status == 201)
                    }
                    archive = try await Self.archive(of: ann)
                }
                // Jobs do not run: the file is kept, and its job waits.
                try await Stage.on(source, running: false) { [archive] stage in
                    let ben = try await stage.person("ben")
                    token = ben.token
                    id = ben.id
                    let answer = try await ben.client.send(
                        .post, "/api/v1/users/me/imports", headers: ["Content-Type": "application/zip"], body: archive)
                    #expect(answer.status == 202, "\(answer.text)")
                    // A second one waits for the first.
                    let second = try await ben.client.send(
                        .post, "/api/v1/users/me/imports", headers: ["Content-Type": "application/zip"], body: archive)
                    #expect(second.status == 409)
                }
                // Stopped again and again, as soon as something came in.
                var seen = 0
                for _ in 0..<6 {
                    try await Stage.on(source) { [id] stage in
                        let deadline = ContinuousClock.now + .seconds(60)
                        while ContinuousClock.now < deadline {
                            let count = try await stage.count("card_texts", where: "user_id = '\(id)'")
                            if count > seen || count == 450 {
                                seen = count
                                return
                            }
                            try await Task.sleep(for: .milliseconds(5))
                        }
                    }
                }
                try await Stage.on(source) { [id, token] stage in
                    let client = stage.client.bearing(token)
                    let deadline = ContinuousClock.now + .seconds(90)
                    while ContinuousClock.now < deadline {
                        let list = try await client.get("/api/v1/users/me/imports").json(JSONValue.self)["data"]?.list ?? []
                        guard let view = list.first, view["state"]?.text != "running" else {
                            try await Task.sleep(for: .milliseconds(50))
                            continue
                        }
                        #expect(view["state"]?.text == "completed", "\(view)")
                        let cards = view["kinds"]?.list.first { $0["name"]?.text == "card_texts" }
                        #expect(cards?["added"]?.integer == 450, "\(view)")
                        #expect(cards?["known"]?.integer == 0)
                        #expect(try await stage.count("card_texts", where: "user_id = '\(id)'") == 450)
                        #expect(try await stage.count("cards", where: "user_id = '\(id)'") == 450)
                        return
                    }
                    throw Person.Late()
                }
            }
        }
    }
}
