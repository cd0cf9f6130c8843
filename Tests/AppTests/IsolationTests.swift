import Ambient
@testable import App
import Database
import DatabaseTesting
import Failures
import FoundationEssentials
import HTTPServingTesting
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
}
