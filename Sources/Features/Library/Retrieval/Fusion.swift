/// Joins what was found by meaning with what was found by words: a convex combination of the two scores, each brought to 0...1.
///
/// `score = weight · dense + (1 - weight) · keyword`. BM25 is divided by the best of the list, since its least is 0. Cosines lie close
/// together, so they are stretched from the list's least to its best. A chunk that only one list has counts as the least of the other.
/// (Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023.)
struct Fusion: Sendable {
    /// How many of each list are joined.
    static let depth = 100

    /// The share of the dense score.
    var weight = 0.6

    func fuse<ID: Hashable & Comparable>(
        dense: [(id: ID, score: Double)], keyword: [(id: ID, score: Double)]
    ) -> [(id: ID, score: Double)] {
        var scores: [ID: Double] = [:]
        if let best = dense.map(\.score).max(), let least = dense.map(\.score).min() {
            let spread = best - least
            for hit in dense { scores[hit.id, default: 0] += weight * (spread > 0 ? (hit.score - least) / spread : 1) }
        }
        if let best = keyword.map(\.score).max(), best > 0 {
            for hit in keyword { scores[hit.id, default: 0] += (1 - weight) * hit.score / best }
        }
        return scores.map { (id: $0.key, score: $0.value) }.sorted { ($1.score, $0.id) < ($0.score, $1.id) }
    }
}
