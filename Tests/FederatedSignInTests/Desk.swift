import Accounts
import Ambient
import Cryptography
import Database
import DatabaseTesting
import Events
@testable import FederatedSignIn
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Jobs
import OpenID
import OpenIDTesting
import Synchronization
import Telemetry

/// Accounts and signing in by others over a fresh database, with issuers that listen on this machine.
struct Desk: Sendable {
    static let password = "violet harbour 7"
    static let address = "https://study.example.org/"

    let database: any Database
    let accounts: AccountsService
    let clock: Clock
    let seal = SecretSeal(keys: SigningKeyRing(current: .random()))
    /// Two that are asked at once.
    let issuers: [ScriptedIssuer]
    let client: TestClient

    /// A clock that stands until it is moved.
    final class Clock: Sendable {
        private let date = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
        var now: Date { date.withLock { $0 } }
        var ambient: Ambient { Ambient(now: { self.now }, newUUID: { UUIDv7.make(at: Date()) }) }
        func advance(_ seconds: TimeInterval) { date.withLock { $0 = $0.addingTimeInterval(seconds) } }
    }

    static func with(
        _ dialect: Dialect = .sqlite, facebook: FacebookProvider.Endpoints? = nil, mode: RegistrationMode = .open,
        _ body: (Desk) async throws -> Void
    ) async throws {
        let migrations =
            EventsMigrations.all + JobsMigrations.all + AccountsMigrations.all + FederatedSignInMigrations.all
        try await withDatabase(dialect, migrations: migrations) { try await body(Desk($0, facebook, mode)) }
    }

    private init(_ database: any Database, _ facebook: FacebookProvider.Endpoints?, _ mode: RegistrationMode) throws {
        self.database = database
        let clock = Clock()
        self.clock = clock
        var policy = AccountsPolicy()
        policy.registration = mode
        let outbox = EventOutbox(bus: EventBus(), ambient: clock.ambient)
        accounts = AccountsService(
            database: database, passwords: PasswordHasher(cost: .init(memoryKiB: 64, passes: 1, lanes: 1)),
            tokens: AccessTokens(keys: SigningKeyRing(current: .random())), seal: seal,
            outbox: outbox, policy: policy, ambient: clock.ambient)
        issuers = try (0..<2).map { _ in try ScriptedIssuer(clock: { clock.now.timeIntervalSince1970 }) }
        let asking = try IssuerClient()
        var providers: [any IdentityProvider] = zip(issuers, ["one", "two"]).map { issuer, name in
            OpenIDProvider(
                name: name, title: name.capitalized, issuer: issuer.url,
                client: .init(id: ScriptedIssuer.clientID, secret: ScriptedIssuer.secret), by: asking, ambient: clock.ambient,
                logger: .silent)
        }
        if let facebook {
            providers.append(
                FacebookProvider(client: .init(id: "app", secret: "app secret"), endpoints: facebook, by: asking, logger: .silent))
        }
        let service = FederatedSignInService(
            database: database, accounts: accounts, providers: providers, address: Self.address, outbox: outbox, seal: seal,
            ambient: clock.ambient)
        var serving = ServingPolicy()
        serving.rateLimits = nil
        client = TestClient(
            Router(
                mounts: [
                    RouteMount(
                        [""],
                        [
                            AccountsRoutes(service: accounts), SecondFactorRoutes(service: accounts),
                            FederatedSignInRoutes(service: service),
                        ])
                ], authenticator: TokenAuthenticator(accounts), policy: serving, ambient: clock.ambient))
    }

    /// A sign-in as far as the provider's page.
    struct Way: Sendable {
        let provider: String
        let address: String
        let binding: String
    }

    func begin(
        _ provider: String = "one", as client: TestClient? = nil, purpose: SignInPurpose = .signIn, password: String? = nil,
        page: String? = nil, invitation: String? = nil
    ) async throws -> Way {
        let body = AuthorizationBody(
            provider: provider, purpose: purpose, returnTo: page, invitation: invitation, password: password)
        let answer = try await (client ?? self.client).send(.post, "/auth/authorize", json: body)
        guard answer.status == 200 else { throw Refused(answer: answer) }
        let view = try answer.json(AuthorizationView.self)
        return Way(provider: provider, address: view.address, binding: view.binding ?? "")
    }

    /// Comes back with what the provider gave.
    func complete(
        _ way: Way, _ brought: [String: String], as client: TestClient? = nil, secondFactor: String? = nil
    ) async throws -> TestAnswer {
        let body = CallbackBody(
            provider: way.provider, state: brought["state"] ?? "none", code: brought["code"], iss: brought["iss"],
            error: brought["error"], secondFactor: secondFactor, binding: way.binding)
        return try await (client ?? self.client).send(.post, "/auth/callback", json: body)
    }

    /// All of it.
    func signIn(_ number: Int = 0, as person: ScriptedIssuer.Person = .init()) async throws -> TestAnswer {
        let way = try await begin(number == 0 ? "one" : "two")
        return try await complete(way, issuers[number].authorize(way.address, as: person))
    }

    /// Somebody without a password shows that it is they, by the provider that they come by.
    func prove(as client: TestClient) async throws {
        let way = try await begin(as: client, purpose: .prove)
        let answer = try await complete(way, issuers[0].authorize(way.address), as: client)
        guard answer.status == 200 else { throw Refused(answer: answer) }
    }

    func grant(_ answer: TestAnswer) throws -> GrantView {
        guard answer.status == 200, let grant = try answer.json(CallbackView.self).grant else { throw Refused(answer: answer) }
        return grant
    }

    func register(_ email: String = "ada@example.org") async throws -> Grant {
        try await accounts.register(email: email, password: Self.password, displayName: "Ada")
    }

    func count(_ table: String) async throws -> Int {
        try await database.read(as: .system) { try await $0.first("SELECT count(*) AS n FROM \(unsafe: table)") }?.get("n") ?? 0
    }
}

/// An answer that was not the expected one.
struct Refused: Error, CustomStringConvertible {
    let answer: TestAnswer
    var description: String { "\(answer.status): \(answer.text)" }
}

extension TestAnswer {
    /// Why, by the name that the app knows it by.
    var reason: String? { try? error().details["reason"] }
}
