package import Ambient

package enum SearchMode: String, Sendable, Codable, CaseIterable {
    /// BM25 and cosine, fused.
    case hybrid
    case vector
    case keyword
}

/// Retrieval over a user's documents; Library implements it, Chat asks it.
package protocol PassageSearch: Sendable {
    /// The best passages first, at most `limit`.
    /// - Parameter documents: search only these; nil searches all that the user has.
    func passages(
        for query: String, mode: SearchMode, limit: Int, in documents: [DocumentID]?, user: UserID
    ) async throws -> [Passage]
}
