import AccountsTesting
import Ambient
import Assembly
import BlobStorage
import Courses
import Database
import DatabaseTesting
import Embedding
import Events
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
import Jobs
@testable import Library
import Lifecycle
import Sandbox
import Sharing
import Synchronization
import Stemming
import Vectors

/// The whole library on a fresh database and a fresh folder: real jobs, real parsers, real vectors; only the embedder is simple.
struct LibraryStage: Sendable {
    let database: any Database
    let folder: String
    let blobs: DiskBlobStore
    let queue: JobQueue
    let bus: EventBus
    let models: SearchModels
    let renewal: VectorRenewal
    let service: LibraryService
    let courses: CourseService
    let searcher: PassageSearcher
    let worker: JobWorker
    let embedder: any TextEmbedder
    let sharing: SharingService<SharedDocument>
    let courseSharing: SharingService<SharedCourse>
    static let (annID, benID, cleoID) = (UserID(UUID()), UserID(UUID()), UserID(UUID()))
    let ann = LibraryStage.annID
    let ben = LibraryStage.benID
    let cleo = LibraryStage.cleoID

    /// The tables of documents, and of the accounts of Ann, Ben and Cleo.
    static let migrations = TestAccounts.migrations(of: [annID, benID, cleoID]) + CoursesMigrations.all + LibraryMigrations.all

    static func with(
        _ dialect: Dialect, embedder: any TextEmbedder = WordEmbedder(), uploadLimit: Int = 4 << 20,
        languages: RecognitionLanguages = RecognitionLanguages(), recognition: (any RecognitionService)? = nil,
        web: WebUpload? = nil, unpacker: ArchiveUnpacker? = nil,
        _ body: (LibraryStage) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try await withDatabase(dialect, migrations: LibraryStage.migrations) { database in
                try await body(
                    try LibraryStage(
                        database: database, folder: folder, embedder: embedder, uploadLimit: uploadLimit, languages: languages,
                        recognition: recognition, web: web, unpacker: unpacker))
            }
        }
    }

    /// - Parameters:
    ///   - languages: of text recognition; without any it is as if it were not installed.
    ///   - others: models beside the embedder's that can be run here.
    ///   - store: what stands before the files, to see or to hold up what is done to them.
    init(
        database: any Database, folder: String, embedder: any TextEmbedder, others: [any TextEmbedder] = [], uploadLimit: Int,
        languages: RecognitionLanguages = RecognitionLanguages(), recognition: (any RecognitionService)? = nil,
        web: WebUpload? = nil, unpacker: ArchiveUnpacker? = nil,
        store: (DiskBlobStore) -> any BlobStore = { $0 }
    ) throws {
        self.database = database
        self.folder = folder
        self.embedder = embedder
        blobs = try DiskBlobStore(root: folder + "/blobs")
        bus = EventBus()
        let handlers = JobHandlers()
        queue = JobQueue(database: database, handlers: handlers)
        models = SearchModels(
            database: database, wanted: embedder,
            load: { name in
                guard let other = others.first(where: { $0.modelName == name }) else { throw WordEmbedder.Broken() }
                return other
            }
        ) { VectorShelf(source: $0, dimensions: $0.dimensions, capacity: 16 << 20) }
        searcher = PassageSearcher(database: database, models: models)
        renewal = VectorRenewal(database: database, jobs: queue, models: models)
        let outbox = EventOutbox(bus: bus)
        let events = DocumentEvents(outbox: outbox, bus: bus)
        let courseEvents = CourseEvents(outbox: outbox, bus: bus)
        sharing = SharingService(
            SharedDocument(access: DocumentAccess(database: database)), database: database, outbox: outbox, bus: bus)
        courseSharing = SharingService(SharedCourse(), database: database, outbox: outbox, bus: bus)
        courses = CourseService(
            database: database, events: courseEvents,
            contents: CourseContents(documents: LibraryService.countByCourse, conversations: { _, _ in [:] }))
        var configuration = LibraryService.Configuration()
        configuration.uploadLimit = uploadLimit
        service = LibraryService(
            database: database, blobs: store(blobs), jobs: queue, events: events,
            courses: CourseMaker(events: courseEvents), searcher: searcher, web: web, unpacker: unpacker,
            pictures: DocumentPictures(sandbox: Sandbox(programs: DocumentExtractor.programs)), renewal: renewal,
            configuration: configuration)
        let ingestion = Ingestion(
            database: database, blobs: blobs, extractor: DocumentExtractor(sandbox: Sandbox(programs: DocumentExtractor.programs)),
            recogniser: TextRecogniser(languages: languages, service: recognition), renewal: renewal, events: events)
        for handler in LibraryJobs.handlers(service, ingestion, renewal) { handlers.add(handler) }
        var widths = JobWorker.Configuration()
        widths.queues = [LibraryJobs.queue.name: 4, "maintenance": 1]
        worker = JobWorker(queue: queue, configuration: widths)
    }

    /// Everything below `/documents`.
    var documentRoutes: [any RouteCollection] {
        [
            LibraryRoutes(service: service), VersionRoutes(service: service), FigureRoutes(service: service),
            ShareRoutes(sharing, .document, below: "/documents", tag: "Library"),
        ]
    }

    /// The routes, asked by one of the users: the tokens are `ann`, `ben` and `cleo`.
    func client(_ name: String = "ann") -> TestClient {
        let authenticator = TestAuthenticator([
            "ann": Principal(userID: ann, isAdministrator: false), "ben": Principal(userID: ben, isAdministrator: false),
            "cleo": Principal(userID: cleo, isAdministrator: false),
        ])
        return TestClient(
            Router(
                documentRoutes + [CourseRoutes(service: courses), SharedCourse.routes(courseSharing)],
                authenticator: authenticator)
        )
        .bearing(name)
    }

    func upload(_ name: String, as user: UserID? = nil, bytes: [UInt8]? = nil) async throws -> Uploaded {
        try await service.upload(Upload(filename: name, parts: Pieces(bytes ?? Fixture.bytes(name))), user: user ?? ann)
    }

    /// Uploads, reads and returns it.
    func ready(_ name: String, as user: UserID? = nil, bytes: [UInt8]? = nil) async throws -> Document {
        let document = try await upload(name, as: user, bytes: bytes).document
        try await worker.drain()
        return try await service.document(document.id, user: user ?? ann)
    }

    /// Passages whose vectors are in memory.
    func heldEntries() async throws -> Int {
        await (try await models.serving()?.vectors as? VectorShelf)?.heldEntries ?? 0
    }

    /// The types of the events in the outbox, in order.
    func eventTypes() async throws -> [String] {
        try await database.read(as: .system) { try await $0.query("SELECT event_type FROM events ORDER BY position") }
            .map { try $0.get("event_type") }
    }

    func count(_ table: String) async throws -> Int {
        try await database.read(as: .system) { try await $0.first("SELECT count(*) AS n FROM \(unsafe: table)") }?.get("n") ?? 0
    }
}

