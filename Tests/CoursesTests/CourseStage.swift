import AccountsTesting
import Ambient
@testable import Courses
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
import Testing

/// Courses on a fresh database, with two students.
struct CourseStage: Sendable {
    let database: any Database
    let service: CourseService
    let maker: CourseMaker
    let directory = CourseDirectory()
    static let (annID, benID) = (UserID(UUID()), UserID(UUID()))
    let ann = CourseStage.annID
    let ben = CourseStage.benID

    static func with(
        _ dialect: Dialect, documents: @escaping CourseContents.Count = { _, _ in [:] }, _ body: (CourseStage) async throws -> Void
    ) async throws {
        let migrations = TestAccounts.migrations(of: [annID, benID]) + CoursesMigrations.all
        try await withDatabase(dialect, migrations: migrations) { database in
            try await body(CourseStage(database, documents: documents))
        }
    }

    init(_ database: any Database, documents: @escaping CourseContents.Count) {
        self.database = database
        let events = CourseEvents(outbox: EventOutbox(bus: EventBus()))
        service = CourseService(
            database: database, events: events, contents: CourseContents(documents: documents, conversations: { _, _ in [:] }))
        maker = CourseMaker(events: events)
    }

    /// The routes, asked by either student.
    func client(_ name: String = "ann") -> TestClient {
        let authenticator = TestAuthenticator([
            "ann": Principal(userID: ann, isAdministrator: false), "ben": Principal(userID: ben, isAdministrator: false),
        ])
        return TestClient(Router([CourseRoutes(service: service)], authenticator: authenticator)).bearing(name)
    }

    @discardableResult
    func make(_ name: String, as user: UserID? = nil) async throws -> Course {
        try await service.create(try #require(CourseName(name)), user: user ?? ann).course
    }

    /// The names in order.
    func names(archived: Bool? = nil) async throws -> [String] {
        try await service.list(archived: archived, user: ann).courses.map(\.course.name.description)
    }

    func eventTypes() async throws -> [String] {
        try await database.read(as: .system) { try await $0.query("SELECT event_type FROM events ORDER BY position") }
            .map { try $0.get("event_type") }
    }
}
