import Ambient
import Database
import FoundationEssentials
import Passages
import Vectors

/// Keeps the vector index in memory in step with the database.
///
/// A user's vectors are loaded with the first search. Before each search the list of that user's documents and their revisions is
/// compared with what is loaded, so that another process's work, a deletion or a crash never leaves the index wrong for long. Of more
/// than `capacity` vectors those of the users who have not searched for longest are dropped; their next search loads them again.
actor VectorShelf {
    /// What is in the index of one user.
    private struct Holding {
        /// By document: the revision that is loaded, and how many vectors it has.
        var documents: [DocumentID: (revision: Int, vectors: Int)] = [:]
        /// When the user last searched, in searches of all users.
        var used: UInt64 = 0
        /// Of all its documents.
        var vectors = 0
    }

    private let database: any Database
    private let index: any VectorIndex
    private let model: String
    private let dimensions: Int
    private let capacity: Int
    private let store = VectorStore()
    private var holdings: [UserID: Holding] = [:]
    /// Vectors of all users.
    private var total = 0
    private var clock: UInt64 = 0
    /// Users whose documents are being loaded or dropped, and who waits for that.
    private var busy: [UserID: [CheckedContinuation<Void, Never>]] = [:]
    /// Users who are searching now, and how often.
    private var searching: [UserID: Int] = [:]

    /// - Parameter capacity: vectors in memory; one user's and those in use stay even beyond it.
    init(database: any Database, index: any VectorIndex, model: String, dimensions: Int, capacity: Int) {
        self.database = database
        self.index = index
        self.model = model
        self.dimensions = dimensions
        self.capacity = capacity
    }

    /// Runs a search of the user's vectors, which stay in the index meanwhile.
    func search<Value: Sendable>(as user: UserID, _ body: @Sendable () async throws -> Value) async throws -> Value {
        searching[user, default: 0] += 1
        defer { searching[user] = searching[user].flatMap { $0 > 1 ? $0 - 1 : nil } }
        // Dropped since they were refreshed, or being dropped now.
        if holdings[user] == nil || busy[user] != nil { try await refresh(user) }
        return try await body()
    }

    /// Loads what is new of the user's and drops what is gone.
    func refresh(_ user: UserID) async throws {
        await occupy(user)
        defer { vacate(user) }
        clock += 1
        holdings[user, default: Holding()].used = clock
        let (store, model, dimensions) = (store, model, dimensions)
        let wanted = try await database.read(as: .user(user)) { try await store.searchable(user: user, model: model, in: $0) }
        let held = holdings[user]?.documents ?? [:]
        for (document, part) in held where wanted[document] != part.revision {
            try await index.remove(group: document.uuid)
            note(nil, of: document, user)
        }
        for (document, revision) in wanted where held[document]?.revision != revision {
            let entries = try await database.read(as: .user(user)) {
                try await store.entries(of: document, user: user, model: model, dimensions: dimensions, in: $0)
            }
            try await index.insert(entries)
            note((revision, entries.reduce(0) { $0 + $1.vectors.count }), of: document, user)
        }
        try await makeRoom(for: user)
    }

    /// Drops a document that was deleted, without waiting for the next search.
    func drop(_ document: DocumentID, of user: UserID) async throws {
        note(nil, of: document, user)
        try await index.remove(group: document.uuid)
    }

    private func note(_ part: (revision: Int, vectors: Int)?, of document: DocumentID, _ user: UserID) {
        guard var holding = holdings[user] else { return }
        let change = (part?.vectors ?? 0) - (holding.documents[document]?.vectors ?? 0)
        holding.documents[document] = part
        holding.vectors += change
        holdings[user] = holding
        total += change
    }

    private func makeRoom(for user: UserID) async throws {
        while total > capacity {
            let idle = holdings.filter { $0.key != user && $0.value.vectors > 0 && searching[$0.key] == nil && busy[$0.key] == nil }
            guard let (victim, holding) = idle.min(by: { $0.value.used < $1.value.used }) else { return }
            busy[victim] = []
            defer { vacate(victim) }
            holdings[victim] = nil
            total -= holding.vectors
            try await index.remove(owner: victim.uuid)
        }
    }

    private func occupy(_ user: UserID) async {
        while busy[user] != nil { await withCheckedContinuation { busy[user]?.append($0) } }
        busy[user] = []
    }

    private func vacate(_ user: UserID) { for waiter in busy.removeValue(forKey: user) ?? [] { waiter.resume() } }
}
