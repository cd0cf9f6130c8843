import Embedding
import LanguageModels

/// How alike sentences are: by the cosine of their embeddings, or where there is none by their words.
struct SentenceSimilarity: Sendable {
    let count: Int
    /// Row by row; from 0 to 1, and 0 on the diagonal.
    private let values: [Float]

    subscript(_ one: Int, _ other: Int) -> Float { values[one * count + other] }

    /// By meaning. What an embedder throws is told by nil: alike by words is better than no note.
    static func byMeaning(of texts: [String], _ embedder: any TextEmbedder) async throws -> SentenceSimilarity? {
        var vectors: [[Float]] = []
        do {
            // In portions, so that a cancelled note ends soon.
            for start in stride(from: 0, to: texts.count, by: 256) {
                try Task.checkCancellation()
                vectors += try await embedder.embed(Array(texts[start..<min(texts.count, start + 256)]))
            }
        } catch {
            try Task.checkCancellation()
            return nil
        }
        guard vectors.count == texts.count, let length = vectors.first?.count, vectors.allSatisfy({ $0.count == length }) else {
            return nil
        }
        return SentenceSimilarity(vectors: vectors, scale: embedder.scale)
    }

    /// Takes as long as `count²` products of vectors: some 0.3 s for 1,000.
    init(vectors: [[Float]], scale: CosineScale) {
        count = vectors.count
        var values = [Float](repeating: 0, count: vectors.count * vectors.count)
        for one in vectors.indices {
            for other in vectors.indices where other > one {
                var dot: Float = 0
                vectors[one].withUnsafeBufferPointer { a in
                    vectors[other].withUnsafeBufferPointer { b in
                        for index in 0..<min(a.count, b.count) { dot += a[index] * b[index] }
                    }
                }
                let value = Float(max(0, min(1, scale(Double(dot)))))
                values[one * count + other] = value
                values[other * count + one] = value
            }
        }
        self.values = values
    }

    /// By the share of stems that two have in common.
    init(wordsOf texts: [String]) {
        let stems = texts.map { Set(Words.contentStems(of: $0)) }
        count = texts.count
        var values = [Float](repeating: 0, count: texts.count * texts.count)
        for one in stems.indices {
            for other in stems.indices where other > one {
                let both = stems[one].intersection(stems[other]).count
                guard both > 0 else { continue }
                let value = Float(both) / Float(stems[one].count * stems[other].count).squareRoot()
                values[one * count + other] = value
                values[other * count + one] = value
            }
        }
        self.values = values
    }

    /// How much each has to do with all others.
    var centralities: [Float] {
        (0..<count).map { row in
            var sum: Float = 0
            for other in 0..<count { sum += self[row, other] }
            return sum
        }
    }
}
