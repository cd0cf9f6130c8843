import Ambient
package import Database
import Embedding
import Failures
package import Jobs
import Passages
package import Telemetry

/// Changes the model that documents are searched by, without a search that finds less meanwhile: each document gets vectors of the new model
/// beside those that serve, by a job of its own, and when all have them they take their place at once.
///
/// All that it knows is in the database, so a crash costs a batch, and any process goes on.
package struct VectorRenewal: Sendable {
    /// Chunks that are embedded between two checkpoints.
    private static let batch = 48
    private static let enqueued = 200
    private static let dropped = 1000

    private let database: any Database
    private let jobs: JobQueue
    let models: SearchModels
    private let logger: Logger
    private let documents = DocumentStore()
    private let texts = TextStore()
    private var store: SearchModelStore { models.store }

    package init(database: any Database, jobs: JobQueue, models: SearchModels, logger: Logger = .silent) {
        self.database = database
        self.jobs = jobs
        self.models = models
        self.logger = logger.labelled("library")
    }

    /// Sees to it that what is searched by becomes the model that is wanted here. The process that started last decides.
    /// Returns what serves from now on.
    @discardableResult
    func settle() async throws -> SearchModel {
        let wanted = models.wanted.modelName
        let known = try await database.read(as: .system) { try await store.find(in: $0) }
        let runs = try await canServe(known, wanted)
        let model = try await database.transaction(as: .system) { transaction in
            if try await store.lock(in: transaction) == nil {
                let serving = try await store.commonest(in: transaction) ?? wanted
                try await store.insert(SearchModel(serving: runs ? serving : wanted, tables: .first), in: transaction)
            }
            guard var model = try await store.lock(in: transaction) else { throw LibraryFailure(.internal, "no search model") }
            let before = model
            // What cannot be run here cannot serve: documents are found by their words until they have the new vectors.
            if !runs, model.serving == known?.serving ?? model.serving { model.serving = wanted }
            model.next = model.serving == wanted ? nil : wanted
            guard model != before else { return model }
            if before.next != nil {
                try await store.forgetNext(in: transaction)
                try await enqueueDrop(in: transaction)
            }
            try await store.update(model, in: transaction)
            return model
        }
        if model.next != nil {
            try await enqueueAll()
            try await finish()
        }
        return model
    }

    private func canServe(_ known: SearchModel?, _ wanted: String) async throws -> Bool {
        let name: String?
        if let known {
            name = known.serving
        } else {
            name = try await database.read(as: .system) { try await store.commonest(in: $0) }
        }
        return await models.embedder(name ?? wanted) != nil
    }

    /// A job for each document that lacks vectors of the next model.
    private func enqueueAll() async throws {
        var (after, count): (DocumentID?, Int) = (nil, 0)
        while true {
            let batch = try await database.transaction(as: .system) { [after] transaction in
                guard let next = try await store.find(in: transaction)?.next else { return [DocumentID]() }
                let batch = try await store.lacking(next, after: after, limit: Self.enqueued, in: transaction)
                for id in batch {
                    guard let document = try await documents.find(id, in: transaction) else { continue }
                    try await enqueue(id, user: document.userID, in: transaction)
                }
                return batch
            }
            count += batch.count
            guard let last = batch.last else { break }
            after = last
        }
        if count > 0 {
            logger.info("documents get vectors of another model", ["model": models.wanted.modelName, "count": "\(count)"])
        }
    }

    /// After what somebody waits for.
    private func enqueue(_ id: DocumentID, user: UserID, in transaction: any Transaction) async throws {
        try await jobs.enqueue(
            LibraryJobs.renew, .init(documentID: id), user: user, uniqueKey: LibraryJobs.uniqueKey(id), priority: -1,
            in: transaction)
    }

    private func enqueueDrop(in transaction: any Transaction) async throws {
        try await jobs.enqueue(LibraryJobs.dropVectors, .init(), user: nil, uniqueKey: "vectors", in: transaction)
    }

    // MARK: - A document that is new

    /// The model that a document is to be searched by, to be asked in the transaction that makes it searchable: others wait with a change
    /// until it ends.
    func serving(in transaction: any Transaction) async throws -> SearchModel {
        try await store.lock(in: transaction) ?? SearchModel(serving: models.wanted.modelName, tables: .first)
    }

    /// Has vectors of the next model made of a document that has become searchable, if there is a next one.
    func follow(_ id: DocumentID, user: UserID, _ model: SearchModel, in transaction: any Transaction) async throws {
        try await store.setNext(nil, of: id, in: transaction)
        if model.next != nil { try await enqueue(id, user: user, in: transaction) }
    }

    // MARK: - The job of a document

    /// Makes a document's vectors of the next model. Does nothing where there is no next model, or the document has them.
    func run(_ id: DocumentID, context: JobContext) async throws {
        while true {
            do { return try await attempt(id, context: context) } catch is Changed { try context.checkCancelled() }
        }
    }

    private func attempt(_ id: DocumentID, context: JobContext) async throws {
        guard let model = try await work(on: id, context: context), let next = model.next else { return try await finish() }
        guard let embedder = await models.embedder(next) else {
            throw LibraryFailure(.unavailable, "The embedding model \(next) is not installed here.")
        }
        let vectors = VectorStore(tables: model.tables.other)
        let (made, total) = try await database.read(as: context.actor) { transaction in
            (
                try await vectors.count(of: id, model: next, in: transaction),
                try await documents.find(id, in: transaction)?.chunkCount ?? 0
            )
        }
        var done = made
        while true {
            try context.checkCancelled()
            context.progress(stage: Document.Stage.embedding.rawValue, done: done, total: total)
            let batch = try await database.read(as: context.actor) {
                try await texts.chunksToEmbed(
                    of: id, model: next, tables: model.tables.other, limit: Self.batch, in: $0)
            }
            guard let user = context.userID, !batch.isEmpty else { break }
            let before = done
            let windows = try await embedder.embedWindows(batch.map(Ingestion.placedText)) { count in
                context.progress(stage: Document.Stage.embedding.rawValue, done: before + count, total: total)
            }
            try await context.keep(in: database) { transaction in
                // The change may have been called off, or the passages made anew.
                guard try await store.find(in: transaction) == model else { throw Changed() }
                let there = try await texts.existing(batch.map(\.id), in: transaction)
                guard there.count == batch.count else { throw Changed() }
                try await vectors.save(
                    zip(batch, windows).map { (chunk: $0.id, windows: $1) }, of: id, user: user, model: next, in: transaction)
            }
            done += batch.count
        }
        try await context.keep(in: database) { transaction in
            guard try await store.lock(in: transaction) == model, let user = context.userID,
                let document = try await documents.find(id, in: transaction)
            else { throw Changed() }
            guard document.status == .completed else { return }
            let made = try await vectors.count(of: id, model: next, in: transaction)
            guard made == document.chunkCount else { throw Changed() }
            try await vectors.saveParts(
                of: id, user: user, model: next, dimensions: embedder.dimensions, in: transaction)
            try await store.setNext(next, of: id, in: transaction)
        }
        try await finish()
    }

    /// What was embedded is no longer asked for: the document, or what is to serve, changed meanwhile.
    private struct Changed: Error {}

    private func work(on id: DocumentID, context: JobContext) async throws -> SearchModel? {
        try await database.read(as: context.actor) { transaction in
            guard let model = try await store.find(in: transaction), let next = model.next,
                try await store.lacks(id, next: next, in: transaction)
            else { return nil }
            return model
        }
    }

    /// Changes to the next model if every document has its vectors.
    private func finish() async throws {
        let changed = try await database.transaction(as: .system) { transaction -> String? in
            guard let model = try await store.find(in: transaction), let next = model.next,
                // Asked without a lock first: it is so once in a change.
                try await store.lacking(next, after: nil, limit: 1, in: transaction).isEmpty,
                try await store.lock(in: transaction) == model,
                try await store.lacking(next, after: nil, limit: 1, in: transaction).isEmpty
            else { return nil }
            try await store.takeNext(next, in: transaction)
            try await store.update(SearchModel(serving: next, tables: model.tables.other), in: transaction)
            try await enqueueDrop(in: transaction)
            return next
        }
        if let changed { logger.info("documents are searched by another model", ["model": changed]) }
    }

    /// Removes vectors that serve nothing, unless a new change needs their tables.
    func dropOld(_ context: JobContext) async throws {
        while true {
            let isMore = try await context.keep(in: database) { transaction in
                guard let model = try await store.lock(in: transaction), model.next == nil else { return false }
                return try await store.drop(model.tables.other, limit: Self.dropped, in: transaction)
            }
            if !isMore { return }
        }
    }

    /// How far the change is; nil where there is none.
    package static func progress(
        in database: any Database
    ) async throws -> (model: SearchModel, lacking: Int, total: Int)? {
        let store = SearchModelStore()
        return try await database.read(as: .system) { transaction in
            guard let model = try await store.find(in: transaction), let next = model.next else { return nil }
            let (lacking, total) = try await store.progress(next, in: transaction)
            return (model, lacking, total)
        }
    }
}
