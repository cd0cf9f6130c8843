/// Gives each word of a sentence a vector that says what it is and what stands around it: four words on either side.
struct WordEncoder: Sendable {
    static let size = MaxoutLayer.size
    private static let layers = 4
    /// Rows of nothing on either side, as the model was trained with.
    private static let padding = 4

    /// Rows by which one property of a word is looked up.
    private struct Table: Sendable {
        var rows: [Float]
        var count: UInt32
        var seed: UInt64
    }

    private let tables: [Table]
    private let mixing: MaxoutLayer
    private let windows: [MaxoutLayer]

    /// - Parameter rows: of each property's table, in the order of `WordFeatures.keys`.
    init(_ file: LayerFile, rows: [Int]) throws {
        let embeds = try file.layers(named: "hashembed", count: rows.count)
        tables = try zip(embeds, rows).map { layer, count in
            Table(
                rows: try file.values("E", of: layer, shape: [count, Self.size]), count: UInt32(count), seed: layer.seed)
        }
        let maxouts = try file.layers(named: "maxout", count: Self.layers + 1)
        let norms = try file.layers(named: "layernorm", count: Self.layers + 1)
        mixing = try MaxoutLayer(file, maxout: maxouts[0], norm: norms[0], inputs: rows.count * Self.size)
        windows = try (1...Self.layers).map {
            try MaxoutLayer(file, maxout: maxouts[$0], norm: norms[$0], inputs: 3 * Self.size)
        }
    }

    /// A vector of `size` for each word, one after the other.
    func vectors(of words: [WordFeatures]) -> [Float] {
        let size = Self.size
        let count = words.count
        let width = tables.count * size
        // One more row at each end, so that every row has neighbours.
        let first = Self.padding + 1
        let rows = count + 2 * first
        var values = [Float](repeating: 0, count: rows * size)
        values.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            withUnsafeTemporaryAllocation(of: Float.self, capacity: max(1, count * width)) { looked in
                guard let line = looked.baseAddress else { return }
                for (index, word) in words.enumerated() { lookUp(word, into: line + index * width) }
                mixing.apply(line, stride: width, rows: count, into: base + first * size, isResidual: false)
            }
            withUnsafeTemporaryAllocation(of: Float.self, capacity: rows * size) { before in
                guard let copy = before.baseAddress else { return }
                for window in windows {
                    copy.update(from: base, count: rows * size)
                    window.apply(copy, stride: size, rows: rows - 2, into: base + size, isResidual: true)
                }
            }
        }
        return Array(values[first * size..<(first + count) * size])
    }

    private func lookUp(_ word: WordFeatures, into line: UnsafeMutablePointer<Float>) {
        for (number, table) in tables.enumerated() {
            let rows = MurmurHash.rows(of: word.keys[number], seed: table.seed)
            let target = line + number * Self.size
            table.rows.withUnsafeBufferPointer { source in
                guard let source = source.baseAddress else { return }
                let (a, b, c, d) = (
                    source + Int(rows.0 % table.count) * Self.size, source + Int(rows.1 % table.count) * Self.size,
                    source + Int(rows.2 % table.count) * Self.size, source + Int(rows.3 % table.count) * Self.size
                )
                for index in stride(from: 0, to: Self.size, by: 16) {
                    let sum =
                        DenseLayer.load(a + index) + DenseLayer.load(b + index) + DenseLayer.load(c + index)
                        + DenseLayer.load(d + index)
                    DenseLayer.store(sum, target + index)
                }
            }
        }
    }
}
