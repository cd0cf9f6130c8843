import Embedding

/// The vectors of units that were compared before: questions come back to the same pages.
actor UnitVectors {
    /// Some 1.5 KB each.
    private static let most = 4096

    private var known: [String: [Float]] = [:]

    func vectors(of texts: [String], _ embedder: any TextEmbedder) async throws -> [[Float]] {
        let missing = Array(Set(texts.filter { known[$0] == nil })).sorted()
        let made = missing.isEmpty ? [] : try await embedder.embed(missing)
        var fresh = Dictionary(uniqueKeysWithValues: zip(missing, made))
        for text in texts where fresh[text] == nil { fresh[text] = known[text] }
        if known.count + missing.count > Self.most { known.removeAll(keepingCapacity: true) }
        known.merge(zip(missing, made)) { first, _ in first }
        // What another question drove out meanwhile is made again.
        let lost = texts.filter { fresh[$0] == nil }
        if !lost.isEmpty { fresh.merge(zip(lost, try await embedder.embed(lost))) { first, _ in first } }
        return texts.compactMap { fresh[$0] }
    }
}
