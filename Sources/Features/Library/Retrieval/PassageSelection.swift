import Passages
import Stemming

/// A passage with what speaks for it.
struct FoundPassage: Sendable {
    var passage: Passage
    /// Of the query with its best window; nil where the vectors did not bring it.
    var cosine: Double?
    /// BM25 as a share of what no passage can exceed; 0 where the keywords did not bring it.
    var words = 0.0
}

/// What a search shows of what it found: what comes close, each text once, lists of pages last.
///
/// A student who searches is told that nothing comes close; an answer is written from the passages as they are, since whoever writes it
/// judges for itself. The bounds are low, so that a right answer is hardly ever left out: most of what is far from a query is below them.
struct PassageSelection: Sendable {
    /// A passage to show, and how many further ones say nearly the same.
    struct Shown: Sendable {
        var passage: Passage
        var alike = 0
    }

    /// A passage is shown whose cosine is no less, or which has the query's words to no less a share.
    var leastCosine = 0.3
    var leastWords = 0.2
    /// Of the pairs of neighbouring words that two passages have, the share that both do, from which on they say the same.
    var leastLikeness = 0.8
    /// What is left of the score of a list of pages.
    private static let listingShare = 0.5

    func isClose(_ found: FoundPassage) -> Bool { found.cosine.map { $0 >= leastCosine } == true || found.words >= leastWords }

    /// - Parameter found: best first.
    func select(_ found: [FoundPassage], limit: Int) -> [Shown] {
        var ranked = found.filter(isClose).map(\.passage)
        for index in ranked.indices where PageListing.isOne(ranked[index].text) { ranked[index].score *= Self.listingShare }
        // The order of equals stays.
        let order = ranked.indices.sorted { (ranked[$1].score, $0) < (ranked[$0].score, $1) }
        var shown: [Shown] = []
        var known: [Set<Pair>] = []
        for index in order {
            let pairs = Self.pairs(of: ranked[index].text)
            if let same = known.firstIndex(where: { isAlike($0, pairs) }) {
                shown[same].alike += 1
            } else if shown.count < limit {
                shown.append(Shown(passage: ranked[index]))
                known.append(pairs)
            }
        }
        return shown
    }

    /// The same without what another document has said better or first: two copies of a text would else stand for two sources, and
    /// neither be preferred to the other.
    func distinct(_ passages: [Passage], limit: Int) -> [Passage] {
        var kept: [(passage: Passage, pairs: Set<Pair>)] = []
        for passage in passages where kept.count < limit {
            let pairs = Self.pairs(of: passage.text)
            let isKnown = kept.contains { $0.passage.documentID != passage.documentID && isAlike($0.pairs, pairs) }
            if !isKnown { kept.append((passage, pairs)) }
        }
        return kept.map(\.passage)
    }

    private struct Pair: Hashable { var first: String, second: String }

    private static func pairs(of text: String) -> Set<Pair> {
        var words: [String] = []
        for item in WordScanner.items(of: text) {
            switch item {
            case .word(let word): if !TextLanguage.english.functionWords.contains(word.plain) { words.append(word.plain) }
            case .run(let letters): words += letters.map { String($0) }
            }
        }
        return Set(zip(words, words.dropFirst()).map { Pair(first: $0, second: $1) })
    }

    private func isAlike(_ a: Set<Pair>, _ b: Set<Pair>) -> Bool {
        let (small, large) = (min(a.count, b.count), max(a.count, b.count))
        // Of very short texts a pair more or less says nothing.
        guard small >= 4, Double(small) >= leastLikeness * Double(large) else { return a == b && !a.isEmpty }
        let both = a.intersection(b).count
        return Double(both) >= leastLikeness * Double(a.count + b.count - both)
    }
}
