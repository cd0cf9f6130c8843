/// How much a memory matters to a question: by its meaning, by how lately it was said or used, and by what its student thinks of it.
package enum MemoryRank {
    /// What has less to do with a question than this is left out, however new it is. The cosine is all-MiniLM-L6-v2's.
    package static let least = 0.22

    /// nil where it has nothing to do with the question.
    /// - Parameters:
    ///   - days: since it was last said or used.
    package static func score(cosine: Double, kind: MemoryKind, days: Double, confidence: Double, isPinned: Bool) -> Double? {
        guard cosine >= (isPinned ? least / 2 : least) else { return nil }
        let recency = 1 / (1 + max(0, days) / kind.halfLife)
        return cosine + 0.15 * recency + 0.05 * confidence + (isPinned ? 0.1 : 0)
    }
}
