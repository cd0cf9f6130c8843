import LanguageModels

/// Finds in a passage the sentences that a statement of the answer rests on.
package enum QuoteFinder {
    /// The place in Unicode scalars; the whole text's first sentence if nothing fits better. nil for an empty passage.
    package static func support(for statement: String, in passage: String) -> Range<Int>? {
        let sentences = SentenceSplitter.sentences(in: passage)
        guard let first = sentences.first else { return nil }
        let wanted = Set(Words.contentStems(of: CitationMarkers.removed(from: statement)))
        guard !wanted.isEmpty else { return first.range }
        let stems = sentences.map { Set(Words.contentStems(of: $0.text)) }
        func held(_ own: Set<String>) -> Double { Double(wanted.intersection(own).count) / Double(wanted.count) }
        // What a sentence says beyond the statement counts a little against it, so the nearest of two that hold it wins.
        func value(_ own: Set<String>) -> Double { held(own) - 0.1 * Double(own.subtracting(wanted).count) / Double(own.count + 1) }
        guard let best = stems.indices.max(by: { (value(stems[$0]), -$0) < (value(stems[$1]), -$1) }), held(stems[best]) > 0 else {
            return first.range
        }
        var range = sentences[best].range
        // A statement drawn from two sentences is supported by both.
        for neighbour in [best - 1, best + 1] where sentences.indices.contains(neighbour) {
            let pair = stems[best].union(stems[neighbour])
            guard held(pair) >= held(stems[best]) + 0.25, sentences[neighbour].paragraph == sentences[best].paragraph else {
                continue
            }
            range =
                min(
                    range.lowerBound, sentences[neighbour].range.lowerBound)..<max(
                    range.upperBound, sentences[neighbour].range.upperBound)
        }
        return range
    }

    /// The text at a place; nil if the place is not in the text.
    package static func text(at range: Range<Int>, of passage: String) -> String? {
        let scalars = passage.unicodeScalars
        guard range.lowerBound >= 0,
            let start = scalars.index(scalars.startIndex, offsetBy: range.lowerBound, limitedBy: scalars.endIndex),
            let end = scalars.index(start, offsetBy: range.count, limitedBy: scalars.endIndex)
        else { return nil }
        return String(scalars[start..<end])
    }
}
