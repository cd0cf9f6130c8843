import Ambient
import Database
import FoundationEssentials
import Vectors

/// Keeps the vector index in memory in step with the database.
///
/// A user's vectors are loaded with the first search. Before each search the list of that user's documents and their revisions is
/// compared with what is loaded, so that another process's work, a deletion or a crash never leaves the index wrong for long.
actor VectorShelf {
    private let database: any Database
    private let index: any VectorIndex
    private let model: String
    private let dimensions: Int
    private let store = VectorStore()
    private var loaded: [UserID: [DocumentID: Int]] = [:]
    /// Users whose documents are being loaded, and who waits for that.
    private var busy: [UserID: [CheckedContinuation<Void, Never>]] = [:]

    init(database: any Database, index: any VectorIndex, model: String, dimensions: Int) {
        self.database = database
        self.index = index
        self.model = model
        self.dimensions = dimensions
    }

    /// Loads what is new of the user's and drops what is gone.
    func refresh(_ user: UserID) async throws {
        while busy[user] != nil {
            await withCheckedContinuation { busy[user]?.append($0) }
        }
        busy[user] = []
        defer { for waiter in busy.removeValue(forKey: user) ?? [] { waiter.resume() } }
        let (store, model, dimensions) = (store, model, dimensions)
        let wanted = try await database.read(as: .user(user)) { try await store.searchable(user: user, model: model, in: $0) }
        let held = loaded[user] ?? [:]
        guard wanted != held else { return }
        for document in held.keys where wanted[document] != held[document] {
            try await index.remove(group: document.uuid)
            loaded[user]?[document] = nil
        }
        for (document, revision) in wanted where held[document] != revision {
            let entries = try await database.read(as: .user(user)) {
                try await store.entries(of: document, user: user, model: model, dimensions: dimensions, in: $0)
            }
            try await index.insert(entries)
            loaded[user, default: [:]][document] = revision
        }
    }

    /// Drops a document that was deleted, without waiting for the next search.
    func drop(_ document: DocumentID, of user: UserID) async throws {
        loaded[user]?[document] = nil
        try await index.remove(group: document.uuid)
    }
}
