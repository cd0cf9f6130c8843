import Accounts
import Ambient
import Cryptography
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Jobs
import Synchronization
import Testing
@testable import Tokens

@Suite("Personal tokens", .timeLimit(.minutes(3)))
struct PersonalTokenTests {
    private static let password = "violet harbour 7"

    /// A clock that stands until it is moved.
    private final class Clock: Sendable {
        private let date = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
        var now: Date { date.withLock { $0 } }
        var ambient: Ambient { Ambient(now: { self.now }, newUUID: { UUIDv7.make(at: Date()) }) }
        func advance(_ seconds: TimeInterval) { date.withLock { $0 = $0.addingTimeInterval(seconds) } }
    }

    /// Two processes on one database, with routes of two areas.
    private struct Desk: Sendable {
        let database: any Database
        let clock: Clock
        let accounts: AccountsService
        let clients: [TestClient]

        init(_ first: any Database, _ second: any Database) {
            database = first
            let clock = Clock()
            self.clock = clock
            let tokens = AccessTokens(keys: SigningKeyRing(current: .random()))
            let made = [first, second].map { database in
                let outbox = EventOutbox(bus: EventBus(), ambient: clock.ambient)
                let accounts = AccountsService(
                    database: database, passwords: PasswordHasher(cost: .init(memoryKiB: 64, passes: 1, lanes: 1)), tokens: tokens,
                    seal: SecretSeal(keys: SigningKeyRing(current: .random())), outbox: outbox, ambient: clock.ambient)
                let service = PersonalTokenService(database: database, accounts: accounts, outbox: outbox, ambient: clock.ambient)
                return (accounts, service)
            }
            accounts = made[0].0
            clients = made.map { accounts, service in
                var policy = ServingPolicy()
                policy.rateLimits = nil
                let areas: [Route] = ["Library", "Cards"].flatMap { tag in
                    let path = "/\(tag.lowercased())"
                    return [
                        Route.raw(.get, path, "Read", tag: tag) { call in
                            .init(body: .bytes(Array(try call.user().description.utf8)))
                        },
                        Route.raw(.post, path, "Write", tag: tag, status: 204) { _ in .init(status: 204) },
                        Route.raw(.post, path + "/search", "Ask", tag: tag, status: 204) { _ in .init(status: 204) }.onlyReading(),
                        Route.raw(.get, path + "/all", "Look at everybody's", tag: tag, access: .administrator) { _ in
                            .init(status: 204)
                        },
                    ]
                }
                return TestClient(
                    Router(
                        mounts: [
                            RouteMount([""], [AccountsRoutes(service: accounts), PersonalTokenRoutes(service: service), areas])
                        ], authenticator: PersonalTokenAuthentication(service, signIns: TokenAuthenticator(accounts)),
                        policy: policy,
                        ambient: clock.ambient))
            }
        }

        func register() async throws -> (Grant, TestClient) {
            let grant = try await accounts.register(
                email: "ada@example.org", password: PersonalTokenTests.password, displayName: "Ada")
            return (grant, clients[0].bearing(grant.accessToken))
        }

        func make(_ scopes: [String], days: Int? = nil, as client: TestClient) async throws -> PersonalTokenView {
            let body = NewPersonalToken(name: "Backup", scopes: scopes, days: days, password: PersonalTokenTests.password)
            return try await client.send(.post, "/users/me/tokens", json: body).json(PersonalTokenView.self)
        }
    }

    private func withDesk(_ dialect: Dialect = .sqlite, _ body: (Desk) async throws -> Void) async throws {
        let migrations = EventsMigrations.all + JobsMigrations.all + AccountsMigrations.all + TokensMigrations.all
        try await withSecondDatabase(dialect, migrations: migrations) { try await body(Desk($0, $1)) }
    }

    @Test("Made with the password, shown once, used, noted, taken away: at once in every process", arguments: Dialect.allCases)
    func life(_ dialect: Dialect) async throws {
        try await withDesk(dialect) { desk async throws in
            let (grant, ada) = try await desk.register()
            for password in [nil, "wrong"] {
                let body = NewPersonalToken(name: "Backup", scopes: ["read"], password: password)
                #expect(try await ada.send(.post, "/users/me/tokens", json: body).status == 400)
            }
            let made = try await desk.make(["library:read"], as: ada)
            let secret = try #require(made.token)
            #expect(secret.hasPrefix("lm_pat_") && secret.utf8.count == 50)
            let listed = try await ada.get("/users/me/tokens")
            #expect(!listed.text.contains(secret) && !listed.text.contains("lm_pat_"))
            for client in desk.clients {
                let answer = try await client.bearing(secret).get("/library")
                #expect(answer.status == 200 && answer.text == grant.user.id.description)
            }
            #expect(
                try await ada.get("/users/me/tokens").json(Page<PersonalTokenView>.self).data.first?.lastUsedAt == desk.clock.now)
            let digests = try await desk.database.read(as: .system) {
                try await $0.query("SELECT digest FROM personal_tokens").map { try $0.get("digest", as: String.self) }
            }
            #expect(digests == [PersonalToken.digest(secret)])
            // Somebody else does not take it away.
            let eve = try await desk.accounts.register(email: "eve@example.org", password: Self.password, displayName: "Eve")
            #expect(try await desk.clients[0].bearing(eve.accessToken).delete("/users/me/tokens/\(made.id)").status == 404)
            #expect(try await ada.delete("/users/me/tokens/\(made.id)").status == 204)
            for client in desk.clients { #expect(try await client.bearing(secret).get("/library").status == 401) }
            let events = try await desk.database.read(as: .system) {
                try await $0.query("SELECT event_type, payload FROM events ORDER BY event_id").map {
                    (try $0.get("event_type", as: String.self), try $0.get("payload", as: String.self))
                }
            }
            #expect(events.map(\.0).filter { $0.hasPrefix("token.") } == ["token.made", "token.removed"])
            #expect(!events.contains { $0.1.contains(secret) })
        }
    }

