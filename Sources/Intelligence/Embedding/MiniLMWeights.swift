/// The numbers of all-MiniLM-L6-v2: a BERT of six layers.
enum MiniLM {
    static let name = "all-MiniLM-L6-v2"
    static let layers = 6
    static let size = 384
    static let heads = 12
    static let headSize = 32
    static let innerSize = 1536
    static let positions = 512
    /// The longest text that the model was trained on, with the two pieces that mark its beginning and end.
    static let longestText = 256
    /// The most pieces of one's own that fit.
    static let window = longestText - 2
}

/// The model's weights, folded and packed for the encoder. Immutable, shared by all threads.
///
/// Folding leaves out what does not change the result: the three projections of attention become one; its scale goes into the
/// query's; the key's bias adds the same to all scores of a row, which softmax ignores; the value's bias passes through unchanged,
/// since shares sum to 1, into the bias behind it; the one token type goes into the positions.
// @unchecked: nothing is written after init; the pointers point into `file` and `owned`, which live as long.
final class MiniLMWeights: @unchecked Sendable {
    struct Norm {
        var scale: [Float]
        var shift: [Float]
    }

    struct Layer {
        /// [384] -> [1152]: query, key, value.
        var attention: LinearLayer
        var attentionOutput: LinearLayer
        var attentionNorm: Norm
        var inner: LinearLayer
        var innerOutput: LinearLayer
        var innerNorm: Norm
    }

    let engine: MatrixEngine
    let precision: Precision
    /// [vocabulary, 384] in the mapped file, not aligned.
    let words: UnsafeRawPointer
    /// [256, 384].
    let positions: [Float]
    let norm: Norm
    let layers: [Layer]
    private let file: SafetensorsFile

    init(path: String, vocabularySize: Int, engine: MatrixEngine, precision: Precision) throws {
        self.engine = engine
        self.precision = precision
        let file = try SafetensorsFile(path: path)
        self.file = file
        let size = MiniLM.size

        func vector(_ name: String, _ shape: [Int]) throws -> [Float] {
            let source = try file.floats(name, shape: shape)
            return [Float](unsafeUninitializedCapacity: shape.reduce(1, *)) { buffer, initialized in
                UnsafeMutableRawBufferPointer(buffer).copyMemory(from: .init(start: source, count: buffer.count * 4))
                initialized = buffer.count
            }
        }
        func norm(_ name: String) throws -> Norm {
            Norm(scale: try vector("\(name).LayerNorm.weight", [size]), shift: try vector("\(name).LayerNorm.bias", [size]))
        }
        func linear(
            _ weights: [Float], _ bias: [Float], inputs: Int, outputs: Int, _ effect: LinearEffect
        ) throws -> LinearLayer {
            let shape = LinearShape(inputs: inputs, outputs: outputs, effect: effect, precision: precision)
            return try weights.withUnsafeBytes { bytes in
                guard let base = bytes.baseAddress else { throw EmbeddingFailure(.damagedModel, "an empty tensor") }
                return try LinearLayer(engine: engine, shape: shape, weights: base, bias: bias)
            }
        }

        words = try file.floats("embeddings.word_embeddings.weight", shape: [vocabularySize, size])
        let types = try vector("embeddings.token_type_embeddings.weight", [2, size])
        let places = try vector("embeddings.position_embeddings.weight", [MiniLM.positions, size])
        positions = (0..<MiniLM.longestText * size).map { places[$0] + types[$0 % size] }
        self.norm = try norm("embeddings")

        let scale = 1 / Float(MiniLM.headSize).squareRoot()
        layers = try (0..<MiniLM.layers).map { index in
            let name = "encoder.layer.\(index)"
            let query = try vector("\(name).attention.self.query.weight", [size, size]).map { $0 * scale }
            let key = try vector("\(name).attention.self.key.weight", [size, size])
            let value = try vector("\(name).attention.self.value.weight", [size, size])
            let queryBias = try vector("\(name).attention.self.query.bias", [size]).map { $0 * scale }
            _ = try vector("\(name).attention.self.key.bias", [size])
            let valueBias = try vector("\(name).attention.self.value.bias", [size])
            let output = try vector("\(name).attention.output.dense.weight", [size, size])
            var outputBias = try vector("\(name).attention.output.dense.bias", [size])
            for row in 0..<size {
                var sum: Double = 0
                for column in 0..<size { sum += Double(output[row * size + column]) * Double(valueBias[column]) }
                outputBias[row] += Float(sum)
            }
            return Layer(
                attention: try linear(
                    query + key + value, queryBias + [Float](repeating: 0, count: 2 * size), inputs: size, outputs: 3 * size, .write
                ),
                attentionOutput: try linear(output, outputBias, inputs: size, outputs: size, .accumulate),
                attentionNorm: try norm("\(name).attention.output"),
                inner: try linear(
                    vector("\(name).intermediate.dense.weight", [MiniLM.innerSize, size]),
                    vector("\(name).intermediate.dense.bias", [MiniLM.innerSize]), inputs: size, outputs: MiniLM.innerSize, .gelu),
                innerOutput: try linear(
                    vector("\(name).output.dense.weight", [size, MiniLM.innerSize]),
                    vector("\(name).output.dense.bias", [size]), inputs: MiniLM.innerSize, outputs: size, .accumulate),
                innerNorm: try norm("\(name).output"))
        }
        // What was read has been copied; the words' pages come back as texts need them.
        file.file.release()
    }
}
