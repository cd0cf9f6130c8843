package import Accounts
package import Ambient
package import BlobStorage
package import Chat
import Cryptography
package import Database
package import Embedding
package import Events
import HTTPClient
package import Jobs
package import LanguageModels
package import Library
import Lifecycle
package import Sandbox
package import Telemetry
import Vectors

/// The whole program, joined: the one place that hands ports to features.
package struct Application: Sendable {
    package let configuration: Configuration
    package let logger: Logger
    package let metrics: Metrics
    package let ambient: Ambient
    package let data: DataDirectory
    package let database: any Database
    package let blobs: any BlobStore
    package let bus: EventBus
    package let signals: SignalListener
    package let jobs: JobQueue
    package let sandbox: Sandbox
    package let embedder: any TextEmbedder
    package let models: ConfiguredModels
    package let accounts: AccountsService
    package let searcher: PassageSearcher
    package let library: LibraryService
    package let chat: ChatService
    package let generation: GenerationService

    /// Makes every part and brings the database's tables up to date. Nothing runs yet.
    package init(
        configuration: Configuration, logger: Logger, ambient: Ambient = .live, embedder: (any TextEmbedder)? = nil
    ) async throws {
        let ground = try await Ground(configuration, logger: logger, embedder: embedder)
        try self.init(configuration: configuration, logger: logger, ambient: ambient, on: ground)
    }

    /// Joins the parts on what they stand on, which is not touched.
    init(configuration: Configuration, logger: Logger, ambient: Ambient, on ground: Ground) throws {
        self.configuration = configuration
        self.logger = logger
        self.ambient = ambient
        metrics = Metrics()
        (data, database, blobs, embedder) = (ground.data, ground.database, ground.blobs, ground.embedder)
        bus = EventBus(ambient: ambient, logger: logger)
        signals = SignalListener(database: database, logger: logger)
        let outbox = EventOutbox(bus: bus, ambient: ambient)
        let handlers = JobHandlers()
        jobs = JobQueue(database: database, handlers: handlers, ambient: ambient)
        let client = try HTTPClient(logger: logger)
        models = Application.languageModels(configuration.models, client: client, embedder: embedder)

        let tokens = AccessTokens(keys: ground.keys)
        let documentEvents = DocumentEvents(outbox: outbox, bus: bus)
        searcher = PassageSearcher(
            database: database, embedder: embedder, index: ExactVectorIndex(dimensions: embedder.dimensions),
            vectorMemory: configuration.models.vectorMemory)
        var libraryConfiguration = LibraryService.Configuration()
        libraryConfiguration.uploadLimit = configuration.storage.uploadLimit
        let library = LibraryService(
            database: database, blobs: blobs, jobs: jobs, events: documentEvents, searcher: searcher, model: embedder.modelName,
            configuration: libraryConfiguration, ambient: ambient, logger: logger)
        self.library = library
        sandbox = Sandbox(programs: DocumentExtractor.programs, logger: logger)
        let ingestion = Ingestion(
            database: database, blobs: blobs, extractor: DocumentExtractor(sandbox: sandbox), embedder: embedder,
            events: documentEvents, ambient: ambient, logger: logger)
        LibraryJobs.register(in: handlers, ingestion: ingestion)

        let documents = Application.chatDocuments(of: library)
        generation = GenerationService(
            database: database, search: searcher, documents: documents, model: models.answering, ambient: ambient, logger: logger,
            announce: GenerationService.announcement(to: outbox))
        let chat = ChatService(database: database, generation: generation, documents: documents, ambient: ambient)
        self.chat = chat
        bus.follow(signals)
        jobs.follow(signals)
        generation.follow(signals)

        var policy = AccountsPolicy()
        policy.isRegistrationOpen = configuration.accounts.registrationOpen
        policy.throttlesSignIn = configuration.server.rateLimits
        accounts = AccountsService(
            database: database, passwords: PasswordHasher(), tokens: tokens, outbox: outbox, policy: policy,
            farewells: [jobs.deleteAll(of:in:), library.deleteAll(of:in:), chat.deleteAll(of:in:), outbox.deleteAll(of:in:)],
            ambient: ambient, logger: logger)
    }
}
