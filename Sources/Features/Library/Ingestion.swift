package import Ambient
package import BlobStorage
import Concurrency
package import Database
import Embedding
import Failures
import FoundationEssentials
import Jobs
import Passages
package import Telemetry

/// Makes a stored file searchable: extract, chunk, embed, index. Each stage keeps what it made, so that a job which is tried again, or
/// comes back after a crash, goes on where the last one stood.
package struct Ingestion: Sendable {
    /// Chunks that are embedded between two checkpoints.
    private static let batch = 48

    let database: any Database
    let blobs: any BlobStore
    let extractor: DocumentExtractor
    let recogniser: TextRecogniser
    private let models: SearchModels
    private let renewal: VectorRenewal
    private let events: DocumentEvents
    let end: ReadingEnd
    let ambient: Ambient
    private let logger: Logger
    let documents = DocumentStore()
    let texts = TextStore()
    let pictures = PictureStore()
    private let keywords = KeywordStore()
    private let editions = EditionStore()

    package init(
        database: any Database, blobs: any BlobStore, extractor: DocumentExtractor, recogniser: TextRecogniser,
        renewal: VectorRenewal, events: DocumentEvents, ambient: Ambient = .live, logger: Logger = .silent
    ) {
        self.database = database
        self.blobs = blobs
        self.extractor = extractor
        self.recogniser = recogniser
        models = renewal.models
        self.renewal = renewal
        self.events = events
        end = ReadingEnd(events: events, ambient: ambient)
        self.ambient = ambient
        self.logger = logger.labelled("library")
    }

    /// Takes the document from wherever it stands to `completed`, and its job to `succeeded` with it. One that was deleted, or is
    /// completed, is left alone.
    ///
    /// - Throws: `ExtractionFailure` after the document is marked as failed; anything else leaves it as it is, for another attempt.
    func run(_ id: DocumentID, context: JobContext) async throws {
        guard let document = try await database.read(as: .system, { try await documents.find(id, in: $0) }) else { return }
        let serving =
            try await database.read(as: .system) { try await models.store.find(in: $0)?.serving } ?? models.wanted.modelName
        if document.status == .completed, document.embeddingModel == serving { return }
        // It was stopped, and a newer job reads it.
        guard document.jobID == context.jobID.uuid else { throw CancellationError() }
        if document.status == .failed || document.status == .cancelled {
            // The job was asked to go on, and not the document.
            try await context.keep(in: database) { try await documents.setPending(id, now: ambient.now(), in: $0) }
        }
        do {
            try await extract(document, context)
            try await recognise(document, context)
            try await chunk(document, context)
            var isIndexed = false
            // Another model may take the place of the one that it was embedded by.
            while !isIndexed {
                try context.checkCancelled()
                isIndexed = try await index(document, by: embed(document, context), context)
            }
        } catch let failure as ExtractionFailure {
            try await fail(document, Document.Problem(code: failure.reason.rawValue, message: failure.message), context)
            throw failure
        } catch is Gone {
            logger.info("document was deleted while it was read", ["document": "\(id)"])
        } catch is Stopped {
            throw CancellationError()
        }
    }

    /// What the job leaves behind.
    static func result(_ id: DocumentID) -> JobResult { ["document_id": id.description] }

    // MARK: - Stages

    private func extract(_ document: Document, _ context: JobContext) async throws {
        let hasPages = try await database.read(as: context.actor) {
            !(try await texts.pages(of: document.id, limit: 1, in: $0)).isEmpty
        }
        if hasPages { return }
        try await report(.init(.extracting), of: document, context)
        let works = try await works(citedBy: document, context)
        let extracted = try await blobs.withLocalFile(document.sha256) { path in
            try await extractor.extract(path: path, format: document.format, citing: works) { done, total in
                try context.checkCancelled()
                try await report(.init(.extracting, done: done, total: total), of: document, context)
            }
        }
        guard let extracted else { throw LibraryFailure.lostFile }
        try await keep(document, context) { transaction in
            try await texts.savePages(extracted.pages, of: document.id, user: document.userID, in: transaction)
            try await pictures.add(extracted.pages, of: document.id, user: document.userID, in: transaction)
            try await documents.setExtracted(
                document.id, extracted, title: extracted.title(ofFile: document.filename).map { String($0.prefix(300)) },
                // Where a page came from is known since then.
                metadata: document.metadata.completed(by: extracted.metadata), now: ambient.now(), in: transaction)
        }
        context.log("\(extracted.pages.count) pages read")
    }

    private func chunk(_ document: Document, _ context: JobContext) async throws {
        let (pages, isPaged, isDone) = try await database.read(as: context.actor) { transaction in
            guard let current = try await documents.find(document.id, in: transaction) else { throw Gone() }
            if current.chunkCount != nil { return ([ExtractedPage](), current.isPaged, true) }
            return (try await texts.pages(of: document.id, in: transaction), current.isPaged, false)
        }
        if isDone { return }
        try await report(.init(.chunking), of: document, context)
        let embedder = models.wanted
        let chunks = await BlockingPool.shared.run { Chunker { embedder.countTokens($0) }.chunks(of: pages) }
        guard !chunks.isEmpty else { throw ExtractionFailure(.empty) }
        let stored = chunks.map { chunk in
            StoredChunk(
                id: ambient.newID(), documentID: document.id, ordinal: chunk.ordinal, text: chunk.text, section: chunk.section,
                page: isPaged ? chunk.spans.first?.page : nil, sections: chunk.sections, spans: chunk.spans,
                tokenCount: chunk.tokenCount)
        }
        try await keep(document, context) { transaction in
            try await texts.saveChunks(stored, user: document.userID, in: transaction)
            try await documents.setChunked(document.id, chunkCount: stored.count, now: ambient.now(), in: transaction)
        }
        context.log("\(stored.count) passages made")
    }

    /// Embeds what is not yet, by the model that serves, which it returns.
    private func embed(_ document: Document, _ context: JobContext) async throws -> (model: SearchModel, dimensions: Int) {
        let serving =
            try await database.read(as: context.actor) { try await models.store.find(in: $0) }
            ?? SearchModel(serving: models.wanted.modelName, tables: .first)
        let (model, vectors) = (serving.serving, VectorStore(tables: serving.tables))
        guard let embedder = await models.embedder(model) else {
            throw LibraryFailure(.unavailable, "The embedding model \(model) is not installed here.")
        }
        let (embedded, total) = try await database.read(as: context.actor) { transaction in
            guard let current = try await documents.find(document.id, in: transaction) else { throw Gone() }
            return (try await vectors.count(of: document.id, model: model, in: transaction), current.chunkCount ?? 0)
        }
        var done = embedded
        while true {
            try context.checkCancelled()
            try await report(.init(.embedding, done: done, total: total), of: document, context)
            let batch = try await database.read(as: context.actor) {
                try await texts.chunksToEmbed(of: document.id, model: model, tables: serving.tables, limit: Self.batch, in: $0)
            }
            if batch.isEmpty { return (serving, embedder.dimensions) }
            let before = done
            let windows = try await embedder.embedWindows(batch.map(Self.placedText)) { count in
                context.progress(stage: Document.Stage.embedding.rawValue, done: before + count, total: total)
                events.publish(.init(.embedding, done: before + count, total: total), of: document.id, user: document.userID)
            }
            try await keep(document, context) { transaction in
                try await vectors.save(
                    zip(batch, windows).map { (chunk: $0.id, windows: $1) }, of: document.id, user: document.userID, model: model,
                    in: transaction)
            }
            done += batch.count
        }
    }

    /// Makes it searchable by the vectors of a model; false, and nothing done, if that model serves no more.
    private func index(
        _ document: Document, by embedded: (model: SearchModel, dimensions: Int), _ context: JobContext
    ) async throws -> Bool {
        try await report(.init(.indexing), of: document, context)
        let chunks = try await database.read(as: context.actor) { try await texts.chunks(of: document.id, in: $0) }
        let terms = await BlockingPool.shared.run { DocumentTerms(texts: chunks.map(Self.placedText)) }
        let model = embedded.model.serving
        let vectors = VectorStore(tables: embedded.model.tables)
        return try await update(document, context) { transaction, current in
            let serving = try await renewal.serving(in: transaction)
            guard serving.serving == model, serving.tables == embedded.model.tables else { return false }
            let made = try await vectors.count(of: document.id, model: model, in: transaction)
            guard made == chunks.count, !chunks.isEmpty else {
                throw LibraryFailure(.internal, "\(made) of \(chunks.count) passages have vectors.")
            }
            var stages = current.stages
            stages.finish(at: ambient.now())
            var id = document.id
            if let edition = current.edition {
                try await takePlace(current, of: edition.document, stages, embedded.model, in: transaction)
                id = edition.document
            } else {
                try await documents.setCompleted(id, model: model, stages: stages, now: ambient.now(), in: transaction)
            }
            try await keywords.save(terms, of: id, user: document.userID, in: transaction)
            try await vectors.saveParts(
                of: id, user: document.userID, model: model, dimensions: embedded.dimensions, in: transaction)
            try await renewal.follow(id, user: document.userID, serving, in: transaction)
            if let completed = try await documents.find(id, in: transaction) {
                try await events.append(LibraryEvents.processed, completed, in: transaction)
            }
            try await context.succeed(with: Self.result(id), in: transaction)
            return true
        }
    }

    /// Puts what was read in the place of what the document was.
    private func takePlace(
        _ draft: Document, of id: DocumentID, _ stages: StageLog, _ model: SearchModel, in transaction: any Transaction
    ) async throws {
        guard let head = try await documents.find(id, in: transaction) else { throw Gone() }
        // Brought on its own while it was read here.
        if let other = try await documents.find(sha256: draft.sha256, user: head.userID, in: transaction), other.id != id {
            throw LibraryFailure(.conflict, "You have the same file as a document of its own: “\(other.title)”.")
        }
        try await keywords.remove(id, in: transaction)
        try await editions.swap(
            draft, into: head, past: ambient.newID(), model: model, stages: stages, now: ambient.now(), in: transaction
        )
    }

    /// What the vector and the keywords of a passage are made of: its place in the document, then its text.
    static func placedText(_ chunk: StoredChunk) -> String {
        chunk.section.map { "\($0)\n\(chunk.text)" } ?? chunk.text
    }

    // MARK: - Keeping

    /// The document was deleted under the job.
    struct Gone: Error {}

    /// The document was stopped, or is another job's.
    private struct Stopped: Error {}

    /// Runs `body` in a transaction that counts only while this attempt owns the job, and the job the document.
    func keep(
        _ document: Document, _ context: JobContext, _ body: @Sendable (any Transaction) async throws -> Void
    ) async throws {
        try await update(document, context) { transaction, _ in try await body(transaction) }
    }

    /// The same with the document as it is now.
    private func update<Value: Sendable>(
        _ document: Document, _ context: JobContext, _ body: @Sendable (any Transaction, Document) async throws -> Value
    ) async throws -> Value {
        try await context.keep(in: database) { transaction in
            guard let current = try await documents.find(document.id, in: transaction) else { throw Gone() }
            // One that is completed has its job to get vectors of the model that serves.
            guard current.isBeingRead || current.status == .completed, current.jobID == context.jobID.uuid else { throw Stopped() }
            return try await body(transaction, current)
        }
    }

    func report(_ progress: Document.Progress, of document: Document, _ context: JobContext) async throws {
        context.progress(stage: progress.stage.rawValue, done: progress.done, total: progress.total)
        try await update(document, context) { transaction, current in
            var stages = current.stages
            stages.enter(progress, at: ambient.now())
            try await documents.setProgress(progress, stages: stages, of: document.id, now: ambient.now(), in: transaction)
        }
        events.publish(progress, of: document.id, user: document.userID)
    }

    private func fail(_ document: Document, _ problem: Document.Problem, _ context: JobContext) async throws {
        try await context.keep(in: database) { transaction in
            try await end.note(document.id, problem, job: context.jobID.uuid, in: transaction)
        }
    }
}
