import Accounts
import Ambient
@testable import App
import Assembly
import Database
import DatabaseTesting
import Embedding
import Events
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Jobs
import Lifecycle
import Settings
import Telemetry
import Testing

/// A feature that the program does not have, added to it by its own file alone.
@Suite(.timeLimit(.minutes(3)))
struct OwnFeatureTests {
    private static let features = Result {
        try FeatureList.program.adding([FeatureEntry(BookmarksFeature.self) { try BookmarksFeature(on: $0.ground) }])
    }

    @Test(arguments: Dialect.allCases) func `a feature of one's own has all that the program's have`(_ dialect: Dialect)
        async throws
    {
        try await Stage.with(dialect, settings: ["LM_BOOKMARK_LIMIT": "2"], features: Self.features.get()) { stage in
            // The first is the administrator, whose account stays as long as it is the only one.
            let ben = try await stage.person("ben")
            let ann = try await stage.person("ann")
            let user = try #require(UserID(ann.id))

            // A route, a table, an event and a job, which runs as the person.
            let made = try await ann.client.post("/api/v1/bookmarks", json: #"{"title": "Membranes"}"#)
            #expect(made.status == 201, "\(made.text)")
            try await eventually { try await ann.bookmarks().first?["is_checked"] == .bool(true) }
            #expect(try await stage.count("events", where: "event_type = 'bookmark.added' AND user_id = '\(ann.id)'") == 1)

            // A reaction to another feature's event.
            let document = try await ann.bring("cell.md", Course.markdown)
            #expect(document["status"]?.text == "completed")
            try await eventually { try await ann.bookmarks().compactMap { $0["title"]?.text } == ["Membranes", "Cell energy"] }
            #expect(try await ben.bookmarks().isEmpty)

            // A setting.
            #expect(try await ann.client.post("/api/v1/bookmarks", json: #"{"title": "More"}"#).status == 409)

            // A tool, whose arguments are checked by its schema.
            let tool = try #require(stage.app.tools.first { $0.name == "bookmarks_find" })
            #expect(tool.parameters["properties"]?["word"]?["type"] == "string")
            let found = try await tool(["word": "Memb"], for: user)
            #expect(found.list.compactMap { $0["title"]?.text } == ["Membranes"])
            await #expect(throws: HTTPFailure.self) { try await tool(["word": ""], for: user) }

            // Periodic work.
            try await stage.app.database.transaction(as: .user(user)) {
                try await BookmarkStore().insert(Ambient.live.newID(), "", user: user, in: $0)
            }
            try await PeriodicSchedule(queue: stage.app.ground.jobs).tick(at: Date(timeIntervalSinceNow: 3600))
            try await eventually { try await ann.bookmarks().count == 2 }

            // The export, and the end of the account.
            let entries = try await stage.app.exportedEntries(of: user)
            #expect(entries.map(\.path).contains("bookmarks.json"))
            #expect(
                Set(entries.map(\.path)).isSuperset(of: [
                    "account.json", "documents.json", "documents/\(document["id"]?.text ?? "").md",
                ]))
            let removed = try await ann.client.send(.delete, "/api/v1/users/me", json: ["password": Stage.password])
            #expect(removed.status == 204)
            #expect(try await stage.count("bookmarks") == 0)
        }
    }

