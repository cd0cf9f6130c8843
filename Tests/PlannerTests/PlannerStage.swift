import Accounts
import AccountsTesting
import Ambient
import Assembly
import BlobStorage
import Courses
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import HTTPClient
import HTTPServing
import HTTPServingTesting
import Jobs
@testable import Planner
import Sandbox
import Synchronization
import Testing

/// The planner on a fresh database, with two students and a clock that is set by hand.
struct PlannerStage: Sendable {
    let database: any Database
    let clock: Clock
    let accounts: AccountsService
    let events: EventService
    let plans: PlanService
    let calendars: CalendarService
    let grades: GradeService
    let imports: ImportService
    let subscriptions: SubscriptionService
    let undos: UndoService
    let collection: CalendarCollection
    let passwords: AppPasswordService
    let refreshing: SubscriptionJobs
    let worker: JobWorker
    let told: PlannerEvents
    static let (annID, benID) = (UserID(UUID()), UserID(UUID()))
    let ann = PlannerStage.annID

    /// Monday, 2026-03-02, noon in UTC.
    static let noon = Date(timeIntervalSince1970: 1_772_452_800)

    final class Clock: Sendable {
        private let time = Mutex(PlannerStage.noon)

        var now: Date { time.withLock { $0 } }

        func advance(minutes: Double = 0, days: Double = 0) {
            time.withLock { $0.addTimeInterval(minutes * 60 + days * 86_400) }
        }
    }

    static func with(
        _ dialect: Dialect, topics: [StudyState.Topic] = [], cards: [Date] = [], _ body: (PlannerStage) async throws -> Void
    ) async throws {
        let migrations = TestAccounts.migrations(of: [annID, benID]) + CoursesMigrations.all + PlannerMigrations.all
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lm-planner-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let blobs = try DiskBlobStore(root: folder)
        try await withDatabase(dialect, migrations: migrations) { try await body(try PlannerStage($0, blobs, topics, cards)) }
    }

    private init(_ database: any Database, _ blobs: any BlobStore, _ topics: [StudyState.Topic], _ cards: [Date]) throws {
        self.database = database
        let clock = Clock()
        self.clock = clock
        let ambient = Ambient(now: { clock.now }, newUUID: { UUIDv7.make(at: clock.now) })
        told = PlannerEvents(outbox: EventOutbox(bus: EventBus(), ambient: ambient))
        events = EventService(database: database, events: told, ambient: ambient)
        plans = PlanService(
            database: database, events: told, calendar: events,
            state: StudyState(mastery: { _, _, _ in topics }, cardsDue: { times, _, _ in cards.filter { $0 < times.upperBound } }),
            ambient: ambient)
        accounts = TestAccounts.service(on: database, ambient: ambient)
        calendars = CalendarService(database: database, accounts: accounts, events: told, ambient: ambient)
        grades = GradeService(database: database, events: told, ambient: ambient)
        let file = CalendarFile(blobs: blobs, sandbox: Sandbox(programs: ["lm-read"]))
        // This machine may be asked.
        var configuration = CalendarUpload.configuration
        configuration.policy = .operatorConfigured
        let address = CalendarUpload(client: try HTTPClient(configuration))
        imports = ImportService(database: database, events: told, file: file, address: address, ambient: ambient)
        subscriptions = SubscriptionService(database: database, events: told, file: file, address: address, ambient: ambient)
        collection = CalendarCollection(database: database, events: told, file: file, ambient: ambient)
        passwords = AppPasswordService(database: database, accounts: accounts, events: told, ambient: ambient)
        undos = UndoService(database: database, events: told, ambient: ambient)
        let handlers = JobHandlers()
        refreshing = SubscriptionJobs(
            service: subscriptions, jobs: JobQueue(database: database, handlers: handlers), ambient: ambient)
        for handler in refreshing.handlers { handlers.add(handler) }
        var work = JobWorker.Configuration()
        work.queues = [SubscriptionJobs.queue.name: 1]
        worker = JobWorker(queue: refreshing.jobs, configuration: work)
    }

    /// What opens the calendar to programs is made by who shows it.
    static let password = "violet harbour 7"

    /// Gives somebody `password`.
    func havePassword(_ name: String = "ann") async throws {
        try await TestAccounts.choosePassword(
            Self.password, of: name == "ann" ? Self.annID : Self.benID, accounts, on: database)
    }

    func client(_ name: String = "ann") -> TestClient {
        let authenticator = TestAuthenticator([
            "ann": Principal(userID: Self.annID, isAdministrator: false),
            "ben": Principal(userID: Self.benID, isAdministrator: false),
        ])
        let router = Router(
            [
                EventRoutes(service: events), PlanRoutes(service: plans), CalendarRoutes(service: calendars),
                GradeRoutes(service: grades), ImportRoutes(service: imports), SubscriptionRoutes(service: subscriptions),
                UndoRoutes(service: undos), AppPasswordRoutes(service: passwords),
            ], authenticator: authenticator)
        return TestClient(router).bearing(name)
    }

    /// A program that speaks CalDAV, and signs in by itself.
    var program: TestClient {
        TestClient(Router([DAVRoutes(collection: collection, passwords: passwords)]))
    }

    func course(_ name: String) async throws -> CourseID {
        try await database.transaction(as: .user(ann)) {
            try await CourseMaker(events: nil).course(named: try #require(CourseName(name)), user: ann, in: $0)
        }
    }

    func eventTypes() async throws -> [String] {
        try await database.read(as: .system) { try await $0.query("SELECT event_type FROM events ORDER BY position") }
            .map { try $0.get("event_type") }
    }
}
