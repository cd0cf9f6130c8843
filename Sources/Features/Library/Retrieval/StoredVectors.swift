import Ambient
package import Database
package import FoundationEssentials
import Passages
package import Vectors

/// The vectors of documents in the database, as what searches them asks for them: an owner is a user, a group a document.
package struct StoredVectors: VectorSource {
    /// Parts in one statement: of each at most 256 chunks, some 200 KB.
    private static let step = 32
    /// What a chunk takes, for the plan of what fits: two windows and its id.
    private static func size(chunks: Int, dimensions: Int) -> Int { chunks * (2 * (dimensions + 4) + 18) + 12 }

    private let database: any Database
    private let model: String
    package let dimensions: Int
    private let store: VectorStore

    package init(database: any Database, model: String, dimensions: Int, tables: VectorTables = .first) {
        store = VectorStore(tables: tables)
        self.database = database
        self.model = model
        self.dimensions = dimensions
    }

    package func groups(of owner: UUID) async throws -> [UUID: VectorGroup] {
        let user = UserID(owner)
        return try await database.read(as: .user(user)) { try await store.searchable(user: user, model: model, in: $0) }
            .reduce(into: [:]) { groups, document in
                groups[document.id.uuid] = VectorGroup(
                    revision: document.revision, size: Self.size(chunks: document.chunks, dimensions: dimensions))
            }
    }

    package func read(_ groups: [UUID], owner: UUID, _ body: @Sendable (VectorBlock) async throws -> Void) async throws {
        let user = UserID(owner)
        for batch in groups.batches(of: 500) {
            let documents = batch.map { DocumentID($0) }
            var missing = Set(documents)
            var after: (document: DocumentID, part: Int)?
            while true {
                let parts = try await database.read(as: .user(user)) { [after] in
                    try await store.parts(of: documents, after: after, limit: Self.step, user: user, model: model, in: $0)
                }
                for part in parts {
                    missing.remove(part.document)
                    try await body(VectorBlock(group: part.document.uuid, bytes: part.bytes, dimensions: dimensions))
                }
                guard let last = parts.last, parts.count == Self.step else { break }
                after = (last.document, last.part)
            }
            // Indexed before there were parts.
            for document in missing.sorted() { try await readExact(document, user: user, body) }
        }
    }

    private func readExact(_ document: DocumentID, user: UserID, _ body: @Sendable (VectorBlock) async throws -> Void) async throws
    {
        var after: Int?
        while true {
            let entries = try await database.read(as: .user(user)) { [after] in
                try await store.entries(
                    of: document, after: after, limit: VectorStore.partSize, model: model, dimensions: dimensions, in: $0)
            }
            guard let last = entries.last else { return }
            after = last.ordinal
            try await body(VectorBlock(group: document.uuid, entries: entries.map(\.entry), dimensions: dimensions))
        }
    }

    package func exact(_ ids: [UUID], owner: UUID) async throws -> [VectorEntry] {
        let user = UserID(owner)
        return try await database.read(as: .user(user)) {
            try await store.entries(ids.map { ChunkID($0) }, user: user, model: model, dimensions: dimensions, in: $0)
        }
    }
}
