import Glibc

/// Okapi BM25 over passages (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), with Lucene's idf, never negative.
struct BM25: Sendable {
    /// How fast further occurrences of a term count less.
    var k1 = 1.2
    /// How much a long passage is held against it.
    var b = 0.75

    /// Some passages that are searched.
    struct Segment: Sendable {
        /// How many terms each passage has.
        var lengths: [UInt16]
        /// Which of them are searched, in order and apart from each other; nil is all.
        var runs: [KeywordSegment.Run]?
    }

    /// The places of a term in a segment.
    struct List: Sendable {
        /// Index into the segments.
        var segment: Int
        var postings: Postings
    }

    /// A term of the query.
    struct Term: Sendable {
        /// Where it occurs; empty where it nowhere does.
        var lists: [List]
        /// What it counts beside others.
        var weight = 1.0
    }

    struct Place: Hashable, Sendable {
        /// Index into the segments.
        var segment: Int
        var ordinal: Int
    }

    /// What was found, and the score that no passage can exceed: every term of the query, as often as one likes.
    struct Ranking: Sendable {
        /// The best first; equals in the order of the segments.
        var hits: [(place: Place, score: Double)] = []
        var ceiling = 0.0
    }

    /// - Parameters:
    ///   - limit: how many hits at most.
    func rank(segments: [Segment], terms: [Term], limit: Int) -> Ranking {
        var (total, sum) = (0, 0)
        for segment in segments {
            for run in segment.searched {
                total += run.count
                sum += segment.lengths[run.first..<run.end].reduce(0) { $0 + Int($1) }
            }
        }
        guard total > 0 else { return Ranking() }
        let norms = norms(average: max(1, Double(sum) / Double(total)))
        var ceiling = 0.0
        var work = [[(places: Places, idf: Double)]](repeating: [], count: segments.count)
        for term in terms {
            let found = term.lists.map { (segment: $0.segment, places: Places($0.postings, in: segments[$0.segment])) }
            let frequency = found.reduce(0) { $0 + $1.places.ordinals.count }
            let idf = log(1 + (Double(total - frequency) + 0.5) / (Double(frequency) + 0.5))
            ceiling += term.weight * idf * (k1 + 1)
            for list in found where !list.places.ordinals.isEmpty {
                work[list.segment].append((list.places, term.weight * idf))
            }
        }
        var best = BestPlaces(limit: limit)
        var scores: [Double] = []
        for (index, segment) in segments.enumerated() where !work[index].isEmpty {
            scores.removeAll(keepingCapacity: true)
            scores.append(contentsOf: repeatElement(0, count: segment.lengths.count))
            for (places, idf) in work[index] { add(places, idf * (k1 + 1), segment.lengths, norms, to: &scores) }
            for (ordinal, score) in scores.enumerated() where score > best.floor {
                best.offer(Place(segment: index, ordinal: ordinal), score)
            }
        }
        return Ranking(hits: best.sorted, ceiling: ceiling)
    }

    /// What is added to the count of a term in a passage of each length.
    private func norms(average: Double) -> [Double] {
        (0...Int(UInt16.max)).map { k1 * (1 - b + b * Double($0) / average) }
    }

    private func add(_ places: Places, _ weight: Double, _ lengths: [UInt16], _ norms: [Double], to scores: inout [Double]) {
        scores.withUnsafeMutableBufferPointer { scores in
            for (ordinal, count) in zip(places.ordinals, places.counts) {
                let tf = Double(count)
                scores[Int(ordinal)] += weight * tf / (tf + norms[Int(lengths[Int(ordinal)])])
            }
        }
    }

    /// A list, decoded; of the passages that are searched only.
    private struct Places {
        var ordinals: [UInt32] = []
        var counts: [UInt32] = []

        init(_ postings: Postings, in segment: Segment) {
            let count = segment.lengths.count
            if let runs = segment.runs {
                var isSearched = [Bool](repeating: false, count: count)
                for run in runs { for ordinal in run.first..<min(run.end, count) { isSearched[ordinal] = true } }
                postings.forEach { ordinal, times in
                    if ordinal < count, isSearched[ordinal] { append(ordinal, times) }
                }
            } else {
                postings.forEach { ordinal, times in if ordinal < count { append(ordinal, times) } }
            }
        }

        private mutating func append(_ ordinal: Int, _ times: Int) {
            ordinals.append(UInt32(ordinal))
            counts.append(UInt32(clamping: times))
        }
    }
}

extension BM25.Segment {
    fileprivate var searched: [KeywordSegment.Run] {
        let all = KeywordSegment.Run(first: 0, count: lengths.count)
        return runs?.filter { $0.first >= 0 && $0.end <= lengths.count } ?? [all]
    }
}

/// The best places so far, at most `limit`. Offers come in the order in which equals are wanted.
private struct BestPlaces {
    let limit: Int
    private var kept: [(place: BM25.Place, score: Double)] = []
    /// What does not exceed it does not get in.
    private(set) var floor = 0.0

    init(limit: Int) { self.limit = limit }

    mutating func offer(_ place: BM25.Place, _ score: Double) {
        kept.append((place, score))
        if kept.count >= max(2 * limit, 1024) { cut() }
    }

    var sorted: [(place: BM25.Place, score: Double)] {
        var copy = self
        copy.cut()
        return copy.kept
    }

    private mutating func cut() {
        kept.sort { ($1.score, $0.place.segment, $0.place.ordinal) < ($0.score, $1.place.segment, $1.place.ordinal) }
        if kept.count > limit { kept.removeSubrange(limit...) }
        if kept.count == limit { floor = kept.last?.score ?? 0 }
    }
}
