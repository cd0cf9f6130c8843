/// Passages of a document that follow one another, as one text: what two of them share stands in it once.
struct SourceRun: Sendable {
    private(set) var scalars: [Unicode.Scalar] = []
    /// Where each source begins, in order.
    private(set) var pieces: [(start: Int, source: Int)] = []
    private(set) var sections: [SourcePassage.Section] = []

    /// - Parameter sources: indices into `all`, of one document, in its order.
    private init(_ sources: [Int], of all: [SourcePassage]) {
        for source in sources {
            let next = Array(all[source].text.unicodeScalars)
            let shared = Self.overlap(scalars, next)
            if shared == 0, !scalars.isEmpty { scalars += Array("\n\n".unicodeScalars) }
            let base = scalars.count - shared
            pieces.append((base, source))
            scalars += next[shared...]
            for section in all[source].sections where section.offset >= shared || sections.isEmpty {
                if sections.last?.path != section.path { sections.append(.init(offset: base + section.offset, path: section.path)) }
            }
        }
    }

    /// All sources, put together where they follow one another, in order of each run's best.
    static func runs(of sources: [SourcePassage]) -> [SourceRun] {
        var runs: [[Int]] = []
        var known: [String: [Int]] = [:]
        for index in sources.indices where sources[index].ordinal == nil { runs.append([index]) }
        for index in sources.indices where sources[index].ordinal != nil {
            known[sources[index].document, default: []].append(index)
        }
        for (_, indices) in known {
            var run: [Int] = []
            for index in indices.sorted(by: { (sources[$0].ordinal ?? 0, $0) < (sources[$1].ordinal ?? 0, $1) }) {
                let before = run.last.flatMap { sources[$0].ordinal }
                if let before, sources[index].ordinal == before { continue }
                if let before, sources[index].ordinal != before + 1 {
                    runs.append(run)
                    run = []
                }
                run.append(index)
            }
            if !run.isEmpty { runs.append(run) }
        }
        return runs.sorted { ($0.min() ?? 0) < ($1.min() ?? 0) }.map { SourceRun($0, of: sources) }
    }

    /// The source that holds most of a stretch.
    func source(of range: Range<Int>) -> Int {
        var best = (source: pieces.first?.source ?? 0, length: -1)
        for (index, piece) in pieces.enumerated() {
            let end = index + 1 < pieces.count ? pieces[index + 1].start : scalars.count
            let length = min(end, range.upperBound) - max(piece.start, range.lowerBound)
            if length > best.length { best = (piece.source, length) }
        }
        return best.source
    }

    /// How many scalars the end of one text and the beginning of the next have in common; a cut repeats some fifty words at most.
    private static func overlap(_ text: [Unicode.Scalar], _ next: [Unicode.Scalar]) -> Int {
        let least = 16
        guard text.count >= least, next.count >= least else { return 0 }
        for length in (least...min(text.count, next.count, 700)).reversed()
        where text[text.count - length] == next[0] && text[(text.count - length)...].elementsEqual(next[..<length]) {
            return length
        }
        return 0
    }
}
