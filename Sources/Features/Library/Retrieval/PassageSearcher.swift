package import Ambient
package import Database
package import Embedding
import FoundationEssentials
package import Passages
package import Vectors

/// Retrieval over the database's keywords and the vectors in memory.
package final class PassageSearcher: PassageSearch {
    private let database: any Database
    private let embedder: any TextEmbedder
    private let index: any VectorIndex
    private let shelf: VectorShelf
    private let keywords = KeywordSearch()
    private let texts = TextStore()
    private let fusion = Fusion()

    /// - Parameter vectorMemory: how many bytes of vectors are kept in memory; those of users who search seldom are loaded again.
    package init(database: any Database, embedder: any TextEmbedder, index: any VectorIndex, vectorMemory: Int = 512 << 20) {
        self.database = database
        self.embedder = embedder
        self.index = index
        shelf = VectorShelf(
            database: database, index: index, model: embedder.modelName, dimensions: embedder.dimensions,
            capacity: vectorMemory / (embedder.dimensions * MemoryLayout<Float>.size))
    }

    package func passages(
        for query: String, mode: SearchMode, limit: Int, in documents: [DocumentID]?, user: UserID
    ) async throws -> [Passage] {
        guard limit > 0, documents?.isEmpty != true else { return [] }
        let depth = max(limit, Fusion.depth)
        let ranked: [(id: ChunkID, score: Double)]
        switch mode {
        case .vector:
            ranked = try await byMeaning(query, limit: limit, in: documents, user: user)
        case .keyword:
            ranked = try await byWords(query, limit: limit, in: documents, user: user).hits
        case .hybrid:
            async let dense = byMeaning(query, limit: depth, in: documents, user: user)
            async let keyword = byWords(query, limit: depth, in: documents, user: user)
            let words = try await keyword
            ranked = fusion.fuse(dense: try await dense, keyword: words.hits, ceiling: words.ceiling)
        }
        return try await passages(Array(ranked.prefix(limit)), query: query, user: user)
    }

    /// Drops the vectors of a deleted document.
    func drop(_ document: DocumentID, of user: UserID) async throws { try await shelf.drop(document, of: user) }

    private func byMeaning(
        _ query: String, limit: Int, in documents: [DocumentID]?, user: UserID
    ) async throws -> [(id: ChunkID, score: Double)] {
        async let refreshed: Void = shelf.refresh(user)
        let vectors = try await embedder.embed([query])
        try await refreshed
        guard let vector = vectors.first else { return [] }
        let groups = documents.map { Set($0.map(\.uuid)) }
        let hits = try await shelf.search(as: user) { [index] in
            try await index.search(vector, owner: user.uuid, groups: groups, limit: limit)
        }
        return hits.map { (ChunkID($0.id), Double($0.score)) }
    }

    private func byWords(
        _ query: String, limit: Int, in documents: [DocumentID]?, user: UserID
    ) async throws -> KeywordSearch.Found {
        let keywords = keywords
        return try await database.read(as: .user(user)) {
            try await keywords.search(query, user: user, in: documents, limit: limit, transaction: $0)
        }
    }

    private func passages(_ ranked: [(id: ChunkID, score: Double)], query: String, user: UserID) async throws -> [Passage] {
        let texts = texts
        let found = try await database.read(as: .user(user)) { try await texts.passages(of: ranked.map(\.id), user: user, in: $0) }
        let terms = Set(KeywordAnalyzer.terms(of: query))
        let byID = Dictionary(found.map { ($0.chunkID, $0) }) { first, _ in first }
        return ranked.compactMap { hit in
            guard var passage = byID[hit.id] else { return nil }
            passage.score = hit.score
            passage.place(by: terms)
            return passage
        }
    }
}
