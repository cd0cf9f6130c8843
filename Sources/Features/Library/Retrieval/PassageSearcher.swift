package import Ambient
package import Database
package import Embedding
import FoundationEssentials
package import Passages
package import Vectors

/// Retrieval over the database's keywords and the vectors of passages.
package final class PassageSearcher: PassageSearch {
    private let database: any Database
    private let embedder: any TextEmbedder
    private let vectors: any VectorSearch
    private let keywords = KeywordSearch()
    private let texts = TextStore()
    private let fusion = Fusion()

    package init(database: any Database, embedder: any TextEmbedder, vectors: any VectorSearch) {
        self.database = database
        self.embedder = embedder
        self.vectors = vectors
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
    func drop(_ document: DocumentID, of user: UserID) async throws {
        try await vectors.drop(group: document.uuid, owner: user.uuid)
    }

    private func byMeaning(
        _ query: String, limit: Int, in documents: [DocumentID]?, user: UserID
    ) async throws -> [(id: ChunkID, score: Double)] {
        guard let vector = try await embedder.embed([query]).first else { return [] }
        let groups = documents.map { Set($0.map(\.uuid)) }
        let hits = try await vectors.search(vector, owner: user.uuid, groups: groups, limit: limit)
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
