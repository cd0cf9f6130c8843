import AccountsTesting
import Ambient
import Assembly
import Database
import DatabaseTesting
import Embedding
import Events
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
import Jobs
@testable import Memories
import Recollection
import Synchronization

/// Memory on a fresh database: real jobs, and an embedder that goes by words, whose cosines are their share in common.
struct MemoryStage: Sendable {
    let database: any Database
    let service: MemoryService
    let recall: StudentMemory
    let worker: JobWorker
    let said: Said
    static let (annID, benID) = (UserID(UUID()), UserID(UUID()))
    let ann = MemoryStage.annID
    let ben = MemoryStage.benID

    /// The messages that there are.
    final class Said: Sendable {
        let texts = Mutex<[UtteranceID: String]>([:])
    }

    static func with(_ dialect: Dialect, _ body: (MemoryStage) async throws -> Void) async throws {
        try await withDatabase(dialect, migrations: TestAccounts.migrations(of: [annID, benID]) + MemoriesMigrations.all) {
            database in
            try await body(MemoryStage(database))
        }
    }

    private init(_ database: any Database) {
        self.database = database
        let said = Said()
        self.said = said
        let handlers = JobHandlers()
        let jobs = JobQueue(database: database, handlers: handlers)
        service = MemoryService(
            database: database, embedder: WordEmbedder(),
            sources: MemorySources(
                text: { id, _, _ in said.texts.withLock { $0[id] } },
                places: { ids, _, _ in
                    said.texts.withLock { texts in
                        Dictionary(uniqueKeysWithValues: ids.filter { texts[$0] != nil }.map { ($0, .init(conversation: $0.uuid)) })
                    }
                }), events: MemoryEvents(outbox: EventOutbox(bus: EventBus())))
        recall = StudentMemory(service: service, jobs: jobs, hasModel: false)
        for handler in MemoryJobs.handlers(service, model: nil) { handlers.add(handler) }
        var configuration = JobWorker.Configuration()
        configuration.queues = [MemoryJobs.queue.name: 1]
        worker = JobWorker(queue: jobs, configuration: configuration)
    }

    /// A student says something, and what it tells is kept.
    @discardableResult
    func say(_ text: String, as user: UserID = MemoryStage.annID) async throws -> UtteranceID {
        let id = UtteranceID(UUID())
        said.texts.withLock { $0[id] = text }
        try await database.transaction(as: .user(user)) { try await recall.note(id, text, of: user, in: $0) }
        try await worker.drain()
        return id
    }

    func texts(of user: UserID = MemoryStage.annID) async throws -> [String] {
        try await service.list(kind: nil, text: nil, ids: nil, user: user, offset: 0, limit: 100).list.map(\.memory.text)
    }

    func client(_ name: String = "ann") -> TestClient {
        let authenticator = TestAuthenticator([
            "ann": Principal(userID: ann, isAdministrator: false), "ben": Principal(userID: ben, isAdministrator: false),
        ])
        return TestClient(Router([MemoryRoutes(service: service)], authenticator: authenticator)).bearing(name)
    }
}

/// One direction a word, by its letters.
struct WordEmbedder: TextEmbedder {
    let modelName = "words"
    let dimensions = 512

    func embed(_ texts: [String]) async throws -> [[Float]] {
        texts.map { text in
            var vector = [Float](repeating: 0, count: dimensions)
            for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
                vector[word.utf8.reduce(7) { ($0 * 31 + Int($1)) % dimensions }] += 1
            }
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return length == 0 ? vector : vector.map { $0 / length }
        }
    }

    func embedWindows(_ texts: [String], progress: (@Sendable (Int) -> Void)?) async throws -> [[[Float]]] {
        try await embed(texts).map { [$0] }
    }

    func countTokens(_ text: String) -> Int { text.utf8.count / 4 }
}
