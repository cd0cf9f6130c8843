import Accounts
import Ambient
import Cryptography
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import Jobs
import Places
import Synchronization
import WebAuthn

/// A clock that stands until it is moved.
final class StoppedClock: Sendable {
    private let date = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    var ambient: Ambient { Ambient(now: { self.now }, newUUID: { UUIDv7.make(at: Date()) }) }
    var now: Date { date.withLock { $0 } }

    func advance(_ seconds: TimeInterval) { date.withLock { $0 = $0.addingTimeInterval(seconds) } }
}

/// Accounts over a fresh database, with cheap password hashes.
struct Office: Sendable {
    static let password = "violet harbour 7"

    let database: any Database
    let clock = StoppedClock()
    let passwords = PasswordHasher(cost: .init(memoryKiB: 64, passes: 1, lanes: 1), maximumWaiting: 1000)
    let tokens = AccessTokens(keys: SigningKeyRing(current: .random()))
    let seal = SecretSeal(keys: SigningKeyRing(current: .random()))
    let service: AccountsService

    init(
        _ database: any Database, farewells: [AccountsService.Farewell] = [], letters: AccountLetters? = nil,
        figures: StudyFigures = StudyFigures(), places: PlaceFinder? = nil, party: RelyingParty? = nil,
        _ change: (inout AccountsPolicy) -> Void = { _ in }
    ) {
        self.database = database
        var policy = AccountsPolicy()
        change(&policy)
        service = AccountsService(
            database: database, passwords: passwords, tokens: tokens, seal: seal,
            outbox: EventOutbox(bus: EventBus(), ambient: clock.ambient),
            jobs: letters.map { _ in JobQueue(database: database, handlers: JobHandlers()) }, letters: letters, policy: policy,
            passwordRules: PasswordRules(common: ["dolphin", "chevelle1969"]), farewells: farewells, studyFigures: figures,
            places: places, party: party, ambient: clock.ambient)
    }

    /// The accounts of another process: the same keys and clock, and of the same database a connection of its own.
    func elsewhere(_ database: any Database) -> AccountsService {
        AccountsService(
            database: database, passwords: passwords, tokens: tokens, seal: seal,
            outbox: EventOutbox(bus: EventBus(), ambient: clock.ambient), ambient: clock.ambient)
    }

    func register(_ email: String = "ada@example.org") async throws -> Grant {
        try await service.register(email: email, password: Self.password, displayName: "Ada")
    }

    func events() async throws -> [String] {
        try await database.read(as: .system) { transaction in
            try await transaction.query("SELECT event_type FROM events ORDER BY event_id").map { try $0.get("event_type") }
        }
    }
}

func withOffice(
    _ dialect: Dialect = .sqlite, farewells: [AccountsService.Farewell] = [], letters: AccountLetters? = nil,
    figures: StudyFigures = StudyFigures(), places: PlaceFinder? = nil, party: RelyingParty? = nil,
    _ change: (inout AccountsPolicy) -> Void = { _ in },
    _ body: (Office) async throws -> Void
) async throws {
    try await withDatabase(dialect, migrations: EventsMigrations.all + JobsMigrations.all + AccountsMigrations.all) { database in
        try await body(
            Office(database, farewells: farewells, letters: letters, figures: figures, places: places, party: party, change))
    }
}
