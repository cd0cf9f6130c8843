import Ambient
@testable import App
@testable import Database
import FoundationEssentials
import Glibc
import Settings
import Telemetry
import Testing

@Suite struct DoctorTests {
    @Test func `a clock that was never set is found`() async throws {
        let configuration = try Configuration(
            from: SettingsSource(environment: ["LM_DATA_DIR": "/nowhere"].merging(Stage.modelSettings) { $1 }))
        let ambient = Ambient(now: { Date(timeIntervalSince1970: 1000) }, newUUID: { Ambient.live.newUUID() })
        let findings = await Doctor(configuration: configuration, ambient: ambient, logger: .silent).findings()
        let clock = try #require(findings.first { $0.part == "clock" })
        #expect(clock.verdict == .broken)
        #expect(clock.text.contains("1970-01-01"))
    }

    @Test func `a name that is no setting is named with the one that was meant`() throws {
        let source = SettingsSource(
            environment: ["LM_PROT": "1", "LM_HOST": "::1", "LM_BASELINE": "1", "PATH": "/bin", "LM_SOMETHING_ELSE": "1"],
            file: ["REGISTRATION": "off", "LM_OLLAMA_URI": "x"])
        #expect(
            try UnknownSetting.all(in: source).map(\.text)
                == ["LM_OLLAMA_URI (LM_OLLAMA_URL?)", "LM_PROT (LM_PORT?)", "LM_SOMETHING_ELSE", "REGISTRATION (LM_REGISTRATION?)"])
    }

    @Test(arguments: [DatabaseFailure.Kind.connection, .damaged, .denied, .full, .readOnly, .unsupported, .contention, .timeout])
    func `what an operator can mend is said with how`(_ kind: DatabaseFailure.Kind) throws {
        let failure = DatabaseFailure(kind, "it did not work\n\tDid you try?\nelsewhere neither")
        for location in [DatabaseLocation.sqlite(path: "/data/file.db"), .postgres(url: "postgres://here")] {
            for error in [failure as any Error, MigrationFailure(feature: "jobs", number: 1, reason: .failed(failure))] {
                let trouble = try #require(DatabaseTrouble(error, at: location))
                #expect(trouble.reason.hasSuffix("it did not work; elsewhere neither"))
                #expect(!trouble.remedy.isEmpty)
            }
        }
    }

    @Test func `a server that speaks no TLS is told of with both ways out`() throws {
        let failure = DatabaseFailure(.connection, "server does not support SSL, but SSL was required")
        let trouble = try #require(DatabaseTrouble(failure, at: .postgres(url: "postgres://there")))
        #expect(trouble.remedy.contains("ssl = on") && trouble.remedy.contains("sslmode=disable"))
    }

    @Test(arguments: [
        ("postgres://study@/study?host=/run/postgresql", Finding.Verdict.good), ("postgres://study@db.example/study", .advice),
        ("postgres://study@db.example/study?sslmode=verify-full", .good),
        ("postgres://study@db.example/study?sslmode=disable", .advice),
    ])
    func `how the way to the database is guarded is told`(_ url: String, _ verdict: Finding.Verdict) throws {
        let configuration = try Configuration(
            from: SettingsSource(
                environment: ["LM_DATA_DIR": "/nowhere", "LM_DATABASE_URL": url].merging(Stage.modelSettings) { $1 }))
        let finding = try #require(Doctor(configuration: configuration, logger: .silent).databaseLine().first)
        #expect(finding.verdict == verdict)
        #expect(verdict == .good || finding.remedy?.contains("sslmode=verify-full") == true)
    }

    @Test func `what others on the machine can open is named with how it is closed`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lm-modes-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try DataDirectory(path: folder)
        let file = folder + "/settings.env"
        try Data("LM_PORT=8081\n".utf8).write(to: URL(filePath: file))
        chmod(file, 0o600)
        let source = try Configuration.source(overrides: ["LM_DATA_DIR": folder].merging(Stage.modelSettings) { $1 })
        #expect(source.path == file)
        let configuration = try Configuration(from: source)
        func modes() -> Finding { Doctor(configuration: configuration, logger: .silent).modes() }
        #expect(modes().verdict == .good)
        chmod(file, 0o640)
        let readable = modes()
        #expect(readable.verdict == .advice && readable.text.contains("(mode 640)") && readable.remedy == "chmod 600 \(file)")
        chmod(folder, 0o755)
        let both = modes()
        #expect(both.remedy == "chmod 600 \(file); chmod 700 \(folder)" && both.text.contains("(mode 755)"))
        // Only to go through: what is there is found by its name.
        chmod(folder, 0o711)
        #expect(modes().text.contains("(mode 711)"))
    }

    @Test func `a fault of ours is no trouble of the operator's`() {
        #expect(DatabaseTrouble(DatabaseFailure(.statement, "syntax error"), at: .sqlite(path: "/x")) == nil)
        #expect(DatabaseTrouble(CancellationError(), at: .sqlite(path: "/x")) == nil)
    }
}
