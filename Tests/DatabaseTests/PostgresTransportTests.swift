@testable import PostgresDatabase
import Testing

@Suite("The way to a PostgreSQL server") struct PostgresTransportTests {
    private static func transport(_ url: String, _ environment: [String: String] = [:]) -> PostgresTransport {
        PostgresTransport(url: url) { environment[$0] }
    }

    @Test(
        "On this machine nothing is demanded",
        arguments: [
            "postgres://a@/b", "postgres://a@/b?host=/run/postgresql", "postgres://a:p@localhost/b",
            "postgres://a@127.0.0.1:5433/b",
            "postgres://a@127.8.9.1/b", "postgres://a@[::1]/b", "postgres://a@localhost:1,127.0.0.1:2/b",
            "postgres://a@db.example/b?hostaddr=127.0.0.1", "host=/tmp user=a",
        ])
    func local(_ url: String) {
        let transport = Self.transport(url)
        #expect(transport.mode == nil && transport.guarding == .local)
    }

    @Test(
        "To another machine TLS is demanded where nothing is said",
        arguments: [
            "postgres://a@db.example/b", "postgres://a:p@10.0.0.5:5432/b", "postgresql://a@[2001:db8::1]/b",
            // One of several is enough.
            "postgres://a@localhost,db.example/b", "postgres://a@localhost/b?hostaddr=10.0.0.5", "host=db.example user=a",
            "postgres://a@localhost.example/b", "postgres://a@127.0.0.1.example/b", "postgres://a@2130706433/b",
        ])
    func remote(_ url: String) {
        let transport = Self.transport(url)
        #expect(transport.mode == "require" && transport.guarding == .encrypted)
    }

    @Test(
        "What is said holds",
        arguments: [
            ("disable", PostgresTransport.Guarding.plain), ("prefer", .plain), ("allow", .plain), ("require", .encrypted),
            ("verify-ca", .encrypted), ("verify-full", .verified),
        ])
    func said(_ sslmode: String, _ guarding: PostgresTransport.Guarding) {
        let inURL = Self.transport("postgres://a@db.example/b?sslmode=\(sslmode)")
        #expect(inURL.mode == nil && inURL.guarding == guarding)
        let inEnvironment = Self.transport("postgres://a@db.example/b", ["PGSSLMODE": sslmode])
        #expect(inEnvironment.mode == sslmode && inEnvironment.guarding == guarding)
        // The string comes before the environment.
        let both = Self.transport("postgres://a@db.example/b?sslmode=\(sslmode)", ["PGSSLMODE": "disable"])
        #expect(both.mode == nil && both.guarding == guarding)
    }

    @Test("The environment and service files count as libpq takes them")
    func elsewhere() {
        #expect(Self.transport("postgres://a@/b", ["PGHOST": "db.example"]).mode == "require")
        #expect(Self.transport("postgres://a@/b", ["PGHOST": "/tmp"]).mode == nil)
        #expect(Self.transport("postgres:///?service=study").guarding == .elsewhere)
        #expect(Self.transport("postgres:///", ["PGSERVICE": "study"]).mode == nil)
    }
}
