package import Assembly
import Courses
package import Embedding
import HTTPClient
import HTTPServing
package import Sandbox
package import Settings
package import Sharing
import Vectors

/// Documents and search as the program takes them in.
package struct LibraryFeature: Feature {
    static let uploadLimit = Setting.integer(
        "LM_UPLOAD_LIMIT_MB", default: 256, in: 1...16_384, purpose: "How large one uploaded file may be.")
    static let jobWorkers = Setting.integer(
        "LM_JOB_WORKERS", default: 2, in: 1...64, purpose: "How many documents are read side by side in one process.")
    static let vectorMemory = Setting.integer(
        "LM_VECTOR_MEMORY_MB", default: 512, in: 16...1_048_576,
        purpose: "How much memory the vectors of people who search may take; 100,000 passages take about 80 MB.")

    package static let parserMemory = Setting.integer(
        "LM_PARSER_MEMORY_MB", default: 0, in: 0...16_777_216,
        purpose: "How much memory the programs that read files may be given together; 0 is half of what the machine has.")

    static let ocrLanguages = Setting.text(
        "LM_OCR_LANGUAGES", default: "",
        purpose: "What scanned pages are read as, in tesseract's codes: eng+deu. Unset, the language of each document is found out."
    )

    package static let manifest = FeatureManifest(
        "library", service: .llm, after: ["accounts", "courses", "jobs", "events"], migrations: LibraryMigrations.all,
        settings: [uploadLimit, jobWorkers, vectorMemory, parserMemory, ocrLanguages] + RecognitionSettings.all,
        events: LibraryEvents.all,
        queues: [LibraryJobs.queue],
        periodic: [LibraryJobs.sweep], portability: LibraryService.portability,
        programs: DocumentExtractor.programs,
        measures: LibraryMeasures.all)

    package let service: LibraryService
    package let searcher: PassageSearcher
    /// Documents for classes.
    package let classSharing: ClassSharing
    package let parts: FeatureParts

    /// - Parameters:
    ///   - embedder: of the model that documents are to be searched by.
    ///   - load: another, which serves until they are.
    package init(
        on ground: FeatureGround, embedder: any TextEmbedder, load: @escaping @Sendable (String) throws -> any TextEmbedder,
        sandbox: Sandbox
    ) throws {
        let events = DocumentEvents(outbox: ground.outbox, bus: ground.bus)
        let capacity = try ground.settings.value(Self.vectorMemory) << 20
        let models = SearchModels(database: ground.database, wanted: embedder, load: load, logger: ground.logger) { source in
            VectorShelf(source: source, dimensions: source.dimensions, capacity: capacity)
        }
        searcher = PassageSearcher(database: ground.database, models: models)
        let renewal = VectorRenewal(database: ground.database, jobs: ground.jobs, models: models, logger: ground.logger)
        var configuration = LibraryService.Configuration()
        configuration.uploadLimit = try ground.settings.value(Self.uploadLimit) << 20
        let client = try HTTPClient(WebUpload.configuration(limit: configuration.uploadLimit), logger: ground.logger)
        let recogniser = TextRecogniser(
            languages: RecognitionLanguages(setting: try ground.settings.value(Self.ocrLanguages)),
            service: try RecognitionSettings.service(
                ground.settings,
                client: try HTTPClient(
                    HTTPClientConfiguration(timeouts: ClientTimeouts(total: .seconds(120), idle: .seconds(110))),
                    logger: ground.logger),
                ambient: ground.ambient), sandbox: TextRecogniser.sandbox(memory: sandbox.memory), logger: ground.logger)
        service = LibraryService(
            database: ground.database, blobs: ground.blobs, jobs: ground.jobs, events: events,
            courses: CourseMaker(events: CourseEvents(outbox: ground.outbox, bus: ground.bus), ambient: ground.ambient),
            searcher: searcher,
            web: WebUpload(client: client), unpacker: ArchiveUnpacker(sandbox: sandbox),
            pictures: DocumentPictures(sandbox: sandbox), renewal: renewal,
            configuration: configuration, ambient: ground.ambient,
            logger: ground.logger)
        let ingestion = Ingestion(
            database: ground.database, blobs: ground.blobs, extractor: DocumentExtractor(sandbox: sandbox),
            recogniser: recogniser,
            renewal: renewal, events: events, ambient: ground.ambient, logger: ground.logger)
        let sharing = SharingService(
            SharedDocument(access: DocumentAccess(database: ground.database)), database: ground.database, outbox: ground.outbox,
            bus: ground.bus, ambient: ground.ambient)
        classSharing = sharing.ofClasses
        parts = FeatureParts(
            routes: [
                LibraryRoutes(service: service), VersionRoutes(service: service), FigureRoutes(service: service),
                ShareRoutes(sharing, .document, below: "/documents", tag: "Library"),
            ],
            handlers: LibraryJobs.handlers(service, ingestion, renewal),
            checks: [
                ReadinessCheck("embeddings", validity: .seconds(5)) { _ = try await embedder.embed(["ready"]) },
                // Texts are read, and all else works, where no wall stands.
                .aside("sandbox", validity: .seconds(30)) { try await sandbox.summary() },
            ],
            beforeJobs: { [service] in
                _ = try await service.resume()
                if recogniser.isInstalled { try await service.readUnreadPages() }
            })
    }
}
