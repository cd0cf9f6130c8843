import Cryptography
import Database
import DatabaseTesting
import Events
import Jobs
import Settings
import Telemetry
import Testing

@testable import Audit

@Suite("Settings that changed", .timeLimit(.minutes(2)))
struct SettingsWatchTests {
    private static let hasher = PasswordHasher(cost: .init(memoryKiB: 64, passes: 1, lanes: 1))

    @Test("What differs from the last start is told by name, and no value is kept to be read", arguments: Dialect.allCases)
    func changes(_ dialect: Dialect) async throws {
        let migrations = JobsMigrations.all + EventsMigrations.all + AuditMigrations.all
        try await withDatabase(dialect, migrations: migrations) { database in
            let recorder = AuditRecorder(kinds: [InstallationEvents.settingsChanged.name])
            let outbox = EventOutbox(bus: EventBus()) { try await recorder.record($0, in: $1) }
            func start(_ settings: [String: String]) async throws -> [String] {
                try await SettingsWatch(
                    database: database, outbox: outbox, source: SettingsSource(environment: settings),
                    secret: ["LM_SMTP_URL"], passwords: Self.hasher, logger: .silent
                ).note()
            }
            // The first start has nothing to compare with, also where nothing is set.
            #expect(try await start([:]) == [])
            #expect(try await start([:]) == [])
            let mail = "smtp://ada:sesame@mail.example.org"
            #expect(try await start(["LM_SMTP_URL": mail, "LM_REGISTRATION": "open"]) == ["LM_REGISTRATION", "LM_SMTP_URL"])
            #expect(try await start(["LM_SMTP_URL": mail, "LM_REGISTRATION": "open", "PATH": "/bin", "LM_HOST": ""]) == [])
            #expect(try await start(["LM_SMTP_URL": mail + ":25", "LM_REGISTRATION": "open"]) == ["LM_SMTP_URL"])
            #expect(try await start(["LM_REGISTRATION": "closed"]) == ["LM_REGISTRATION", "LM_SMTP_URL"])
            let (entries, kept) = try await database.read(as: .system) { transaction in
                (
                    try await transaction.query("SELECT details FROM audit_entries ORDER BY id").map {
                        try $0.get("details", as: String.self)
                    },
                    try await transaction.query("SELECT name, digest FROM setting_states").map {
                        try $0.get("name", as: String.self) + $0.get("digest", as: String.self)
                    }
                )
            }
            #expect(entries.count == 3 && entries[1].contains("LM_SMTP_URL") && !entries[1].contains("LM_REGISTRATION"))
            #expect(!(entries + kept).contains { $0.contains("sesame") || $0.contains("closed") })
        }
    }
}
