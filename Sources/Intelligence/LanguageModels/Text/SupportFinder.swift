package import Embedding

/// Finds in a passage the sentences that a statement rests on: by its words, and where it says the same in others, by what it means.
package struct SupportFinder: Sendable {
    private let embedder: (any TextEmbedder)?

    /// - Parameter embedder: nil compares words alone.
    package init(embedder: (any TextEmbedder)?) { self.embedder = embedder }

    /// The place in Unicode scalars; nil for a passage without a sentence. Headings support nothing, and stay outside.
    package func support(for statement: String, in passage: inout CitedPassage) async throws -> Range<
        Int
    >? {
        guard !passage.sentences.isEmpty else { return nil }
        let plain = CitationMarkers.removed(from: statement)
        if let row = passage.row(told: plain) { return row }
        let wanted = Set(Words.contentStems(of: plain))
        guard !wanted.isEmpty else { return passage.sentences[0].range }
        let words = passage.stems.map { own in
            // What a sentence says beyond the statement counts a little against it, so the nearest of two that hold it wins.
            (
                held: Self.held(wanted, in: own),
                extra: Double(own.subtracting(wanted).count) / Double(own.count + 1)
            )
        }
        let byWords = words.indices.max {
            (words[$0].held - 0.1 * words[$0].extra, -$0) < (words[$1].held - 0.1 * words[$1].extra, -$1)
        }
        guard let nearest = byWords else { return nil }
        // In the passage's own words: its meaning need not be asked.
        let nearestByWords = words[nearest].held > 0 ? grown(from: nearest, wanted, in: passage) : passage.sentences[0].range
        guard words[nearest].held < 0.8, let embedder else { return nearestByWords }
        do {
            return try await byMeaning(plain, words.map(\.held), in: &passage, embedder) ?? nearestByWords
        } catch {
            // A citation of the nearest words is better than no answer.
            try Task.checkCancellation()
            return nearestByWords
        }
    }

    /// The sentences of a passage, one behind the other, that a text repeats word for word; nil where it repeats none.
    package func verbatim(_ text: String, in passage: CitedPassage) -> Range<Int>? {
        func letters(_ text: String) -> String {
            text.lowercased().filter { $0.isLetter || $0.isNumber }
        }
        let told = letters(text)
        guard told.count >= 12 else { return nil }
        var (best, run): (Range<Int>?, Range<Int>?) = (nil, nil)
        var (bestLength, length) = (0, 0)
        for sentence in passage.sentences {
            let own = letters(sentence.text)
            guard own.count >= 4, told.contains(own) else {
                (run, length) = (nil, 0)
                continue
            }
            if let open = run, CitedPassage.joined(open, sentence.range).count <= 900 {
                run = CitedPassage.joined(open, sentence.range)
                length += own.count
            } else if run == nil {
                (run, length) = (sentence.range, own.count)
            }
            if length > bestLength { (best, bestLength) = (run, length) }
        }
        // A word that happens to be there is no support.
        return bestLength >= 12 && bestLength * 3 >= told.count ? best : nil
    }

    private static func held(_ wanted: Set<String>, in own: Set<String>) -> Double {
        Double(wanted.count { word in own.contains { Words.match($0, word) } }) / Double(wanted.count)
    }

    /// With the neighbour that holds what is still missing: a statement drawn from two sentences is supported by both.
    private func grown(from best: Int, _ wanted: Set<String>, in passage: CitedPassage) -> Range<Int> {
        let own = Self.held(wanted, in: passage.stems[best])
        var range = passage.sentences[best].range
        for other in passage.neighbours(of: best)
        where Self.held(wanted, in: passage.stems[best].union(passage.stems[other])) >= own + 0.25 {
            range = CitedPassage.joined(range, passage.sentences[other].range)
        }
        return range
    }

    private func byMeaning(
        _ statement: String, _ held: [Double], in passage: inout CitedPassage,
        _ embedder: any TextEmbedder
    ) async throws -> Range<Int>? {
        if passage.vectors.isEmpty {
            passage.vectors = try await embedder.embed(passage.sentences.map(\.text))
        }
        let vectors = passage.vectors
        guard let vector = try await embedder.embed([statement]).first else { return nil }
        let likeness = vectors.map { Similarity.dot($0, vector) }
        let value = likeness.indices.map { likeness[$0] + 0.4 * held[$0] }
        guard let best = value.indices.max(by: { (value[$0], -$0) < (value[$1], -$1) }) else {
            return nil
        }
        let near = passage.neighbours(of: best)
        let pairs = near.map {
            [best, $0].sorted().map { passage.sentences[$0].text }.joined(separator: " ")
        }
        let together = try await pairs.isEmpty ? [] : embedder.embed(pairs)
        var range = passage.sentences[best].range
        for (other, pair) in zip(near, together)
        where Similarity.dot(pair, vector) >= likeness[best] + 0.05
            && likeness[other] >= 0.5 * likeness[best]
        {
            range = CitedPassage.joined(range, passage.sentences[other].range)
        }
        return range
    }
}
