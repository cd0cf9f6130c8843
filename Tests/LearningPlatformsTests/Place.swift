import Accounts
import Ambient
import Classes
import Cryptography
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Jobs
@testable import LearningPlatforms
import OpenID
import OpenIDTesting
import Sharing
import Synchronization
import Telemetry

/// Accounts and launches over a fresh database, with a platform that listens on this machine.
struct Place: Sendable {
    static let password = "violet harbour 7"
    static let address = "https://study.example.org/"

    let database: any Database
    let accounts: AccountsService
    let clock: Clock
    let seal = SecretSeal(keys: SigningKeyRing(current: .random()))
    let platform: ScriptedPlatform
    let service: LearningPlatformService
    let client: TestClient
    let book: Book

    /// A clock that stands until it is moved.
    final class Clock: Sendable {
        private let date = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
        var now: Date { date.withLock { $0 } }
        var ambient: Ambient { Ambient(now: { self.now }, newUUID: { UUIDv7.make(at: Date()) }) }
        func advance(_ seconds: TimeInterval) { date.withLock { $0 = $0.addingTimeInterval(seconds) } }
    }

    /// What stands behind the port to classes and quizzes: one class's members, and what they handed in.
    final class Book: Sendable {
        let members = Mutex<Set<UserID>>([])
        let handedIn = Mutex<[PlatformClasses.HandedIn]>([])
    }

    static func with(
        _ dialect: Dialect = .sqlite, mode: RegistrationMode = .open, isNamed: Bool = true, _ body: (Place) async throws -> Void
    ) async throws {
        let migrations =
            EventsMigrations.all + JobsMigrations.all + AccountsMigrations.all + ClassesMigrations.all
            + LearningPlatformsMigrations.all
        try await withDatabase(dialect, migrations: migrations) { try await body(Place($0, mode, isNamed)) }
    }

    private init(_ database: any Database, _ mode: RegistrationMode, _ isNamed: Bool) throws {
        self.database = database
        let (clock, book) = (Clock(), Book())
        (self.clock, self.book) = (clock, book)
        var policy = AccountsPolicy()
        policy.registration = mode
        let outbox = EventOutbox(bus: EventBus(), ambient: clock.ambient)
        accounts = AccountsService(
            database: database, passwords: PasswordHasher(cost: .init(memoryKiB: 64, passes: 1, lanes: 1)),
            tokens: AccessTokens(keys: SigningKeyRing(current: .random())), seal: seal, outbox: outbox, policy: policy,
            ambient: clock.ambient)
        platform = try ScriptedPlatform(now: { clock.now })
        let classes = PlatformClasses(
            make: { name, teacher, transaction in
                let id = ClassID(UUIDv7.make(at: Date()))
                try await transaction.execute(
                    """
                    INSERT INTO classes (id, user_id, name, about, is_archived, created_at, updated_at)
                    VALUES (\(id), \(teacher), \(name), '', false, \(Date()), \(Date()))
                    """)
                return id
            },
            share: { _, _, _, _, _ in }, title: { _, _, _, _ in "Cells" },
            show: { id, user, transaction in
                let owner = try await transaction.first("SELECT user_id FROM classes WHERE id = \(id)").map {
                    try $0.get("user_id", as: UserID.self)
                }
                return owner.map { owner in
                    .init(
                        name: "Biology 10b", teacher: "Tess", isMember: book.members.withLock { $0.contains(user) },
                        isTeacher: owner == user)
                }
            },
            join: { _, user, _ in book.members.withLock { _ = $0.insert(user) } },
            handedIn: { _, _, _, since, _ in book.handedIn.withLock { $0.filter { $0.at >= since } } })
        service = try LearningPlatformService(
            database: database, jobs: JobQueue(database: database, handlers: JobHandlers(), ambient: clock.ambient), outbox: outbox,
            in: .init(accounts: accounts, classes: classes, seal: seal, address: Self.address),
            origins: isNamed ? [platform.url] : [], ambient: clock.ambient)
        var serving = ServingPolicy()
        serving.rateLimits = nil
        client = TestClient(
            Router(
                mounts: [
                    RouteMount(
                        [""],
                        [
                            AccountsRoutes(service: accounts), LaunchRoutes(service: service), LaunchStepRoutes(service: service),
                            LearningPlatformRoutes(service: service), ToolKeyRoutes(service: service),
                        ])
                ], authenticator: TokenAuthenticator(accounts), policy: serving, ambient: clock.ambient))
    }

    // MARK: - Registering

