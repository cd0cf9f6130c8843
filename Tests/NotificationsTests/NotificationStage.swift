import AccountsTesting
import Ambient
import Assembly
import Cryptography
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import HTTPClient
import HTTPServing
import HTTPServingTesting
import Jobs
import Mail
@testable import Notifications
import Synchronization
import Testing
import WebPush

/// Notifications on a fresh database with two students, real jobs, a clock that is set by hand, and mail that is kept.
struct NotificationStage: Sendable {
    let database: any Database
    let clock: Clock
    let mailbox: Mailboxes
    let service: NotificationService
    let desk: NotificationDesk
    let reminders: Reminders
    let jobs: JobQueue
    let worker: JobWorker
    static let (annID, benID) = (UserID(UUID()), UserID(UUID()))
    let ann = NotificationStage.annID
    let ben = NotificationStage.benID
    static let session = "0192f0c1-2345-7abc-8def-0123456789ab"

    /// Monday, 2026-03-02, noon in UTC.
    static let noon = Date(timeIntervalSince1970: 1_772_452_800)

    final class Clock: Sendable {
        private let time = Mutex(NotificationStage.noon)
        var now: Date { time.withLock { $0 } }
        func advance(hours: Double) { time.withLock { $0.addTimeInterval(hours * 3600) } }
    }

    /// A mail server that takes everything, or says what it was told to.
    final class Mailboxes: MailTransport {
        private let sent = Mutex<[MailMessage]>([])
        private let answers = Mutex<[MailFailure]>([])

        var messages: [MailMessage] { sent.withLock { $0 } }

        /// Says this instead of taking the next.
        func answer(_ failure: MailFailure) { answers.withLock { $0.append(failure) } }

        func send(_ message: MailMessage) async throws {
            if let failure = answers.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { throw failure }
            sent.withLock { $0.append(message) }
        }
    }

    static func with(
        _ dialect: Dialect, cards: Int = 0, _ body: (NotificationStage) async throws -> Void
    ) async throws {
        let migrations = TestAccounts.migrations(of: [annID, benID]) + NotificationsMigrations.all
        try await withDatabase(dialect, migrations: migrations) { try await body(NotificationStage($0, cards)) }
    }

    static let seal = SecretSeal(keys: SigningKeyRing(current: .random()))

    private init(_ database: any Database, _ cards: Int) throws {
        self.database = database
        let (clock, mailbox, handlers) = (Clock(), Mailboxes(), JobHandlers())
        (self.clock, self.mailbox) = (clock, mailbox)
        let ambient = Ambient(now: { clock.now }, newUUID: { UUIDv7.make(at: clock.now) })
        jobs = JobQueue(database: database, handlers: handlers, ambient: ambient, clock: .process)
        desk = NotificationDesk(
            jobs: jobs, events: NotificationEvents(outbox: EventOutbox(bus: EventBus(), ambient: ambient)), ambient: ambient,
            hasMail: true)
        let keyring = NotificationKeyring(database: database, seal: Self.seal)
        let sender = PushSender(open: try HTTPClient(HTTPClientConfiguration(policy: .publicInternet, retry: .never)))
        service = NotificationService(database: database, desk: desk, keyring: keyring, sender: sender, ambient: ambient)
        let deliveries = DeliveryJobs(
            database: database, desk: desk, keyring: keyring, sender: sender,
            post: .init(transport: mailbox, from: Mailbox(address: try #require(MailAddress("study@example.org")))),
            app: "https://study.example.org/", ambient: ambient)
        reminders = Reminders(database: database, desk: desk, cardsDue: { _, _, _ in cards }, ambient: ambient)
        for handler in deliveries.handlers + reminders.handlers { handlers.add(handler) }
        var configuration = JobWorker.Configuration()
        configuration.queues = [DeliveryJobs.queue.name: 1, DeliveryJobs.mailQueue.name: 1, "maintenance": 1]
        worker = JobWorker(queue: jobs, configuration: configuration)
    }

    func client(_ name: String = "ann") -> TestClient {
        let authenticator = TestAuthenticator([
            "ann": Principal(userID: ann, roles: [.student], session: Self.session),
            "ben": Principal(userID: ben, isAdministrator: false),
        ])
        let routes: [any RouteCollection] = [NotificationRoutes(service: service), PushRoutes(service: service)]
        return TestClient(Router(routes, authenticator: authenticator)).bearing(name)
    }

    func set(_ settings: NotificationSettings, of user: UserID = NotificationStage.annID) async throws {
        _ = try await service.set(settings, user: user)
    }

    @discardableResult
    func tell(_ notice: Notice, to user: UserID = NotificationStage.annID) async throws -> Bool {
        try await database.transaction(as: .user(user)) { try await desk.tell(notice, to: user, in: $0) }
    }

    func deliveries(of user: UserID = NotificationStage.annID) async throws -> [Delivery] {
        try await database.read(as: .user(user)) { try await desk.deliveries.all(of: user, in: $0) }
    }

    func told() async throws -> Int {
        try await database.read(as: .system) {
            try await $0.first("SELECT count(*) AS n FROM events WHERE event_type = 'notification.told'")
        }?.get("n") ?? 0
    }

    /// Of an exam in an hour, told now.
    func exam(_ key: String = "exam", title: String = "Biology") -> Notice {
        let now = clock.now
        return Notice(
            key: key, kind: .events, title: title, start: now.addingTimeInterval(3600), due: now,
            expires: now.addingTimeInterval(3600))
    }
}