    @Test(arguments: Dialect.allCases) func `a reaction is taken back with its event, and has one run`(_ dialect: Dialect)
        async throws
    {
        try await Stage.with(dialect, features: Self.features.get(), running: false) { stage in
            let ann = try await stage.person("ann")
            let user = try #require(UserID(ann.id))
            struct Undone: Error {}
            await #expect(throws: Undone.self) {
                try await stage.app.database.transaction(as: .user(user)) { transaction in
                    try await stage.app.ground.outbox.append(
                        .init(type: "document.processed", userID: user, payload: ["title": "x"]), in: transaction)
                    throw Undone()
                }
            }
            #expect(try await stage.count("jobs", where: "kind = 'bookmarks.mark'") == 0)
            try await stage.app.database.transaction(as: .user(user)) { transaction in
                try await stage.app.ground.outbox.append(
                    .init(type: "document.processed", userID: user, payload: ["title": "x"]), in: transaction)
            }
            #expect(try await stage.count("jobs", where: "kind = 'bookmarks.mark' AND user_id = '\(user)'") == 1)
        }
    }

    @Test func `its setting, events and routes are in the program's lists`() async throws {
        let features = try Self.features.get()
        let source = SettingsSource(environment: ["LM_BOOKMARK_LIMIT": "7"])
        let entry = try SettingsCatalogue.entries(of: source, features: features).first { $0.name == "LM_BOOKMARK_LIMIT" }
        #expect(entry?.value == "7")
        try await Stage.with(.sqlite, features: features, running: false) { stage in
            let document = try JSONCoding.decoder.decode(JSONValue.self, from: Data(stage.app.openAPI.json.utf8))
            #expect(document["paths"]?["/api/v1/bookmarks"] != nil)
            #expect(document["x-events"]?["bookmark.added"]?["payload"]?["$ref"] == "#/components/schemas/Bookmark")
            #expect(stage.app.openAPI.problems.isEmpty)
        }
    }

    @Test func `a process serves only its features, and makes only what they need`() async throws {
        try await withTemporaryFolder { folder in
            let configuration = try Configuration(
                from: Stage.settingsSource(folder, "sqlite:x.db", ["LM_MODEL_DIR": "/nowhere"]))
            // With no model to load: none is asked for.
            for services in [[ServiceName.auth], [.auth, .study]] {
                let app = try await Application(
                    configuration: configuration, services: Set(services), features: Self.features.get(), logger: .silent)
                let client = TestClient(try app.router())
                #expect(try await client.get("/api/v1/auth/status").status == 200)
                #expect(try await client.get("/api/v1/documents").status == 404)
                #expect(try await client.get("/api/v1/bookmarks").status == (services.contains(.study) ? 401 : 404))
                await app.close()
            }
            await #expect(throws: EmbeddingFailure.self) {
                try await Application(configuration: configuration, services: [.llm], logger: .silent)
            }
        }
    }

    @Test func `the sandbox may run what features declare, and nothing else`() throws {
        let program = FeatureList.program.catalogue
        #expect(program.programs.contains("pandoc"))
        let more = try FeatureCatalogue(
            program.manifests + [FeatureManifest("odd", service: .study, programs: ["odd-reader", "pandoc"])])
        #expect(more.programs == program.programs.union(["odd-reader"]))
    }

    @Test func `features that do not fit are refused with what is wrong`() throws {
        func refusal(_ manifests: FeatureManifest...) -> String? {
            do throws(AssemblyFailure) {
                _ = try FeatureCatalogue(FeatureList.program.catalogue.manifests + manifests)
                return nil
            } catch { return error.message }
        }
        let kind = PeriodicJob.Kind("odd.tidy", queue: "nowhere")
        #expect(refusal(.init("accounts", service: .study)) == "The feature accounts is declared twice.")
        #expect(refusal(.init("odd", service: .study, after: ["even"]))?.contains("odd after even") == true)
        #expect(refusal(.init("odd", service: .study, after: ["even"]), .init("even", service: .study, after: ["odd"])) != nil)
        #expect(
            refusal(.init("odd", service: .study, periodic: [PeriodicJob(kind, every: .seconds(60))]))?.contains("nowhere") == true)
        #expect(
            refusal(.init("odd", service: .study, reactions: [EventReaction(to: "document.eaten", .init("odd.x"))]))
                == "odd reacts to document.eaten, which no feature stores.")
        // Told in passing, so that nothing can be enqueued with it.
        #expect(refusal(.init("odd", service: .study, reactions: [EventReaction(to: "job.progress", .init("odd.x"))])) != nil)
        #expect(refusal(.init("odd", service: .study, settings: [BookmarksFeature.limit])) == nil)
        #expect(refusal(.init("odd", service: .study, migrations: BookmarksMigrations.all))?.contains("bookmarks") == true)
    }

    /// Real jobs do it, so there is nothing to wait on but what they leave.
    private func eventually(_ condition: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("it did not come to pass")
    }
}

extension Person {
    fileprivate func bookmarks() async throws -> [JSONValue] {
        try await client.get("/api/v1/bookmarks").json(JSONValue.self).list
    }
}
