import Accounts
import Ambient
import Database
import DatabaseTesting
import Events
import Failures
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Jobs
import Testing

/// One token shown by many at once, to two processes on one database: the tabs of a browser, or a program that did not hear the answer.
@Suite("Racing refreshes", .timeLimit(.minutes(3)))
struct RefreshRaceTests {
    private static let cases = Dialect.allCases.flatMap { dialect in [(dialect, true), (dialect, false)] }
    private static let cookieMode: HTTPHeaders = ["X-LM-Session": "cookie"]

    private func withTwo(
        _ dialect: Dialect, _ body: (Office, [TestClient], _ other: any Database) async throws -> Void
    ) async throws {
        let migrations = EventsMigrations.all + JobsMigrations.all + AccountsMigrations.all
        try await withSecondDatabase(dialect, migrations: migrations) { first, second in
            let office = Office(first)
            let clients = [office.service, office.elsewhere(second)].map { service in
                TestClient(Router([AccountsRoutes(service: service)], authenticator: TokenAuthenticator(service)))
            }
            try await body(office, clients, second)
        }
    }

    /// What came of showing the token: the status, and the tokens if there are any.
    private func refresh(
        _ token: String, at client: TestClient, asCookie: Bool
    ) async throws -> (status: Int, access: String, refresh: String) {
        var answer: TestAnswer
        if asCookie {
            var headers = Self.cookieMode
            headers["Cookie"] = "lm_refresh=\(token)"
            answer = try await client.post("/auth/refresh", headers: headers)
        } else {
            answer = try await client.post("/auth/refresh", json: #"{"refresh_token":"\#(token)"}"#)
        }
        guard answer.status == 200 else { return (answer.status, "", "") }
        let grant = try answer.json(GrantView.self)
        let cookie = answer.headers["Set-Cookie"]?.split(separator: ";").first?.dropFirst("lm_refresh=".count)
        #expect((cookie != nil) == asCookie)
        return (200, grant.accessToken, grant.refreshToken ?? String(cookie ?? ""))
    }

    @Test("All of fifty stay signed in, and the session has one successor", arguments: cases)
    func survival(_ dialect: Dialect, asCookie: Bool) async throws {
        try await withTwo(dialect) { office, clients, _ in
            let grant = try await office.register()
            let outcomes = try await withThrowingTaskGroup(of: (status: Int, access: String, refresh: String).self) { group in
                for number in 0..<50 {
                    group.addTask { try await refresh(grant.refreshToken, at: clients[number % 2], asCookie: asCookie) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0.status == 200 } == 50)
            let successors = Set(outcomes.map(\.refresh))
            #expect(successors.count == 1)
            let live = try await office.database.read(as: .system) {
                try await $0.query("SELECT digest FROM refresh_tokens WHERE used_at IS NULL").count
            }
            #expect(live == 1)
            #expect(try await office.service.sessions(of: grant.user.id).map(\.id) == [grant.session])
            for (number, outcome) in outcomes.enumerated() {
                #expect(try await clients[number % 2].bearing(outcome.access).get("/users/me").status == 200)
            }
            // Whoever comes late within the grace is still given it, also where it was itself spent by now.
            let successor = try #require(successors.first)
            office.clock.advance(9)
            let later = try await refresh(successor, at: clients[1], asCookie: asCookie)
            #expect(later.status == 200 && later.refresh != successor)
            #expect(try await refresh(grant.refreshToken, at: clients[1], asCookie: asCookie).refresh == successor)
        }
    }

    @Test("After ten seconds it ends the whole session, in both processes", arguments: cases)
    func replay(_ dialect: Dialect, asCookie: Bool) async throws {
        try await withTwo(dialect) { office, clients, _ in
            let grant = try await office.register()
            let next = try await refresh(grant.refreshToken, at: clients[0], asCookie: asCookie)
            office.clock.advance(10.5)
            #expect(try await refresh(grant.refreshToken, at: clients[1], asCookie: asCookie).status == 401)
            for client in clients { #expect(try await refresh(next.refresh, at: client, asCookie: asCookie).status == 401) }
            #expect(try await clients[1].bearing(next.access).get("/users/me").status == 401)
            #expect(try await office.service.sessions(of: grant.user.id).isEmpty)
        }
    }

    @Test("What a successor is made with is forgotten after the grace", arguments: Dialect.allCases)
    func salts(_ dialect: Dialect) async throws {
        try await withTwo(dialect) { office, clients, _ in
            var token = try await office.register().refreshToken
            for _ in 0..<3 {
                token = try await refresh(token, at: clients[0], asCookie: false).refresh
                office.clock.advance(1800)
            }
            let salts = try await office.database.read(as: .system) {
                try await $0.query("SELECT digest FROM refresh_tokens WHERE successor_salt IS NOT NULL").count
            }
            #expect(salts == 1)
        }
    }
}
