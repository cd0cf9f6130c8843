/// Runs the model over a batch of texts. One thread at a time; each thread has an encoder of its own.
///
/// A batch is packed: its texts stand one behind the other as rows of one matrix, so that no arithmetic is spent on padding. Linear
/// layers run over all rows at once, attention over each text by itself.
final class TextEncoder {
    private let weights: EncoderWeights
    private let runner: LinearRunner
    private let beginID: Int32
    private let endID: Int32
    private var buffers: Buffers

    /// The rows that pass through the layers, for up to `rows` of them.
    private struct Buffers {
        let rows: Int
        /// [rows, 384]: the running state.
        let state: UnsafeMutablePointer<Float>
        /// [rows, 384]: the state in bf16; unused in f32.
        let narrow: UnsafeMutablePointer<UInt16>
        /// [rows, 1152]: query, key and value.
        let attention: UnsafeMutablePointer<Float>
        /// [rows, 384]: what attention gathered.
        let gathered: UnsafeMutablePointer<Float>
        /// [rows, 1536], in the layers' precision.
        let inner: UnsafeMutableRawPointer
        /// [longest text, longest text]: one head's scores.
        let scores: UnsafeMutablePointer<Float>

        init(rows: Int, longestText: Int, precision: Precision) {
            func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
                let pointer = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
                    .bindMemory(to: Float.self, capacity: count)
                pointer.initialize(repeating: 0, count: count)
                return pointer
            }
            self.rows = rows
            state = floats(rows * EncoderShape.size)
            let narrowCount = precision == .bfloat16 ? rows * EncoderShape.size : 1
            narrow = UnsafeMutableRawPointer.allocate(byteCount: narrowCount * 2, alignment: 64)
                .bindMemory(to: UInt16.self, capacity: narrowCount)
            narrow.initialize(repeating: 0, count: narrowCount)
            attention = floats(rows * 3 * EncoderShape.size)
            gathered = floats(rows * EncoderShape.size)
            inner = .allocate(byteCount: rows * EncoderShape.innerSize * precision.size, alignment: 64)
            let longest = min(longestText, rows)
            scores = floats(longest * longest)
        }

        func deallocate() {
            state.deallocate()
            narrow.deallocate()
            attention.deallocate()
            gathered.deallocate()
            inner.deallocate()
            scores.deallocate()
        }
    }

    /// - Parameters:
    ///   - beginID: the piece that begins a text.
    ///   - endID: the piece that ends it.
    init(weights: EncoderWeights, beginID: Int32, endID: Int32) throws {
        self.weights = weights
        runner = try LinearRunner(engine: weights.engine)
        self.beginID = beginID
        self.endID = endID
        buffers = Buffers(rows: 16, longestText: weights.longestText, precision: weights.precision)
    }

    deinit { buffers.deallocate() }

    /// The vector of each text.
    /// - Parameter texts: the pieces of each, without the two that mark the beginning and end, for which there must be room.
    func encode(_ texts: [ArraySlice<Int32>]) throws -> [[Float]] {
        precondition(texts.allSatisfy { $0.count + 2 <= weights.longestText }, "a text is at most \(weights.longestText) pieces")
        let used = texts.reduce(0) { $0 + $1.count + 2 }
        guard used > 0 else { return [] }
        let rows = Self.rounded(used)
        if rows > buffers.rows {
            buffers.deallocate()
            buffers = Buffers(rows: rows, longestText: weights.longestText, precision: weights.precision)
        }
        MatrixEngine.useCallingThreadOnly()
        embed(texts, used: used, rows: rows)
        for layer in weights.layers { try run(layer, texts, rows: rows) }

        var start = 0
        return texts.map { text in
            defer { start += text.count + 2 }
            return EncoderKernels.pooled(buffers.state + start * EncoderShape.size, count: text.count + 2, size: EncoderShape.size)
        }
    }

    /// Few different numbers of rows, since each has its kernels: multiples of 16, and of 64 where that costs little.
    static func rounded(_ rows: Int) -> Int {
        let step = rows <= 256 ? 16 : 64
        return (rows + step - 1) / step * step
    }

    // MARK: - Steps

    private func embed(_ texts: [ArraySlice<Int32>], used: Int, rows: Int) {
        let size = EncoderShape.size
        weights.positions.withUnsafeBufferPointer { positions in
            guard let positions = positions.baseAddress else { return }
            var row = 0
            for text in texts {
                var position = 0
                func append(_ id: Int32) {
                    weights.words.add(row: Int(id), to: positions + position * size, into: buffers.state + row * size)
                    row += 1
                    position += 1
                }
                append(beginID)
                for id in text { append(id) }
                append(endID)
            }
        }
        // The rows that only fill up take part in the products, whose result nobody reads; they must stay finite.
        (buffers.state + used * size).update(repeating: 0, count: (rows - used) * size)
        (buffers.gathered + used * size).update(repeating: 0, count: (rows - used) * size)
        normalize(weights.norm, rows: rows)
    }

    private func run(_ layer: EncoderWeights.Layer, _ texts: [ArraySlice<Int32>], rows: Int) throws {
        let narrow = weights.precision == .bfloat16
        let state = narrow ? UnsafeMutableRawPointer(buffers.narrow) : UnsafeMutableRawPointer(buffers.state)
        try runner.run(layer.attention, rows: rows, from: state, to: buffers.attention)
        var start = 0
        for text in texts {
            try attend(from: start, count: text.count + 2)
            start += text.count + 2
        }
        if narrow { EncoderKernels.narrow(buffers.gathered, buffers.narrow, count: rows * EncoderShape.size) }
        let gathered = narrow ? UnsafeMutableRawPointer(buffers.narrow) : UnsafeMutableRawPointer(buffers.gathered)
        try runner.run(layer.attentionOutput, rows: rows, from: gathered, to: buffers.state)
        normalize(layer.attentionNorm, rows: rows)
        try runner.run(layer.inner, rows: rows, from: state, to: buffers.inner)
        try runner.run(layer.innerOutput, rows: rows, from: buffers.inner, to: buffers.state)
        normalize(layer.innerNorm, rows: rows)
    }

    private func normalize(_ norm: EncoderWeights.Norm, rows: Int) {
        norm.scale.withUnsafeBufferPointer { scale in
            norm.shift.withUnsafeBufferPointer { shift in
                guard let scale = scale.baseAddress, let shift = shift.baseAddress else { return }
                EncoderKernels.layerNorm(
                    buffers.state, count: rows, size: EncoderShape.size, scale: scale, shift: shift,
                    narrow: weights.precision == .bfloat16 ? buffers.narrow : nil)
            }
        }
    }

    /// Attention within one text, whose rows start at `start`.
    private func attend(from start: Int, count: Int) throws {
        let (size, headSize) = (EncoderShape.size, EncoderShape.headSize)
        let stride = (count + 15) / 16 * 16
        for head in 0..<EncoderShape.heads {
            let query = buffers.attention + start * 3 * size + head * headSize
            try MatrixEngine.multiply(
                query, query + size, transposed: true, into: buffers.scores, rows: count, columns: count, inner: headSize,
                strides: (3 * size, 3 * size, stride))
            EncoderKernels.softmax(buffers.scores, rows: count, columns: count, stride: stride)
            try MatrixEngine.multiply(
                buffers.scores, query + 2 * size, transposed: false, into: buffers.gathered + start * size + head * headSize,
                rows: count, columns: headSize, inner: count, strides: (stride, 3 * size, size))
        }
    }
}
