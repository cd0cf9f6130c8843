import Concurrency
package import Database
package import Embedding
import Passages
package import Telemetry
package import Vectors
import Ambient
import Synchronization

/// The models by which documents are searched: the one that is wanted here, and, while its vectors are being made, the one that serves.
package final class SearchModels: Sendable {
    /// A model with what searches its vectors.
    struct Serving: Sendable {
        var model: SearchModel
        var embedder: any TextEmbedder
        var vectors: any VectorSearch
    }

    /// The model that the settings name.
    package let wanted: any TextEmbedder
    let store = SearchModelStore()
    private let database: any Database
    private let load: @Sendable (String) throws -> any TextEmbedder
    private let makeSearch: @Sendable (StoredVectors) -> any VectorSearch
    private let logger: Logger
    /// What served last, and others that were asked for; nil for one that cannot be run here.
    private let state = Mutex<(serving: Serving?, others: [String: (any TextEmbedder)?])>((nil, [:]))

    /// - Parameters:
    ///   - load: another model by its name; takes a second, and throws where it is not there.
    ///   - search: what searches a model's vectors.
    package init(
        database: any Database, wanted: any TextEmbedder, load: @escaping @Sendable (String) throws -> any TextEmbedder,
        logger: Logger = .silent, search: @escaping @Sendable (StoredVectors) -> any VectorSearch
    ) {
        self.database = database
        self.wanted = wanted
        self.load = load
        self.logger = logger.labelled("library")
        makeSearch = search
    }

    /// What is searched by now; nil where this process cannot run that model.
    func serving() async throws -> Serving? {
        let model = try await current()
        if let known = state.withLock({ $0.serving }), known.model.serving == model.serving, known.model.tables == model.tables {
            return known
        }
        guard let embedder = await embedder(model.serving) else { return nil }
        let source = StoredVectors(
            database: database, model: model.serving, dimensions: embedder.dimensions, tables: model.tables)
        let made = Serving(model: model, embedder: embedder, vectors: makeSearch(source))
        return state.withLock { state in
            // Another search may have been first: what it holds in memory is to be held once.
            if let known = state.serving, known.model.serving == model.serving, known.model.tables == model.tables { return known }
            state.serving = made
            // One that served before is not needed again.
            if model.serving == wanted.modelName { state.others = [:] }
            return made
        }
    }

    /// Which model serves, by the database's word.
    func current() async throws -> SearchModel {
        let store = store
        let found = try await database.read(as: .system) { try await store.find(in: $0) }
        return found ?? SearchModel(serving: wanted.modelName, tables: .first)
    }

    /// A model by its name; nil where it cannot be run here.
    func embedder(_ name: String) async -> (any TextEmbedder)? {
        if name == wanted.modelName { return wanted }
        if let known = state.withLock({ $0.others[name] }) { return known }
        let (load, logger) = (load, logger)
        let made: (any TextEmbedder)? = await BlockingPool.shared.run {
            do {
                return try load(name)
            } catch {
                logger.failure("the model that documents are searched by cannot be run", error, ["model": name])
                return nil
            }
        }
        state.withLock { $0.others[name] = .some(made) }
        return made
    }

    /// Lets go of what is held of a document.
    func drop(_ document: DocumentID, of user: UserID) async throws {
        try await state.withLock { $0.serving }?.vectors.drop(group: document.uuid, owner: user.uuid)
    }
}
