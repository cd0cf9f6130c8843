import AccountsTesting
import Ambient
import Assembly
import BlobStorage
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
import Jobs
@testable import ReadAloud
import Speech
import Telemetry

/// Reading aloud on a fresh database and a fresh folder: real jobs, real engines, real files. It has no models, so flite speaks.
struct ReadAloudStage: Sendable {
    let database: any Database
    let blobs: DiskBlobStore
    let service: ReadAloudService
    let worker: JobWorker
    let equipment: SpeechEquipment
    static let (annID, benID) = (UserID(UUID()), UserID(UUID()))
    static let document = UUID()
    let ann = ReadAloudStage.annID

    static func with(
        _ dialect: Dialect, now: @escaping @Sendable () -> Date = { Date() }, _ body: (ReadAloudStage) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/readaloud-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withDatabase(dialect, migrations: TestAccounts.migrations(of: [annID, benID]) + ReadAloudMigrations.all) {
            database in
            try await body(try ReadAloudStage(database, folder: folder, now: now))
        }
    }

    private init(_ database: any Database, folder: String, now: @escaping @Sendable () -> Date) throws {
        self.database = database
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        blobs = try DiskBlobStore(root: folder + "/speech")
        equipment = SpeechEquipment(folder: SpeechFolder(path: folder + "/models"), width: 1, logger: .silent)
        let handlers = JobHandlers()
        let queue = JobQueue(database: database, handlers: handlers)
        var ambient = Ambient.live
        ambient.now = now
        service = ReadAloudService(
            database: database, narrator: equipment.narrator, tool: equipment.tool, blobs: blobs, jobs: queue,
            events: ReadAloudEvents(outbox: EventOutbox(bus: EventBus())),
            texts: SpokenTexts(
                document: { id, pages, user, _ in
                    guard id == Self.document, user == Self.annID else { return nil }
                    let all = ["Page one.", "Page two.", "Page three."]
                    let shown =
                        pages.map { range in all.enumerated().filter { range.contains($0.offset + 1) }.map(\.element) } ?? all
                    return .init(title: "A document", text: shown.joined(separator: "\n\n"), language: "en")
                }, message: { _, _, _ in nil }), preferred: nil, ambient: ambient)
        for handler in ReadAloudJobs.handlers(service, keepingDays: 30) { handlers.add(handler) }
        var configuration = JobWorker.Configuration()
        configuration.queues = [ReadAloudJobs.queue.name: 1, "maintenance": 1]
        worker = JobWorker(queue: queue, configuration: configuration)
    }

    func client(_ name: String = "ann") -> TestClient {
        let authenticator = TestAuthenticator([
            "ann": Principal(userID: Self.annID, isAdministrator: false),
            "ben": Principal(userID: Self.benID, isAdministrator: false),
            "root": Principal(userID: Self.benID, isAdministrator: true),
        ])
        let keeper = SpeechModelsKeeper(folder: equipment.folder, isOn: false, logger: .silent)
        return TestClient(
            Router(
                [ReadAloudRoutes(service: service), SpeechModelsRoutes(keeper: keeper, equipment: equipment)],
                authenticator: authenticator)
        ).bearing(name)
    }

    func eventTypes() async throws -> [String] {
        try await database.read(as: .system) { try await $0.query("SELECT event_type FROM events ORDER BY position") }
            .map { try $0.get("event_type") }
    }

    func files() async throws -> Int {
        var count = 0
        try await blobs.visit(olderThan: Date().addingTimeInterval(60)) { _ in count += 1 }
        return count
    }
}
