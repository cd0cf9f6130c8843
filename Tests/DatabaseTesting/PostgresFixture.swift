import Concurrency
import Database
import FoundationEssentials
import Glibc
import PostgresDatabase

/// The server of this test process, and the databases on it.
///
/// Each list of migrations is applied once, to a template; a test's database is a copy of it. Databases belong to a role that is no
/// superuser, so row-level security counts.
actor PostgresFixture {
    static let shared = PostgresFixture()

    private static let role = "lm_test"
    private static let password = "lm_test"

    private var starting: Task<String, any Error>?
    private var templates: [String: Task<String, any Error>] = [:]
    private var running: PostgresServer?
    private var admin: PostgresDatabase?

    /// Makes a fresh database with the migrations applied; returns how to connect to it.
    func make(_ migrations: [Migration], connections: Int) async throws -> PostgresDatabase.Configuration {
        let url = try await serverURL()
        let name = Self.freshName()
        if migrations.isEmpty {
            try await administrator(url).administer("CREATE DATABASE \(unsafe: name) OWNER \(unsafe: Self.role)")
        } else {
            let template = try await template(migrations, url)
            try await administrator(url).administer(
                "CREATE DATABASE \(unsafe: name) TEMPLATE \(unsafe: template) OWNER \(unsafe: Self.role)")
        }
        return configuration(url, name, connections)
    }

    func drop(_ configuration: PostgresDatabase.Configuration) async throws {
        guard let name = configuration.database, let admin else { return }
        try await admin.administer("DROP DATABASE IF EXISTS \(unsafe: name) WITH (FORCE)")
    }

    private func serverURL() async throws -> String {
        if let starting { return try await starting.value }
        // Awaited by everyone who needs the server; nobody cancels it.
        let task = Task {
            let url: String
            if let given = getenv("LM_TEST_POSTGRES_URL") {
                url = String(cString: given)
                try await removeLeftovers(url)
            } else {
                let server = try await PostgresServer.start()
                running = server
                url = server.adminURL
            }
            try await administrator(url).administer(
                """
                DO $$ BEGIN
                    CREATE ROLE \(unsafe: Self.role) LOGIN PASSWORD '\(unsafe: Self.password)' NOSUPERUSER NOBYPASSRLS;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                END $$
                """)
            return url
        }
        starting = task
        return try await task.value
    }

    /// Drops what earlier test processes of this machine left on a server that is not ours to stop.
    private func removeLeftovers(_ url: String) async throws {
        let administrator = administrator(url)
        let names = try await administrator.read(as: .system) { transaction in
            try await transaction.query("SELECT datname FROM pg_database WHERE datname LIKE 'lm\\_test\\_%'")
                .map { try $0.get("datname", as: String.self) }
        }
        for name in names {
            guard let owner = name.split(separator: "_").dropFirst(2).first.flatMap({ pid_t($0) }), kill(owner, 0) != 0 else {
                continue
            }
            try await administrator.administer("DROP DATABASE IF EXISTS \(unsafe: name) WITH (FORCE)")
        }
    }

    private func template(_ migrations: [Migration], _ url: String) async throws -> String {
        let key = migrations.map { "\($0.feature)/\($0.number)/\($0.checksum(for: .postgres))" }.joined(separator: " ")
        if let task = templates[key] { return try await task.value }
        // Awaited by everyone who needs this template; nobody cancels it.
        let task = Task {
            let name = Self.freshName()
            try await administrator(url).administer("CREATE DATABASE \(unsafe: name) OWNER \(unsafe: Self.role)")
            let database = PostgresDatabase(configuration: configuration(url, name, 1))
            do {
                try await Migrator(database: database).apply(migrations)
                await database.close()
            } catch {
                await database.close()
                throw error
            }
            return name
        }
        templates[key] = task
        return try await task.value
    }

    private func administrator(_ url: String) -> PostgresDatabase {
        if let admin { return admin }
        var configuration = PostgresDatabase.Configuration(url: url)
        configuration.connections = 2
        configuration.waitLimit = .seconds(300)
        let made = PostgresDatabase(configuration: configuration)
        admin = made
        return made
    }

    private func configuration(_ url: String, _ name: String, _ connections: Int) -> PostgresDatabase.Configuration {
        var configuration = PostgresDatabase.Configuration(url: url)
        configuration.user = Self.role
        configuration.password = Self.password
        configuration.database = name
        configuration.connections = connections
        return configuration
    }

    /// The configuration as one URL.
    static func address(of configuration: PostgresDatabase.Configuration) -> String {
        let parts = configuration.url.split(separator: "?", maxSplits: 1)
        let place = parts[0].drop { $0 != ":" }.dropFirst("://".count)
        let authority = place.prefix { $0 != "/" }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        let query = parts.count > 1 ? "?\(parts[1])" : ""
        return "postgresql://\(role):\(password)@\(host)/\(configuration.database ?? "")\(query)"
    }

    private static func freshName() -> String { "lm_test_\(getpid())_\(UInt64.random(in: 0 ... .max))" }
}
