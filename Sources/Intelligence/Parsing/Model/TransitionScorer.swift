/// Scores the moves of a parser that walks along a sentence, by the vectors of a few words around where it stands.
struct TransitionScorer: Sendable {
    private static let hidden = 64
    private static let pieces = 2

    let moves: Int
    private let features: Int
    private let narrowing: DenseLayer
    private let perFeature: DenseLayer
    private let padding: [Float]
    private let bias: [Float]
    private let output: DenseLayer

    /// - Parameters:
    ///   - features: how many words are looked at.
    ///   - moves: how many there are to choose from.
    init(_ file: LayerFile, features: Int, moves: Int) throws {
        let (hidden, pieces) = (Self.hidden, Self.pieces)
        let linear = try file.layers(named: "linear", count: 2)
        let affine = try file.layers(named: "precomputable_affine", count: 1)[0]
        output = DenseLayer(
            weights: try file.values("W", of: linear[0], shape: [moves, hidden]),
            bias: try file.values("b", of: linear[0], shape: [moves]),
            inputs: hidden, order: Array(0..<moves))
        narrowing = DenseLayer(
            weights: try file.values("W", of: linear[1], shape: [hidden, WordEncoder.size]),
            bias: try file.values("b", of: linear[1], shape: [hidden]), inputs: WordEncoder.size, order: Array(0..<hidden))
        // For each feature all first pieces, then all second ones.
        let order = (0..<features).flatMap { feature in
            (0..<pieces).flatMap { piece in (0..<hidden).map { (feature * hidden + $0) * pieces + piece } }
        }
        perFeature = DenseLayer(
            weights: try file.values("W", of: affine, shape: [features, hidden, pieces, hidden]), bias: nil, inputs: hidden,
            order: order)
        let pad = try file.values("pad", of: affine, shape: [1, features, hidden, pieces])
        padding = order.map { pad[$0] }
        let plain = try file.values("b", of: affine, shape: [hidden, pieces])
        bias = order.prefix(hidden * pieces).map { plain[$0] }
        self.features = features
        self.moves = moves
    }

    /// What each word adds to the score as each of the features; the nothing beyond the sentence is the last row.
    func prepared(_ vectors: [Float], count: Int) -> [Float] {
        var narrow = [Float](repeating: 0, count: count * Self.hidden)
        var all = [Float](repeating: 0, count: (count + 1) * perFeature.outputs)
        vectors.withUnsafeBufferPointer { vectors in
            narrow.withUnsafeMutableBufferPointer { narrow in
                all.withUnsafeMutableBufferPointer { all in
                    guard let vectors = vectors.baseAddress, let narrow = narrow.baseAddress, let all = all.baseAddress else {
                        return
                    }
                    narrowing.apply(vectors, stride: WordEncoder.size, rows: count, into: narrow)
                    perFeature.apply(narrow, stride: Self.hidden, rows: count, into: all)
                }
            }
        }
        all.replaceSubrange(count * perFeature.outputs..<count * perFeature.outputs + padding.count, with: padding)
        return all
    }

    /// - Parameters:
    ///   - context: a word for each feature; -1 for none.
    ///   - scores: room for `output.outputs` numbers.
    func score(_ context: [Int], of prepared: [Float], count: Int, into scores: inout [Float]) {
        let (hidden, width) = (Self.hidden, Self.hidden * Self.pieces)
        if scores.count < output.outputs { scores = [Float](repeating: 0, count: output.outputs) }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { sums in
            guard let sums = sums.baseAddress else { return }
            bias.withUnsafeBufferPointer { if let base = $0.baseAddress { sums.update(from: base, count: width) } }
            prepared.withUnsafeBufferPointer { prepared in
                guard let base = prepared.baseAddress else { return }
                for (feature, word) in context.enumerated() {
                    let row = base + (word < 0 ? count : word) * perFeature.outputs + feature * width
                    for index in stride(from: 0, to: width, by: 16) {
                        DenseLayer.store(DenseLayer.load(sums + index) + DenseLayer.load(row + index), sums + index)
                    }
                }
            }
            for index in stride(from: 0, to: hidden, by: 16) {
                let (a, b) = (DenseLayer.load(sums + index), DenseLayer.load(sums + hidden + index))
                DenseLayer.store(a.replacing(with: b, where: b .> a), sums + index)
            }
            scores.withUnsafeMutableBufferPointer { scores in
                guard let scores = scores.baseAddress else { return }
                output.apply(sums, stride: hidden, rows: 1, into: scores)
            }
        }
    }
}
