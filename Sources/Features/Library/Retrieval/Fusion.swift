/// Joins what was found by meaning with what was found by words: `weight · cosine + (1 - weight) · BM25 / ceiling`.
///
/// Neither score is stretched to fit the query, so where no text has the query's words the vectors decide. A chunk that the vectors did
/// not bring counts with the least cosine that they did; one that the keywords did not bring, with 0. Decision 3 says how this was
/// chosen.
struct Fusion: Sendable {
    /// How many of each list are joined.
    static let depth = 200

    /// The cosine's share.
    var weight = 0.65

    /// For queries in languages that the embedder does not know; decision 24.
    static let foreign = Fusion(weight: 0.1)

    /// - Parameters:
    ///   - isForeign: the query is not in English.
    ///   - isMultilingual: the embedder knows other languages too.
    static func of(isForeign: Bool, isMultilingual: Bool) -> Fusion { isForeign && !isMultilingual ? foreign : Fusion() }

    /// - Parameters:
    ///   - dense: by cosine.
    ///   - keyword: by BM25.
    ///   - ceiling: what no chunk's BM25 can exceed for the query.
    /// - Returns: the best first; equals are ordered by id.
    func fuse<ID: Hashable & Comparable>(
        dense: [(id: ID, score: Double)], keyword: [(id: ID, score: Double)], ceiling: Double
    ) -> [(id: ID, score: Double)] {
        let least = dense.map(\.score).min() ?? 0
        var scores: [ID: Double] = [:]
        for hit in dense { scores[hit.id] = weight * hit.score }
        if ceiling > 0 {
            for hit in keyword { scores[hit.id, default: weight * least] += (1 - weight) * hit.score / ceiling }
        }
        return scores.map { (id: $0.key, score: $0.value) }.sorted { ($1.score, $0.id) < ($0.score, $1.id) }
    }
}
