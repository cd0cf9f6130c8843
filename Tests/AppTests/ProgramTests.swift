import App
import Assembly
import Database
import DatabaseTesting
import FoundationEssentials
import Glibc
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Settings
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(3)))
struct ProgramTests {
    @Test func `the OpenAPI document has no gaps: every route has a summary, an answer and its failures`() async throws {
        try await Stage.with(.sqlite, running: false) { stage in
            #expect(stage.app.openAPI.problems.isEmpty)
            #expect(try await stage.client.get("/openapi.json").text == Application.openAPIText())
            var names: Set<String> = []
            for operation in try Operation.all(of: stage.app) {
                let document = operation.document
                #expect(document["summary"]?.text?.isEmpty == false, "\(operation.name)")
                let isNew = names.insert(document["operationId"]?.text ?? "").inserted
                #expect(isNew, "\(operation.name)")
                let answers = document["responses"]?.names ?? []
                // A connection that leaves HTTP is answered by 101, one that is sent elsewhere by 303.
                #expect(answers.contains { $0.hasPrefix("2") || $0 == "101" || $0 == "303" }, "\(operation.name)")
                guard operation.template.hasPrefix("/api/") else { continue }
                let isSigned = document["security"]?.list.isEmpty == false
                if isSigned { #expect(answers.contains("401"), "\(operation.name)") }
                if operation.template.contains("{") { #expect(answers.contains("404"), "\(operation.name)") }
                if operation.hasBody { #expect(answers.contains("422") || answers.contains("400"), "\(operation.name)") }
                #expect(answers.contains { $0.hasPrefix("4") }, "\(operation.name)")
            }
        }
    }

    @Test func `what an answer has as null its schema allows to be null`() async throws {
        try await Stage.with(.sqlite, running: false) { stage in
            let schemas = try await stage.client.get("/openapi.json").json(JSONValue.self)["components"]?["schemas"]
            for (name, field, type) in [
                ("Passage", "page", "integer"), ("Passage", "section", "string"), ("Citation", "page", "integer"),
                ("Citation", "section", "string"), ("Document", "page_count", "integer"), ("Document", "chunk_count", "integer"),
            ] {
                let property = schemas?[name]?["properties"]?[field]
                #expect(property?["type"] == [.string(type), "null"], "\(name).\(field)")
            }
            // What is left out where there is nothing is not null.
            #expect(schemas?["Document"]?["properties"]?["subject"]?["type"] == "string")
            // A request may say null where that means something, and is told of what is wrong as before.
            #expect(schemas?["ConversationChange"]?["properties"]?["document_ids"]?["type"] == ["array", "null"])
            let ann = try await stage.person("ann")
            let path = "/api/v1/chat/conversations/\(try await ann.conversation())"
            let refused = try await ann.client.send(.patch, path, json: ["document_ids": ["nonsense"]])
            #expect(try refused.error().details == ["document_ids[0]": "must be a UUID"])
        }
    }

    @Test(arguments: Dialect.allCases) func `/api is /api/v1`(_ dialect: Dialect) async throws {
        try await Stage.with(dialect, running: false) { stage in
            let ann = try await stage.person("ann")
            for path in ["users/me", "documents", "chat/conversations", "jobs", "auth/status"] {
                let (current, alias) = (
                    try await ann.client.get("/api/v1/\(path)"), try await ann.client.get("/api/\(path)")
                )
                #expect(current.status == 200 && alias.status == 200, "\(path)")
                #expect(current.body == alias.body, "\(path)")
            }
        }
    }

    @Test(arguments: Dialect.allCases) func `/health, /ready and /metrics answer; a database that is down is named`(
        _ dialect: Dialect
    ) async throws {
        try await Stage.with(dialect, running: false) { stage in
            #expect(try await stage.client.get("/health").json(JSONValue.self)["status"]?.text == "ok")
            let ready = try await stage.client.get("/ready")
            #expect(ready.status == 200, "\(ready.text)")
            #expect(
                // Other tests of the process may have asked servers, which are named here too.
                try ready.json(JSONValue.self)["checks"]?.names.isSuperset(of: [
                    "database", "embeddings", "model", "sandbox", "speech", "storage",
                ]) == true)
            let metrics = try await stage.client.get("/metrics")
            #expect(metrics.text.contains("http_server_request_duration_seconds_bucket{"))
        }
        try await Stage.with(dialect, running: false) { stage in
            let data = stage.app.data.path
            try FileManager.default.moveItem(atPath: data, toPath: data + "-gone")
            let full = try await stage.client.get("/ready")
            #expect(try full.error().details["storage"] != nil)
            #expect(!full.text.contains(data), "the server's folders are nobody's business")
        }
        // Anew: an answer is good for a moment.
        try await Stage.with(dialect, running: false) { stage in
            await stage.app.database.close()
            let down = try await stage.client.get("/ready")
            #expect(down.status == 503)
            #expect(try down.json(JSONValue.self)["checks"]?["database"]?["status"]?.text == "down")
            #expect(try down.error().error == "ServiceUnavailable")
            #expect(try down.error().details["database"] != nil)
            #expect(try await stage.client.get("/health").status == 200)
        }
    }

    @Test(arguments: Dialect.allCases) func `migrations that are applied stay as they are`(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: FeatureList.program.catalogue.migrations) { database in
            let migrator = Migrator(database: database)
            #expect(try await migrator.pending(FeatureList.program.catalogue.migrations).isEmpty)
            try await migrator.apply(FeatureList.program.catalogue.migrations)
            #expect(try await migrator.pending(FeatureList.program.catalogue.migrations).isEmpty)
        }
    }

    @Test func `the catalogue has every setting once, and the guide names no other`() throws {
        let listed = try SettingsCatalogue.entries(of: SettingsSource(environment: [:])).map(\.name)
        #expect(Set(listed).count == listed.count)
        // It says where the other settings are, so it is none itself.
        let known = Set(listed).union(["LM_SETTINGS_FILE"])
        #expect(try declaredSettings().symmetricDifference(known) == [])
        #expect(try names(in: "Docs/Using.md").isSubset(of: known))
    }

    @Test func `a secret is not shown`() throws {
        let source = SettingsSource(environment: [
            "LM_OPENAI_API_KEY": "sk-hidden", "LM_DATABASE_URL": "postgres://a:hidden@b/c",
        ])
        for entry in try SettingsCatalogue.entries(of: source) { #expect(!entry.value.contains("hidden"), "\(entry.name)") }
    }

    /// Every `LM_…` that the sources of the program's configuration and of its features name.
    private func declaredSettings() throws -> Set<String> {
        var found: Set<String> = []
        for folder in ["Sources/App/Configuration", "Sources/App/PlatformFeatures", "Sources/Features"] {
            for path in try FileManager.default.subpathsOfDirectory(atPath: "\(root())/\(folder)") {
                if path.hasSuffix(".swift"), !path.hasSuffix("UnknownSetting.swift") {
                    found.formUnion(try names(in: "\(folder)/\(path)"))
                }
            }
        }
        return found
    }

    private func root(from file: String = #filePath) -> String {
        "/" + file.split(separator: "/").dropLast(3).joined(separator: "/")
    }

    /// Every `LM_…` of a file of the package.
    private func names(in path: String) throws -> Set<String> {
        let root = root()
        let text = try String(contentsOf: URL(filePath: "\(root)/\(path)"), encoding: .utf8)
        return Set(text.matches(of: /LM_[A-Z]+(?:_[A-Z]+)*/).map { String($0.output) })
    }

    @Test(arguments: Dialect.allCases) func `the doctor finds a good installation good`(_ dialect: Dialect) async throws {
        try await withFreshPlace(dialect) { source in
            try await Stage.on(source, running: false) { stage in
                for finding in await Doctor(configuration: stage.app.configuration, logger: .silent).findings() {
                    // The web app is built apart, and a test machine's disk may be nearly full.
                    if ["web app", "data folder"].contains(finding.part) {
                        #expect(finding.verdict != .broken)
                    } else {
                        #expect(finding.verdict == .good, "\(finding)")
                        #expect(finding.remedy == nil)
                    }
                }
            }
        }
    }

    @Test func `a server that does not run the jobs takes them over when the one that does is gone`() async throws {
        try await withTemporaryFolder { folder in
            let data = try DataDirectory(path: folder + "/data")
            var other = try ProcessLock(path: data.path + "/jobs.lock")
            try #require(other != nil)
            try await Stage.on(Stage.settingsSource(folder, "", Stage.modelSettings)) { stage in
                let ann = try await stage.person("ann")
                let document = try await ann.upload("cell.md", Course.markdown)
                #expect(document["status"]?.text == "pending")
                other = nil
                #expect(try await ann.settled(try #require(document["id"]?.text))["status"]?.text == "completed")
            }
        }
    }

    @Test func `the doctor makes nothing`() async throws {
        try await withTemporaryFolder { folder in
            let source = SettingsSource(
                environment: ["LM_DATA_DIR": folder + "/not/yet"].merging(Stage.modelSettings) { $1 })
            let findings = await Doctor(configuration: try Configuration(from: source), logger: .silent).findings()
            for part in ["data folder", "database", "signing key"] {
                #expect(findings.first { $0.part == part }?.verdict == .good, "\(part)")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test func `the doctor finds a damaged key, a damaged database and a folder that is no web app`() async throws {
        try await withTemporaryFolder { folder in
            for name in ["signing.key", "little-monster.db"] {
                let bytes = Data(String(repeating: "this is no such file ", count: 500).utf8)
                try bytes.write(to: URL(filePath: "\(folder)/\(name)"))
                chmod("\(folder)/\(name)", 0o600)
            }
            let source = SettingsSource(
                environment: ["LM_DATA_DIR": folder, "LM_WEB_DIR": folder].merging(Stage.modelSettings) { $1 })
            let findings = await Doctor(configuration: try Configuration(from: source), logger: .silent).findings()
            for (part, word) in [("signing key", "damaged"), ("database", "damaged"), ("web app", "index.html")] {
                let finding = try #require(findings.first { $0.part == part })
                #expect(finding.verdict == .broken, "\(part)")
                #expect(finding.text.contains(word), "\(finding.text)")
                #expect(finding.remedy?.isEmpty == false)
            }
        }
    }

    @Test func `the doctor says how to mend a missing model and an unreachable database`() async throws {
        try await withTemporaryFolder { folder in
            let source = Stage.settingsSource(
                folder, "postgres://nobody@127.0.0.1:1/nothing", ["LM_MODEL_DIR": folder + "/no-model"])
            let findings = await Doctor(configuration: try Configuration(from: source), logger: .silent).findings()
            for part in ["embeddings", "database"] {
                let finding = try #require(findings.first { $0.part == part })
                #expect(finding.verdict == .broken)
                #expect(finding.remedy?.isEmpty == false)
                #expect(!finding.text.isEmpty)
            }
        }
    }
}

/// The program's description of itself.
func openAPI(of app: Application) throws -> JSONValue {
    try JSONCoding.decoder.decode(JSONValue.self, from: Data(app.openAPI.json.utf8))
}

/// Settings of an empty folder and an empty database, for several starts on one place.
func withFreshPlace(_ dialect: Dialect, _ body: (SettingsSource) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        try await withDatabaseURL(dialect) { url in
            try await body(Stage.settingsSource(folder, url, Stage.modelSettings))
        }
    }
}
