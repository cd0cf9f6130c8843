import AccountsTesting
import Ambient
import Assembly
import BlobStorage
@testable import Cards
import Courses
import Database
import DatabaseTesting
import Events
import Foundation
import HTTPServing
import HTTPServingTesting
import Jobs
import Sandbox
import Synchronization

/// Cards on a fresh database, with two students and a clock that is set by hand.
struct CardStage: Sendable {
    let database: any Database
    let clock: Clock
    let decks: DeckService
    let cards: CardService
    let reviews: ReviewService
    let exchange: CardExchange
    let media: CardMediaService
    let jobs: JobQueue
    let worker: JobWorker
    static let (annID, benID) = (UserID(UUID()), UserID(UUID()))
    let ann = CardStage.annID
    let ben = CardStage.benID

    /// Noon of a Monday.
    static let noon = Date(timeIntervalSince1970: 1_772_452_800)

    final class Clock: Sendable {
        private let time = Mutex(CardStage.noon)

        var now: Date { time.withLock { $0 } }

        func advance(minutes: Double = 0, days: Double = 0) {
            time.withLock { $0.addTimeInterval(minutes * 60 + days * 86_400) }
        }
    }

    static func with(_ dialect: Dialect, _ body: (CardStage) async throws -> Void) async throws {
        let migrations = TestAccounts.migrations(of: [annID, benID]) + CoursesMigrations.all + CardsMigrations.all
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lm-cards-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let blobs = try DiskBlobStore(root: folder)
        try await withDatabase(dialect, migrations: migrations) { try await body(CardStage($0, blobs)) }
    }

    private init(_ database: any Database, _ blobs: any BlobStore) {
        self.database = database
        let clock = Clock()
        self.clock = clock
        let ambient = Ambient(now: { clock.now }, newUUID: { UUIDv7.make(at: clock.now) })
        let events = CardEvents(outbox: EventOutbox(bus: EventBus(), ambient: ambient))
        decks = DeckService(database: database, events: events, ambient: ambient)
        cards = CardService(database: database, decks: decks, ambient: ambient)
        reviews = ReviewService(database: database, events: events, ambient: ambient)
        let handlers = JobHandlers()
        jobs = JobQueue(database: database, handlers: handlers)
        media = CardMediaService(database: database, blobs: blobs, ambient: ambient)
        exchange = CardExchange(
            database: database, decks: decks, cards: cards, jobs: jobs, events: events, media: media,
            packages: AnkiPackage(sandbox: Sandbox(programs: ["lm-read"]), blobs: blobs), ambient: ambient)
        for handler in CardJobs.handlers(reviews, exchange) { handlers.add(handler) }
        var configuration = JobWorker.Configuration()
        configuration.queues = [CardJobs.queue.name: 1]
        worker = JobWorker(queue: jobs, configuration: configuration)
    }

    /// The routes, asked by either student.
    func client(_ name: String = "ann") -> TestClient {
        let authenticator = TestAuthenticator([
            "ann": Principal(userID: ann, isAdministrator: false), "ben": Principal(userID: ben, isAdministrator: false),
        ])
        let router = Router(
            [
                DeckRoutes(service: decks), CardRoutes(service: cards, reviews: reviews),
                ReviewRoutes(service: reviews, jobs: jobs), ExchangeRoutes(service: exchange), CardMediaRoutes(service: media),
            ], authenticator: authenticator)
        return TestClient(router).bearing(name)
    }

    func deck(_ name: String = "Biology") async throws -> DeckID {
        try await decks.create(name, user: ann).deck.id
    }

    @discardableResult
    func write(_ front: String, _ back: String = "back", _ type: CardType = .basic, in deck: DeckID) async throws -> [WrittenCard] {
        try await cards.create(.init(type, front: front, back: back), deck: deck, user: ann)
    }

    /// The questions that wait, in their order.
    func questions(_ filter: CardFilter = CardFilter(), ahead: Bool = false) async throws -> [String] {
        try await reviews.due(filter, ahead: ahead, user: ann, limit: 100).cards.map(\.written.face.question)
    }

    func eventTypes() async throws -> [String] {
        try await database.read(as: .system) { try await $0.query("SELECT event_type FROM events ORDER BY position") }
            .map { try $0.get("event_type") }
    }
}
