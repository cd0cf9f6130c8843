package import Ambient
package import Database
package import Embedding
import FoundationEssentials
import Recollection

/// What a student does with what is remembered of them: see, search, write down, edit, pin, forget, turn off.
package struct MemoryService: Sendable {
    /// Memories of one student that hold; a question looks at all of them.
    static let most = 500
    /// What is searched by meaning has at least this much to do with the words, in cosines of all-MiniLM-L6-v2.
    private static let near = 0.3

    let database: any Database
    let embedder: any TextEmbedder
    let sources: MemorySources
    let events: MemoryEvents
    let ambient: Ambient
    let store = MemoryStore()

    package init(
        database: any Database, embedder: any TextEmbedder, sources: MemorySources, events: MemoryEvents, ambient: Ambient = .live
    ) {
        self.database = database
        self.embedder = embedder
        self.sources = sources
        self.events = events
        self.ambient = ambient
    }

    var keeper: MemoryKeeper { MemoryKeeper(events: events, ambient: ambient, model: embedder.modelName) }

    /// What may change about a memory; nil leaves it.
    struct Change: Sendable {
        var kind: MemoryKind?
        var text: String?
        var isPinned: Bool?
    }

    // MARK: - Seeing

    /// The pinned and the latest first; those that a text finds in its order, by words and by meaning.
    func list(
        kind: MemoryKind?, text: String?, ids: Set<MemoryID>?, user: UserID, offset: Int, limit: Int
    ) async throws -> (list: [ExplainedMemory], total: Int) {
        let query = text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        let asked = try await query.asyncMap { try await vector(of: $0) }
        return try await database.read(as: .user(user)) { transaction in
            var found = try await store.holding(of: user, kind: kind, in: transaction)
            if let ids { found = found.filter { ids.contains($0.id) } }
            if let query, let asked { found = try await matching(query, asked, found, user: user, in: transaction) }
            let page = Array(found.dropFirst(offset).prefix(limit))
            return (try await explained(page, user: user, in: transaction), found.count)
        }
    }

    func memory(_ id: MemoryID, user: UserID) async throws -> ExplainedMemory {
        try await database.read(as: .user(user)) { transaction in
            guard let memory = try await store.find(id, user: user, in: transaction) else { throw MemoriesFailure.noMemory }
            return try await explained([memory], user: user, in: transaction)[0]
        }
    }

    func isOn(for user: UserID) async throws -> Bool {
        try await database.read(as: .user(user)) { try await store.isOn(for: user, in: $0) }
    }

    // MARK: - Changing

    func set(isOn: Bool, for user: UserID) async throws {
        try await database.transaction(as: .user(user)) { try await store.set(isOn: isOn, for: user, in: $0) }
    }

    /// The student writes something down: what they want remembered is theirs to say, also what is never taken from a message.
    func make(_ kind: MemoryKind, _ text: String, user: UserID) async throws -> ExplainedMemory {
        let line = Self.line(text)
        let vector = try await vector(of: line)
        return try await database.transaction(as: .user(user)) { transaction in
            _ = try await store.hold(user, in: transaction)
            guard try await store.count(of: user, in: transaction) < Self.most else { throw MemoriesFailure.full }
            let outcome = try await keeper.keep(
                [(Recollected(kind, line, slot: Self.slot(of: line, kind), confidence: 1), vector)], from: nil, user: user,
                in: transaction)
            let key = MemoryStore.key(line)
            let made = try await store.holding(of: user, kind: kind, in: transaction).first { MemoryStore.key($0.text) == key }
            guard outcome.made == 1, let made else { throw MemoriesFailure.known }
            return try await explained([made], user: user, in: transaction)[0]
        }
    }

    func change(_ id: MemoryID, _ change: Change, user: UserID) async throws -> ExplainedMemory {
        let line = change.text.map(Self.line)
        let vector = try await line.asyncMap { try await self.vector(of: $0) }
        return try await database.transaction(as: .user(user)) { transaction in
            _ = try await store.hold(user, in: transaction)
            guard var memory = try await store.find(id, user: user, locking: true, in: transaction) else {
                throw MemoriesFailure.noMemory
            }
            guard memory.supersededBy == nil else { throw MemoriesFailure.superseded }
            if let kind = change.kind { memory.kind = kind }
            if let line, line != memory.text {
                memory.text = line
                memory.confidence = 1
            }
            if line != nil || change.kind != nil { memory.slot = Self.slot(of: memory.text, memory.kind) }
            if let isPinned = change.isPinned { memory.isPinned = isPinned }
            let key = MemoryStore.key(memory.text)
            let twin = try await store.holding(of: user, kind: memory.kind, in: transaction).contains {
                $0.id != id && MemoryStore.key($0.text) == key
            }
            if twin { throw MemoriesFailure.known }
            try await store.update(memory, in: transaction)
            if let vector { try await store.setVector(vector, model: embedder.modelName, of: id, user: user, in: transaction) }
            try await events.append(MemoryEvents.changed, memory, in: transaction)
            return try await explained([memory], user: user, in: transaction)[0]
        }
    }

    /// With what it took the place of: nothing of it is left.
    func forget(_ id: MemoryID, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard try await store.delete(id, user: user, in: transaction) else { throw MemoriesFailure.noMemory }
            try await events.appendForgotten(id, user: user, in: transaction)
        }
    }

    func forgetAll(of user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            for memory in try await store.holding(of: user, in: transaction) {
                _ = try await store.delete(memory.id, user: user, in: transaction)
                try await events.appendForgotten(memory.id, user: user, in: transaction)
            }
        }
    }

    // MARK: -

    private func vector(of text: String) async throws -> [Float] { try await embedder.embed([text])[0] }

    private func matching(
        _ query: String, _ asked: [Float], _ found: [Memory], user: UserID, in transaction: any Transaction
    ) async throws -> [Memory] {
        let words = query.lowercased()
        let cosines = Dictionary(
            try await store.embedded(of: user, model: embedder.modelName, in: transaction).map { ($0.memory.id, $0.cosine(asked)) }
        ) { $1 }
        return found.compactMap { memory -> (Memory, Double)? in
            let holds = memory.text.lowercased().contains(words)
            let cosine = cosines[memory.id] ?? 0
            return holds || cosine >= Self.near ? (memory, cosine + (holds ? 1 : 0)) : nil
        }.sorted { $0.1 > $1.1 }.map(\.0)
    }

    private func explained(_ memories: [Memory], user: UserID, in transaction: any Transaction) async throws -> [ExplainedMemory] {
        try await ExplainedMemory.of(memories, sources: sources, user: user, in: transaction)
    }

    private static func line(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    /// What a text would be found to be about if it were said.
    private static func slot(of text: String, _ kind: MemoryKind) -> String? {
        RecollectionRules.reading(of: text).found.first { $0.kind == kind }?.slot
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
