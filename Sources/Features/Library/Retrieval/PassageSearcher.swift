package import Ambient
package import Database
import Embedding
import FoundationEssentials
package import Passages
import Vectors

/// Retrieval over the database's keywords and the vectors of passages.
package final class PassageSearcher: PassageSearch {
    private typealias Ranked = (id: ChunkID, score: Double, cosine: Double?, words: Double)

    let database: any Database
    let models: SearchModels
    private let keywords: KeywordSearch
    let texts = TextStore()
    let access: DocumentAccess

    package init(database: any Database, models: SearchModels) {
        self.database = database
        access = DocumentAccess(database: database)
        self.models = models
        // An embedder's vocabulary has common words whole.
        keywords = KeywordSearch { [embedder = models.wanted] in embedder.countTokens($0) == 1 }
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
        let scopes = try await access.scopes(of: user, in: documents)
        if scopes.isEmpty { return [] }
        let ranked: [Ranked]
        switch mode {
        case .vector:
            ranked = try await byMeaning(query, limit: limit, in: scopes).hits.map { ($0.id, $0.score, $0.score, 0) }
        case .keyword:
            let words = try await byWords(query, limit: limit, in: scopes)
            ranked = words.hits.map { ($0.id, $0.score, nil, words.ceiling > 0 ? $0.score / words.ceiling : 0) }
        case .hybrid:
            let (words, near) = try await byBoth(query, limit: depth, in: scopes)
            let cosines = Dictionary(near.hits.map { ($0.id, $0.score) }) { first, _ in first }
            let shares = Dictionary(words.hits.map { ($0.id, words.ceiling > 0 ? $0.score / words.ceiling : 0) }) { first, _ in
                first
            }
            let fusion = Fusion.of(isForeign: words.isForeign, isMultilingual: near.isMultilingual)
            ranked = fusion.fuse(dense: near.hits, keyword: words.hits, ceiling: words.ceiling).prefix(limit)
                .map { ($0.id, $0.score, cosines[$0.id], shares[$0.id] ?? 0) }
        }
        return try await lookUp(ranked, query: query, in: scopes)
    }

    /// Drops the vectors of a deleted document.
    func drop(_ document: DocumentID, of user: UserID) async throws {
        try await models.drop(document, of: user)
    }

    /// A query with a slip is embedded as it was meant, which the words have to say first; any other at once.
    private func byBoth(
        _ query: String, limit: Int, in scopes: [SearchScope]
    ) async throws -> (words: KeywordSearch.Found, near: Near) {
        if keywords.mayHaveSlips(query) {
            let words = try await byWords(query, limit: limit, in: scopes)
            let meant = words.meant.isEmpty ? query : Misspelling.mended(query, words.meant)
            return (words, try await byMeaning(meant, limit: limit, in: scopes))
        }
        async let near = byMeaning(query, limit: limit, in: scopes)
        async let words = byWords(query, limit: limit, in: scopes)
        return (try await words, try await near)
    }

    /// What is near in meaning, by cosines as all-MiniLM-L6-v2 would have them.
    private struct Near {
        var hits: [(id: ChunkID, score: Double)] = []
        var isMultilingual = false
    }

    private func byMeaning(
        _ query: String, limit: Int, in scopes: [SearchScope]
    ) async throws -> Near {
        while let serving = try await models.serving() {
            guard let vector = try await serving.embedder.embed([query]).first else { break }
            let scale = serving.embedder.scale
            var hits: [(id: ChunkID, score: Double)] = []
            for scope in scopes {
                let groups = scope.documents.map { Set($0.map(\.uuid)) }
                hits += try await serving.vectors.search(vector, owner: scope.owner.uuid, groups: groups, limit: limit)
                    .map { (ChunkID($0.id), scale(Double($0.score))) }
            }
            // Another model may have taken its place while the query was embedded: then its vectors were no longer there to be found.
            let now = try await models.current()
            guard now.serving == serving.model.serving, now.tables == serving.model.tables else { continue }
            return Near(
                hits: scopes.count < 2 ? hits : Self.best(hits, limit: limit), isMultilingual: serving.embedder.isMultilingual)
        }
        return Near()
    }

    private func byWords(
        _ query: String, limit: Int, in scopes: [SearchScope]
    ) async throws -> KeywordSearch.Found {
        let keywords = keywords
        var found: [KeywordSearch.Found] = []
        for scope in scopes {
            found.append(
                try await database.read(as: .user(scope.owner)) {
                    try await keywords.search(query, user: scope.owner, in: scope.documents, limit: limit, transaction: $0)
                })
        }
        return found.count == 1 ? found[0] : Self.joined(found, limit: limit)
    }

    /// What was found in several owners' documents as one: each score as a share of what none there can exceed, since how rare a word is
    /// was reckoned for each alone.
    private static func joined(_ found: [KeywordSearch.Found], limit: Int) -> KeywordSearch.Found {
        var joined = KeywordSearch.Found()
        for each in found where each.ceiling > 0 {
            joined.hits += each.hits.map { ($0.id, $0.score / each.ceiling) }
            joined.ceiling = 1
            joined.meant.merge(each.meant) { first, _ in first }
        }
        joined.hits = best(joined.hits, limit: limit)
        joined.isForeign = found.contains { $0.isForeign && !$0.hits.isEmpty } || found.allSatisfy(\.isForeign)
        return joined
    }

    private static func best(_ hits: [(id: ChunkID, score: Double)], limit: Int) -> [(id: ChunkID, score: Double)] {
        Array(hits.sorted { ($1.score, $0.id) < ($0.score, $1.id) }.prefix(limit))
    }

    private func lookUp(_ ranked: [Ranked], query: String, in scopes: [SearchScope]) async throws -> [FoundPassage] {
        let texts = texts
        let ids = ranked.map(\.id)
        var passages: [Passage] = []
        for scope in scopes {
            passages += try await database.read(as: .user(scope.owner)) {
                try await texts.passages(of: ids, user: scope.owner, in: $0)
            }.filter { scope.holds($0.documentID) }
        }
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