/// Bytes that come in pieces, as from a connection.
struct Pieces: AsyncSequence, Sendable {
    typealias Element = [UInt8]
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: ArraySlice<UInt8>
        mutating func next() async throws -> [UInt8]? {
            let piece = rest.prefix(1000)
            rest = rest.dropFirst(1000)
            return piece.isEmpty ? nil : Array(piece)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: bytes[...]) }
}

/// Words as directions: texts that share words are near. Deterministic, and fails when told to.
final class WordEmbedder: TextEmbedder {
    struct Broken: Error {}

    let modelName: String
    let dimensions = 64
    /// How many more batches succeed; nil for all.
    let left: Mutex<Int?>
    let calls = Mutex(0)

    init(model: String = "words", batches: Int? = nil) {
        modelName = model
        left = Mutex(batches)
    }

    /// Runs before the next question is embedded, once; and before the next passages are.
    let beforeQuestion = Mutex<(@Sendable () async throws -> Void)?>(nil)
    let beforeWindows = Mutex<(@Sendable () async throws -> Void)?>(nil)

    func embed(_ texts: [String]) async throws -> [[Float]] {
        if let body = beforeQuestion.withLock({ $0.take() }) { try await body() }
        return texts.map(vector)
    }

    func embedWindows(_ texts: [String], progress: (@Sendable (Int) -> Void)?) async throws -> [[[Float]]] {
        if let body = beforeWindows.withLock({ $0.take() }) { try await body() }
        calls.withLock { $0 += 1 }
        try left.withLock { left in
            guard let some = left else { return }
            if some == 0 { throw Broken() }
            left = some - 1
        }
        progress?(texts.count)
        return texts.map { text in
            let words = text.split(whereSeparator: \.isWhitespace)
            return words.batches(of: 250).map { vector($0.joined(separator: " ")) }
        }
    }

    func countTokens(_ text: String) -> Int { text.split(whereSeparator: \.isWhitespace).count }

    private func vector(_ text: String) -> [Float] {
        var sums = [Float](repeating: 0, count: dimensions)
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        for term in words.filter({ !TextLanguage.english.functionWords.contains($0) }).map(PorterStemmer.stem) {
            var hash: UInt32 = 2_166_136_261
            for byte in term.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
            sums[Int(hash % 64)] += 1
        }
        let length = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? sums.map { $0 / length } : [1] + [Float](repeating: 0, count: dimensions - 1)
    }
}
