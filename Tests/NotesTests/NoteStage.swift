import AccountsTesting
import Ambient
import Assembly
import Courses
import Database
import DatabaseTesting
import Embedding
import Events
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
import Jobs
import LanguageModels
@testable import Notes
import Passages
import Questions
import Sandbox
import SourceTexts
import Synchronization

/// Notes on a fresh database: real jobs and routes, and a real survey of the words of one document.
struct NoteStage: Sendable {
    let database: any Database
    let service: NoteService
    let worker: JobWorker
    let clock: Clock
    let passages: GivenPassages
    private let sandbox: Sandbox
    static let (annID, benID) = (UserID(UUID()), UserID(UUID()))
    let ann = NoteStage.annID

    /// Stands until it is moved.
    final class Clock: Sendable {
        private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
        func move(_ seconds: Double) { time.withLock { $0 += seconds } }
        var now: Date { time.withLock(\.self) }
    }

    static func with(_ dialect: Dialect, model: (any TextModel)? = nil, _ body: (NoteStage) async throws -> Void) async throws {
        let migrations = TestAccounts.migrations(of: [annID, benID]) + CoursesMigrations.all + NotesMigrations.all
        try await withDatabase(dialect, migrations: migrations) { try await body(NoteStage($0, model)) }
    }

    private init(_ database: any Database, _ model: (any TextModel)?) {
        self.database = database
        let (clock, passages) = (Clock(), GivenPassages())
        (self.clock, self.passages) = (clock, passages)
        sandbox = Sandbox(programs: NoteFile.programs)
        let ambient = Ambient(now: { clock.now }, newUUID: { UUIDv7.make(at: clock.now) })
        let handlers = JobHandlers()
        let jobs = JobQueue(database: database, handlers: handlers)
        let library = SourceLibrary(
            list: { user, only in
                let all = user == Self.annID ? [GivenPassages.document, GivenPassages.empty] : []
                return all.filter { only?.contains($0.id) ?? true }
            }, inCourse: { user, _ in user == Self.annID ? [GivenPassages.document.id] : [] })
        service = NoteService(
            database: database, library: library, jobs: jobs, events: NoteEvents(outbox: EventOutbox(bus: EventBus())),
            ambient: ambient)
        let maker = NoteMaker(
            service: service, gathering: PassageGathering(search: passages), surveyor: TextSurveyor(QuestionResources()),
            embedder: MissingEmbedder(), model: model)
        for handler in NoteJobs.handlers(maker) { handlers.add(handler) }
        var configuration = JobWorker.Configuration()
        configuration.queues = [NoteJobs.queue.name: 1]
        worker = JobWorker(queue: jobs, configuration: configuration)
    }

    func client(_ name: String = "ann") -> TestClient {
        let authenticator = TestAuthenticator([
            "ann": Principal(userID: Self.annID, isAdministrator: false),
            "ben": Principal(userID: Self.benID, isAdministrator: false),
        ])
        return TestClient(Router([NoteRoutes(service: service, file: NoteFile(sandbox: sandbox))], authenticator: authenticator))
            .bearing(name)
    }

    /// A note of the document, made.
    func made(_ kind: String = "outline") async throws -> NoteView {
        let body = #"{"document_ids": ["\#(GivenPassages.document.id)"], "kind": "\#(kind)"}"#
        let begun: NoteView = try await client().post("/notes", json: body).json()
        try await worker.drain()
        return try await client().get("/notes/\(begun.id)").json()
    }
}

/// Is there, but cannot embed: sentences are compared by their words.
struct MissingEmbedder: TextEmbedder {
    struct Missing: Error {}
    let modelName = "none"
    let dimensions = 1
    func embed(_ texts: [String]) async throws -> [[Float]] { throw Missing() }
    func embedWindows(_ texts: [String], progress: (@Sendable (Int) -> Void)?) async throws -> [[[Float]]] { throw Missing() }
    func countTokens(_ text: String) -> Int { 0 }
}

/// A document of two sections, whose text can be changed, and one without text.
final class GivenPassages: PassageSearch {
    static let document = SourceLibrary.Document(id: DocumentID(UUID()), title: "Cells", state: .ready)
    static let empty = SourceLibrary.Document(id: DocumentID(UUID()), title: "Nothing", state: .ready)
    private static let chunks = (ChunkID(UUID()), ChunkID(UUID()))

    let texts = Mutex(["The mitochondrion makes ATP. ATP carries energy.", "The nucleus holds the DNA of the cell."])

    private var passages: [Passage] {
        let texts = texts.withLock(\.self)
        return [
            Passage(
                chunkID: Self.chunks.0, documentID: Self.document.id, ordinal: 0, title: "Cells", section: "1 Energy", page: 3,
                text: texts[0], pageStarts: [PageStart(offset: 0, page: 3)], score: 0),
            Passage(
                chunkID: Self.chunks.1, documentID: Self.document.id, ordinal: 1, title: "Cells", section: "2 Control", page: 4,
                text: texts[1], pageStarts: [PageStart(offset: 0, page: 4)], score: 0),
        ]
    }

    func passages(for query: String, mode: SearchMode, limit: Int, in documents: [DocumentID]?, user: UserID) async throws
        -> [Passage]
    {
        passages.filter { $0.text.lowercased().contains(query.lowercased()) && documents?.contains($0.documentID) ?? true }
    }

    func passages(in stretches: [PassageStretch], user: UserID) async throws -> [Passage] {
        passages.filter { passage in
            stretches.contains { $0.document == passage.documentID && $0.ordinals.contains(passage.ordinal ?? -1) }
        }
    }

    func sections(of documents: [DocumentID]?, limit: Int, user: UserID) async throws -> [PassageSection] {
        guard documents?.contains(Self.document.id) ?? true else { return [] }
        return passages.enumerated().map { index, passage in
            PassageSection(document: Self.document.id, path: [passage.section ?? ""], ordinals: index..<(index + 1))
        }
    }
}

/// Writes what it is told to.
struct WritingModel: TextModel {
    let name = "writer"
    let contextWindow = 8_000
    let text: String

    func complete(_ request: ModelRequest, for user: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
        AsyncThrowingStream { stream in
            stream.yield(.text(text))
            stream.yield(.finished(.stop))
            stream.finish()
        }
    }

    func check() async throws -> ModelStatus { ModelStatus(summary: "writes") }
}
