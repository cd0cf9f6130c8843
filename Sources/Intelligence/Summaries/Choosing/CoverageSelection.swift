/// Chooses sentences that together cover a text: the submodular function of Lin and Bilmes (2011), climbed greedily.
///
/// It adds two things. *Coverage*: each sentence of the text counts as far as those chosen are like it, but never more than a share of what
/// all sentences together are, so that nothing is gained by saying the same again. *Diversity*: of each section the worth of what is
/// chosen counts by its root, so that the first sentence of a section that has none is worth more than the third of one that has two.
/// Both are monotone and submodular, so the greedy choice reaches at least 63 % of the best one (1 − 1/e). Ranking alone (LexRank) says the
/// same central thing several times, and needs a second rule (MMR) with a weight of its own to forbid that.
struct CoverageSelection {
    /// How much of what all sentences are like one is enough for it.
    private static let enough: Float = 0.2
    /// What diversity weighs beside coverage.
    private static let diversity: Float = 0.4

    private let similarity: SentenceSimilarity
    private let sections: [Int]
    private let worth: [Float]
    private let ceilings: [Float]
    /// What diversity would come to if all were chosen.
    private let mostDiversity: Float

    /// - Parameters:
    ///   - sections: of each sentence; those of one section share a number.
    ///   - weights: what makes a sentence worth more than its place among the others says, as a factor.
    init(_ similarity: SentenceSimilarity, sections: [Int], weights: [Float]) {
        self.similarity = similarity
        self.sections = sections
        let centralities = similarity.centralities
        // A sentence is like itself: one that is like no other is covered by nothing else.
        ceilings = centralities.map { ($0 + 1) * Self.enough }
        let most = max(centralities.max() ?? 0, .leastNormalMagnitude)
        // A sentence that is like no other is still worth something.
        let worth = centralities.indices.map { (0.2 + centralities[$0] / most) * weights[$0] }
        var sums = [Float](repeating: 0, count: (sections.max() ?? -1) + 1)
        for (place, section) in sections.enumerated() { sums[section] += worth[place] }
        self.worth = worth
        mostDiversity = max(sums.reduce(0) { $0 + $1.squareRoot() }, .leastNormalMagnitude)
    }

    /// Places of the chosen sentences, the most telling first; at most `limit`.
    func chosen(_ limit: Int) -> [Int] {
        var chosen: [Int] = []
        var covered = [Float](repeating: 0, count: similarity.count)
        var rewards = [Float](repeating: 0, count: (sections.max() ?? -1) + 1)
        // A gain never grows: one that was the best before all others were looked at anew is the best.
        var heap = similarity.indices.map { (place: $0, gain: gain(of: $0, covered, rewards), round: 0) }
        heap.sort { ($0.gain, $1.place) < ($1.gain, $0.place) }
        var round = 0
        while chosen.count < limit, let best = heap.popLast() {
            if best.round == round {
                guard best.gain > 0 else { break }
                chosen.append(best.place)
                for other in similarity.indices { covered[other] += likeness(best.place, other) }
                rewards[sections[best.place]] += worth[best.place]
                round += 1
                continue
            }
            let anew = (place: best.place, gain: gain(of: best.place, covered, rewards), round: round)
            var (low, high) = (0, heap.count)
            while low < high {
                let middle = (low + high) / 2
                if (heap[middle].gain, anew.place) < (anew.gain, heap[middle].place) { low = middle + 1 } else { high = middle }
            }
            heap.insert(anew, at: low)
        }
        return chosen
    }

    private func gain(of place: Int, _ covered: [Float], _ rewards: [Float]) -> Float {
        var sum: Float = 0
        var all: Float = 0
        for other in similarity.indices {
            let ceiling = ceilings[other]
            all += ceiling
            sum += min(covered[other] + likeness(place, other), ceiling) - min(covered[other], ceiling)
        }
        let section = sections[place]
        let more = (rewards[section] + worth[place]).squareRoot() - rewards[section].squareRoot()
        return (all > 0 ? sum / all : 0) + Self.diversity * more / mostDiversity
    }

    private func likeness(_ one: Int, _ other: Int) -> Float { one == other ? 1 : similarity[one, other] }
}

extension SentenceSimilarity {
    fileprivate var indices: Range<Int> { 0..<count }
}
