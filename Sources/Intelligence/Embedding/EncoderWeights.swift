/// Where an encoder's numbers are read from, by the names that BERT's tensors have in the Hugging Face library.
protocol EncoderTensors {
    /// A tensor's numbers in row-major order.
    /// - Throws: `damagedModel` unless it is there, whole, with just this shape.
    func vector(_ name: String, _ shape: [Int]) throws -> [Float]
    /// The vectors of the vocabulary's pieces, which stay where they are.
    func words(count: Int) throws -> WordRows
    /// Says that what was read is not needed again, but for the words.
    func release()
}

/// An encoder's weights, folded and packed for it. Immutable, shared by all threads.
///
/// Folding leaves out what does not change the result: the three projections of attention become one; its scale goes into the
/// query's; the key's bias adds the same to all scores of a row, which softmax ignores; the value's bias passes through unchanged,
/// since shares sum to 1, into the bias behind it; the one token type goes into the positions.
final class EncoderWeights: Sendable {
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
    /// The most pieces of a text, with the two that mark its beginning and end.
    let longestText: Int
    let words: WordRows
    /// [longest text, 384].
    let positions: [Float]
    let norm: Norm
    let layers: [Layer]

    init(
        _ tensors: some EncoderTensors, layers count: Int, longestText: Int, vocabularySize: Int, engine: MatrixEngine,
        precision: Precision
    ) throws {
        self.engine = engine
        self.precision = precision
        self.longestText = longestText
        let (size, innerSize) = (EncoderShape.size, EncoderShape.innerSize)

        func norm(_ name: String) throws -> Norm {
            Norm(
                scale: try tensors.vector("\(name).LayerNorm.weight", [size]),
                shift: try tensors.vector("\(name).LayerNorm.bias", [size]))
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

        words = try tensors.words(count: vocabularySize)
        let types = try tensors.vector("embeddings.token_type_embeddings.weight", [2, size])
        let places = try tensors.vector("embeddings.position_embeddings.weight", [EncoderShape.positions, size])
        positions = (0..<longestText * size).map { places[$0] + types[$0 % size] }
        self.norm = try norm("embeddings")

        let scale = 1 / Float(EncoderShape.headSize).squareRoot()
        layers = try (0..<count).map { index in
            let name = "encoder.layer.\(index)"
            let query = try tensors.vector("\(name).attention.self.query.weight", [size, size]).map { $0 * scale }
            let key = try tensors.vector("\(name).attention.self.key.weight", [size, size])
            let value = try tensors.vector("\(name).attention.self.value.weight", [size, size])
            let queryBias = try tensors.vector("\(name).attention.self.query.bias", [size]).map { $0 * scale }
            _ = try tensors.vector("\(name).attention.self.key.bias", [size])
            let valueBias = try tensors.vector("\(name).attention.self.value.bias", [size])
            let output = try tensors.vector("\(name).attention.output.dense.weight", [size, size])
            var outputBias = try tensors.vector("\(name).attention.output.dense.bias", [size])
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
                    tensors.vector("\(name).intermediate.dense.weight", [innerSize, size]),
                    tensors.vector("\(name).intermediate.dense.bias", [innerSize]), inputs: size, outputs: innerSize, .gelu),
                innerOutput: try linear(
                    tensors.vector("\(name).output.dense.weight", [size, innerSize]),
                    tensors.vector("\(name).output.dense.bias", [size]), inputs: innerSize, outputs: size, .accumulate),
                innerNorm: try norm("\(name).output"))
        }
        // What was read has been copied; the words' pages come back as texts need them.
        tensors.release()
    }
}
