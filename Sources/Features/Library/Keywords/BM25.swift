import Glibc

/// Okapi BM25 over chunks (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), with Lucene's idf, never negative.
struct BM25: Sendable {
    /// How fast further occurrences of a term count less.
    var k1 = 1.2
    /// How much a long chunk is held against it.
    var b = 0.75

    /// A document's chunk, before its id is known.
    struct Place: Hashable, Sendable {
        /// Index into the list of documents that was searched.
        var document: Int
        var ordinal: Int
    }

    /// What was found, and the score that no chunk can exceed: every term of the query, as often as one likes.
    struct Ranking: Sendable {
        /// The best first.
        var hits: [(place: Place, score: Double)] = []
        var ceiling = 0.0
    }

    /// - Parameters:
    ///   - lengths: for each document, the number of terms of each chunk.
    ///   - terms: for each term of the query, where it occurs: document and places; empty for a term that nowhere does.
    ///   - limit: how many hits at most.
    func rank(lengths: [[Int]], terms: [[(document: Int, postings: Postings)]], limit: Int) -> Ranking {
        var starts: [Int] = []
        var total = 0
        for lengths in lengths {
            starts.append(total)
            total += lengths.count
        }
        guard total > 0 else { return Ranking() }
        let average = max(1, Double(lengths.reduce(0) { $0 + $1.reduce(0, +) }) / Double(total))
        var scores = [Double](repeating: 0, count: total)
        var ceiling = 0.0
        for occurrences in terms {
            var frequency = 0
            for (_, postings) in occurrences { postings.forEach { _, _ in frequency += 1 } }
            let idf = log(1 + (Double(total - frequency) + 0.5) / (Double(frequency) + 0.5))
            ceiling += idf * (k1 + 1)
            for (document, postings) in occurrences {
                postings.forEach { ordinal, count in
                    guard ordinal < lengths[document].count else { return }
                    let (tf, length) = (Double(count), Double(lengths[document][ordinal]))
                    scores[starts[document] + ordinal] += idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average))
                }
            }
        }
        var hits = scores.indices.filter { scores[$0] > 0 }
        hits.sort { (scores[$1], $0) < (scores[$0], $1) }
        let ranked = hits.prefix(limit).map { index -> (place: Place, score: Double) in
            // The last document that starts at or before the index.
            var (low, high) = (0, starts.count)
            while low + 1 < high {
                let middle = (low + high) / 2
                if starts[middle] <= index { low = middle } else { high = middle }
            }
            // Documents without chunks share their start with the next; the last of those is the one that has it.
            return (Place(document: low, ordinal: index - starts[low]), scores[index])
        }
        return Ranking(hits: ranked, ceiling: ceiling)
    }
}
