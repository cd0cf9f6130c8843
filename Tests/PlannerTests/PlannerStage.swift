import AccountsTesting
import Ambient
import Courses
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
@testable import Planner
import Synchronization
import Testing

/// The planner on a fresh database, with two students and a clock that is set by hand.
struct PlannerStage: Sendable {
    let database: any Database
    let clock: Clock
    let events: EventService
    let plans: PlanService
    let calendars: CalendarService
    let grades: GradeService
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
        try await withDatabase(dialect, migrations: migrations) { try await body(PlannerStage($0, topics, cards)) }
    }

    private init(_ database: any Database, _ topics: [StudyState.Topic], _ cards: [Date]) {
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
        calendars = CalendarService(database: database, ambient: ambient)
        grades = GradeService(database: database, events: told, ambient: ambient)
    }

    func client(_ name: String = "ann") -> TestClient {
        let authenticator = TestAuthenticator([
            "ann": Principal(userID: Self.annID, isAdministrator: false),
            "ben": Principal(userID: Self.benID, isAdministrator: false),
        ])
        let router = Router(
            [
                EventRoutes(service: events), PlanRoutes(service: plans), CalendarRoutes(service: calendars),
                GradeRoutes(service: grades),
            ], authenticator: authenticator)
        return TestClient(router).bearing(name)
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