    func draft(_ change: (inout LearningPlatformService.Draft) -> Void = { _ in }) -> LearningPlatformService.Draft {
        var draft = LearningPlatformService.Draft(
            name: "Old College", issuer: platform.url, clientID: ScriptedPlatform.clientID,
            deployments: [ScriptedPlatform.deployment],
            authorizationURL: platform.url + "/authorize", tokenURL: platform.url + "/token", keysURL: platform.url + "/keys",
            tokenAudience: nil, frameOrigins: [], makesTeachers: true)
        change(&draft)
        return draft
    }

    @discardableResult
    func register(_ change: (inout LearningPlatformService.Draft) -> Void = { _ in }) async throws -> LearningPlatform {
        let administrator = try await account("administrator@example.org")
        let made = try await service.register(draft(change), by: administrator.user.id)
        platform.trust(try await client.get("/.well-known/jwks.json").body)
        return made
    }

    func account(_ email: String) async throws -> Grant {
        try await accounts.register(email: email, password: Self.password, displayName: "Ada")
    }

    // MARK: - Launching

    /// A launch as far as the platform.
    struct Way: Sendable {
        /// What the platform is asked.
        let asked: [String: String]
        let cookie: String
        var state: String { asked["state"] ?? "" }
        var nonce: String { asked["nonce"] ?? "" }
    }

    func login(_ change: (inout [String: String]) -> Void = { _ in }, headers: HTTPHeaders = [:]) async throws -> TestAnswer {
        var fields = [
            "iss": platform.url, "login_hint": "hint", "target_link_uri": Self.address + "lti/", "lti_message_hint": "m & m",
            "client_id": ScriptedPlatform.clientID, "lti_deployment_id": ScriptedPlatform.deployment,
        ]
        change(&fields)
        return try await client.get(
            "/auth/lti-login?" + FormFields.encode(fields.map { (name: $0.key, value: $0.value) }), headers: headers)
    }

    func begin(_ change: (inout [String: String]) -> Void = { _ in }) async throws -> Way {
        let answer = try await login(change)
        guard answer.status == 303, let place = answer.headers["Location"], place.hasPrefix(platform.url + "/authorize?"),
            let cookie = answer.headers["Set-Cookie"]?.split(separator: ";").first
        else { throw Refused(answer: answer) }
        return Way(asked: ScriptedIssuer.fields(String(place.split(separator: "?")[1])), cookie: String(cookie))
    }

    /// Brings the platform's answer; where the browser is sent.
    func bring(_ token: String, state: String) async throws -> String {
        let answer = try await client.send(
            .post, "/auth/lti-launch", headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: Array(FormFields.encode([("id_token", token), ("state", state)]).utf8))
        guard answer.status == 303, let place = answer.headers["Location"] else { throw Refused(answer: answer) }
        return String(place.dropFirst(Self.address.count))
    }

    /// Launches with what a test changes in honest claims; where the browser is sent.
    func launch(_ change: (inout [String: JSONValue]) -> Void) async throws -> (place: String, way: Way) {
        let way = try await begin()
        var claims = platform.claims(nonce: way.nonce)
        change(&claims)
        return (try await bring(try platform.sign(claims), state: way.state), way)
    }

    func session(
        _ way: Way, as client: TestClient? = nil, account: LaunchSessionBody.Account? = nil, secondFactor: String? = nil,
        password: String? = nil, cookie: String? = nil
    ) async throws -> TestAnswer {
        try await (client ?? self.client).send(
            .post, "/auth/lti-session",
            json: LaunchSessionBody(state: way.state, account: account, secondFactor: secondFactor, password: password),
            headers: ["X-LM-Session": "cookie", "Cookie": cookie ?? way.cookie])
    }

    /// All of it; whoever is new makes an account.
    func enter(_ change: (inout [String: JSONValue]) -> Void = { _ in }) async throws -> LaunchSessionView {
        let (place, way) = try await launch(change)
        guard place.hasPrefix("launch#state=") else { throw Refused(answer: try await session(way)) }
        let first = try await session(way)
        guard first.status == 200 else { throw Refused(answer: first) }
        let view = try first.json(LaunchSessionView.self)
        guard view.unknown != nil else { return view }
        let second = try await session(way, account: .new)
        guard second.status == 200 else { throw Refused(answer: second) }
        return try second.json()
    }

    func count(_ table: String) async throws -> Int {
        try await database.read(as: .system) { try await $0.first("SELECT count(*) AS n FROM \(unsafe: table)") }?.get("n") ?? 0
    }
}

/// An answer that was not the expected one.
struct Refused: Error, CustomStringConvertible {
    let answer: TestAnswer
    var description: String { "\(answer.status): \(answer.text) \(answer.headers["Location"] ?? "")" }
}

extension JSONValue {
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    var text: String? { if case .string(let value) = self { value } else { nil } }
}

extension TestAnswer {
    /// Why, by the name that the app knows it by.
    var reason: String? { try? error().details["reason"] }
}