    @Test("A token is for what its scopes name, and for no more")
    func scopes() async throws {
        try await withDesk { desk async throws in
            let (_, ada) = try await desk.register()
            func statuses(_ scopes: [String]) async throws -> [Int] {
                let client = desk.clients[0].bearing(try #require(try await desk.make(scopes, as: ada).token))
                return [
                    try await client.get("/library").status, try await client.post("/library").status,
                    try await client.post("/library/search").status, try await client.get("/cards").status,
                    try await client.post("/cards").status,
                ]
            }
            #expect(try await statuses(["read"]) == [200, 403, 204, 200, 403])
            #expect(try await statuses(["write"]) == [200, 204, 204, 200, 204])
            #expect(try await statuses(["library:read"]) == [200, 403, 204, 403, 403])
            #expect(try await statuses(["cards:write"]) == [403, 403, 403, 200, 204])
            #expect(try await statuses(["library:read", "cards:write"]) == [200, 403, 204, 200, 204])

            // Nothing of the account, and nothing of an administrator's, though she is one.
            let client = desk.clients[0].bearing(try #require(try await desk.make(["write"], as: ada).token))
            for (method, path) in [
                (HTTPMethod.get, "/users/me/tokens"), (.post, "/users/me/tokens"), (.delete, "/users/me"),
                (.get, "/users/me/sessions"),
                (.post, "/users/me/password"), (.post, "/auth/logout-all"), (.get, "/library/all"),
            ] {
                let answer = try await client.send(method, path)
                #expect(answer.status == 403, "\(path)")
            }
            let refused = try await client.get("/users/me/tokens")
            #expect(refused.headers["WWW-Authenticate"] == "Bearer error=\"insufficient_scope\"")
            for scopes in [[], ["all"], ["read:library"], ["library:"], ["nothing:read"], ["Library:read"]] {
                let body = NewPersonalToken(name: "a", scopes: scopes, password: Self.password)
                #expect(try await ada.send(.post, "/users/me/tokens", json: body).status == 400, "\(scopes)")
            }
        }
    }

    @Test("Its day, a new password and the account's end are its end", arguments: Dialect.allCases)
    func ends(_ dialect: Dialect) async throws {
        try await withDesk(dialect) { desk async throws in
            let (grant, ada) = try await desk.register()
            let short = try #require(try await desk.make(["read"], days: 1, as: ada).token)
            let long = try #require(try await desk.make(["read"], days: 366, as: ada).token)
            desk.clock.advance(86_399)
            let again = desk.clients[0].bearing(
                try await desk.accounts.logIn(email: "ada@example.org", password: Self.password).accessToken)
            #expect(try await desk.clients[1].bearing(short).get("/library").status == 200)
            desk.clock.advance(1)
            #expect(try await desk.clients[1].bearing(short).get("/library").status == 401)
            #expect(try await desk.clients[1].bearing(long).get("/library").status == 200)
            try await desk.accounts.changePassword(
                of: grant.user.id, from: Self.password, to: "another harbour 8", keeping: nil)
            #expect(try await desk.clients[1].bearing(long).get("/library").status == 401)
            _ = again
            try await desk.accounts.delete(grant.user.id, password: "another harbour 8")
            let left = try await desk.database.read(as: .system) { try await $0.query("SELECT id FROM personal_tokens").count }
            #expect(left == 0)
        }
    }

    @Test("What is no token of ours is none: made up, cut, in another case, in another's place; and headers say nobody's name")
    func strangers() async throws {
        try await withDesk { desk async throws in
            let (grant, ada) = try await desk.register()
            let secret = try #require(try await desk.make(["read"], as: ada).token)
            for text in [
                "lm_pat_", "lm_pat_" + SecureRandom.token(), String(secret.dropLast()), secret + "A", secret.uppercased(),
                PersonalToken.digest(secret), "lm_pat_' OR 1=1 --",
            ] {
                #expect(try await desk.clients[0].bearing(text).get("/library").status == 401, "\(text)")
            }
            for name in ["X-User-ID", "X-User-Id", "X-Forwarded-User", "Remote-User"] {
                #expect(
                    try await desk.clients[0].get("/library", headers: HTTPHeaders([(name, grant.user.id.description)])).status
                        == 401)
            }
        }
    }
}
