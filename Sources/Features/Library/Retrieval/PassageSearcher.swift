package import Ambient
package import Database
package import Embedding
import FoundationEssentials
package import Passages
package import Vectors

/// Retrieval over the database's keywords and the vectors of passages.
package final class PassageSearcher: PassageSearch {
    private typealias Ranked = (id: ChunkID, score: Double, cosine: Double?, words: Double)

    let database: any Database
    private let embedder: any TextEmbedder
    private let vectors: any VectorSearch
    private let keywords: KeywordSearch
    let texts = TextStore()
    private let fusion = Fusion()

    package init(database: any Database, embedder: any TextEmbedder, vectors: any VectorSearch) {
        self.database = database
        self.embedder = embedder
        self.vectors = vectors
        // The embedder's vocabulary has English words whole.
        keywords = KeywordSearch { embedder.countTokens($0) == 1 }
    }

    package func passages(
        for query: String, mode: SearchMode, limit: Int, in documents: [DocumentID]?, user: UserID
    ) async throws -> [Passage] {
        let found = try await found(for: query, mode: mode, limit: limit + limit / 2, in: documents, user: user)
        return PassageSelection().distinct(found.map(\.passage), limit: limit)
    }

    /// The same with what speaks for each.
    func found(
        for query: String, mode: SearchMode, limit: Int, in documents: [DocumentID]?, user: UserID
    ) async throws -> [FoundPassage] {
        guard limit > 0, documents?.isEmpty != true else { return [] }
        let depth = max(limit, Fusion.depth)
        let ranked: [Ranked]
        switch mode {
        case .vector:
            ranked = try await byMeaning(query, limit: limit, in: documents, user: user).map { ($0.id, $0.score, $0.score, 0) }
        case .keyword:
            let words = try await byWords(query, limit: limit, in: documents, user: user)
            ranked = words.hits.map { ($0.id, $0.score, nil, words.ceiling > 0 ? $0.score / words.ceiling : 0) }
        case .hybrid:
            let (words, near) = try await byBoth(query, limit: depth, in: documents, user: user)
            let cosines = Dictionary(near.map { ($0.id, $0.score) }) { first, _ in first }
            let shares = Dictionary(words.hits.map { ($0.id, words.ceiling > 0 ? $0.score / words.ceiling : 0) }) { first, _ in
                first
            }
            let fusion = words.isForeign ? Fusion.foreign : fusion
            ranked = fusion.fuse(dense: near, keyword: words.hits, ceiling: words.ceiling).prefix(limit)
                .map { ($0.id, $0.score, cosines[$0.id], shares[$0.id] ?? 0) }
        }
        return try await lookUp(ranked, query: query, user: user)
    }

    /// Drops the vectors of a deleted document.
    func drop(_ document: DocumentID, of user: UserID) async throws {
        try await vectors.drop(group: document.uuid, owner: user.uuid)
    }

    /// A query with a slip is embedded as it was meant, which the words have to say first; any other at once.
    private func byBoth(
        _ query: String, limit: Int, in documents: [DocumentID]?, user: UserID
    ) async throws -> (words: KeywordSearch.Found, near: [(id: ChunkID, score: Double)]) {
        if keywords.mayHaveSlips(query) {
            let words = try await byWords(query, limit: limit, in: documents, user: user)
            let meant = words.meant.isEmpty ? query : Misspelling.mended(query, words.meant)
            return (words, try await byMeaning(meant, limit: limit, in: documents, user: user))
        }
        async let near = byMeaning(query, limit: limit, in: documents, user: user)
        async let words = byWords(query, limit: limit, in: documents, user: user)
        return (try await words, try await near)
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

    private func lookUp(_ ranked: [Ranked], query: String, user: UserID) async throws -> [FoundPassage] {
        let texts = texts
        let ids = ranked.map(\.id)
        let passages = try await database.read(as: .user(user)) { try await texts.passages(of: ids, user: user, in: $0) }
        let terms = Set(KeywordAnalyzer.terms(of: query))
        let byID = Dictionary(passages.map { ($0.chunkID, $0) }) { first, _ in first }
        return ranked.compactMap { hit in
            guard var passage = byID[hit.id] else { return nil }
            passage.score = hit.score
            passage.place(by: terms)
            return FoundPassage(passage: passage, cosine: hit.cosine, words: hit.words)
        }
    }
}
