package import FoundationEssentials
import Spectra

/// Writes a Whisper model of CTranslate2's format in that of whisper.cpp, matrices in eight bits.
///
/// Source of the format: whisper.cpp, `models/convert-pt-to-ggml.py` and ggml's `quantize_row_q8_0_ref`. The same input gives the same
/// bytes, so that the result has a known checksum.
package struct WhisperConversion {
    private let model: CTranslate2Model
    private let tokens: [[UInt8]]
    private let sizes: Sizes

    /// The numbers that the head of the file tells.
    private struct Sizes {
        let vocabulary, audioContext, audioState, audioHeads, audioLayers: Int
        let textContext, textState, textHeads, textLayers, mels: Int
    }

    /// - Parameter vocabulary: the model's tokens in order.
    package init(_ model: CTranslate2Model, vocabulary: [String]) throws(SpeechModelFailure) {
        guard model.specification == "WhisperSpec" else { throw .damaged("a model of \(model.specification), not of Whisper") }
        func shape(_ name: String) throws(SpeechModelFailure) -> [Int] {
            guard let shape = model.variables[name]?.shape else { throw .damaged("no \(name) in it") }
            return shape
        }
        func layers(_ part: String) -> Int {
            (0..<64).first { model.variables["\(part)/layer_\($0)/ffn/linear_0/weight"] == nil } ?? 0
        }
        let audio = try shape("encoder/position_encodings/encodings")
        let text = try shape("decoder/position_encodings/encodings")
        sizes = Sizes(
            vocabulary: try shape("decoder/embeddings/weight")[0], audioContext: audio[0], audioState: audio[1],
            audioHeads: audio[1] / 64, audioLayers: layers("encoder"), textContext: text[0], textState: text[1],
            textHeads: text[1] / 64, textLayers: layers("decoder"), mels: try shape("encoder/conv1/weight")[1])
        // What comes from here on is known to whisper.cpp by its number.
        guard let end = vocabulary.firstIndex(of: "<|endoftext|>") else { throw .damaged("a vocabulary without an end of text") }
        var tokens: [[UInt8]] = []
        for token in vocabulary[..<end] {
            guard let bytes = BytePairAlphabet.bytes(of: token) else { throw .damaged("a token of unknown letters") }
            tokens.append(bytes)
        }
        self.tokens = tokens
        self.model = model
    }

    /// Writes the file piece by piece; the largest piece is the table of tokens, some 30 MB.
    package func write(to sink: (Data) throws -> Void) throws {
        try sink(head())
        for tensor in tensors() { try sink(try encoded(tensor)) }
    }

    private func head() -> Data {
        var data = Data()
        data.append(int: 0x6767_6d6c)
        // 2007: matrices of Q8_0, of the second version of ggml's quantisation.
        for value in [
            sizes.vocabulary, sizes.audioContext, sizes.audioState, sizes.audioHeads, sizes.audioLayers, sizes.textContext,
            sizes.textState, sizes.textHeads, sizes.textLayers, sizes.mels, 2007,
        ] { data.append(int: value) }
        let filters = MelFilters.slaney(count: sizes.mels)
        data.append(int: sizes.mels)
        data.append(int: filters.count / sizes.mels)
        data.append(floats: filters)
        data.append(int: tokens.count)
        for token in tokens {
            data.append(int: token.count)
            data.append(contentsOf: token)
        }
        return data
    }

    /// A tensor of the result, and where it is in the source.
    private struct Tensor {
        let name: String
        let source: String
        /// The part of the source's rows that it is: q, k and v stand in one matrix.
        var rows: (part: Int, of: Int) = (0, 1)
        /// A bias that whisper.cpp adds to each column.
        var isColumn = false
        /// Read in full precision.
        var isTable = false
    }

    private func tensors() -> [Tensor] {
        var all = [Tensor(name: "encoder.positional_embedding", source: "encoder/position_encodings/encodings", isTable: true)]
        for conv in 1...2 {
            all.append(Tensor(name: "encoder.conv\(conv).weight", source: "encoder/conv\(conv)/weight"))
            all.append(Tensor(name: "encoder.conv\(conv).bias", source: "encoder/conv\(conv)/bias", isColumn: true))
        }
        for layer in 0..<sizes.audioLayers { all += block("encoder", layer, crossing: false) }
        all += norm("encoder.ln_post", "encoder/layer_norm")
        all.append(Tensor(name: "decoder.positional_embedding", source: "decoder/position_encodings/encodings", isTable: true))
        all.append(Tensor(name: "decoder.token_embedding.weight", source: "decoder/embeddings/weight"))
        for layer in 0..<sizes.textLayers { all += block("decoder", layer, crossing: true) }
        return all + norm("decoder.ln", "decoder/layer_norm")
    }

    private func block(_ part: String, _ layer: Int, crossing: Bool) -> [Tensor] {
        let (target, source) = ("\(part).blocks.\(layer)", "\(part)/layer_\(layer)")
        var all = attention(
            "\(target).attn", query: ("\(source)/self_attention/linear_0", 0, 3),
            key: ("\(source)/self_attention/linear_0", 1, 3), value: ("\(source)/self_attention/linear_0", 2, 3),
            out: "\(source)/self_attention/linear_1")
        all += norm("\(target).attn_ln", "\(source)/self_attention/layer_norm")
        if crossing {
            all += attention(
                "\(target).cross_attn", query: ("\(source)/attention/linear_0", 0, 1),
                key: ("\(source)/attention/linear_1", 0, 2), value: ("\(source)/attention/linear_1", 1, 2),
                out: "\(source)/attention/linear_2")
            all += norm("\(target).cross_attn_ln", "\(source)/attention/layer_norm")
        }
        for (number, linear) in [(0, 0), (2, 1)] {
            all.append(Tensor(name: "\(target).mlp.\(number).weight", source: "\(source)/ffn/linear_\(linear)/weight"))
            all.append(Tensor(name: "\(target).mlp.\(number).bias", source: "\(source)/ffn/linear_\(linear)/bias"))
        }
        return all + norm("\(target).mlp_ln", "\(source)/ffn/layer_norm")
    }

    private typealias Rows = (source: String, part: Int, of: Int)

    private func attention(_ name: String, query: Rows, key: Rows, value: Rows, out: String) -> [Tensor] {
        func tensor(_ what: String, _ kind: String, _ rows: Rows) -> Tensor {
            Tensor(name: "\(name).\(what).\(kind)", source: "\(rows.source)/\(kind)", rows: (rows.part, rows.of))
        }
        return [
            tensor("query", "weight", query), tensor("query", "bias", query),
            // Its bias is zero, and in no file.
            tensor("key", "weight", key),
            tensor("value", "weight", value), tensor("value", "bias", value),
            tensor("out", "weight", (out, 0, 1)), tensor("out", "bias", (out, 0, 1)),
        ]
    }

    private func norm(_ name: String, _ source: String) -> [Tensor] {
        [Tensor(name: "\(name).weight", source: "\(source)/gamma"), Tensor(name: "\(name).bias", source: "\(source)/beta")]
    }

    private func encoded(_ tensor: Tensor) throws -> Data {
        guard var shape = model.variables[tensor.source]?.shape, !shape.isEmpty, shape[0] % tensor.rows.of == 0 else {
            throw SpeechModelFailure.damaged("no \(tensor.source) in it")
        }
        let all = try model.floats(tensor.source)
        shape[0] /= tensor.rows.of
        let count = shape.reduce(1, *)
        let values = all[tensor.rows.part * count..<(tensor.rows.part + 1) * count]
        if tensor.isColumn { shape.append(1) }
        // ggml's numbers of types: 0 float32, 1 float16, 8 Q8_0.
        let type = tensor.isTable || tensor.isColumn || shape.count == 1 ? 0 : shape.count == 3 ? 1 : 8
        var data = Data()
        data.append(int: shape.count)
        data.append(int: tensor.name.utf8.count)
        data.append(int: type)
        for size in shape.reversed() { data.append(int: size) }
        data.append(contentsOf: tensor.name.utf8)
        switch type {
        case 0: data.append(floats: values)
        case 1: data.append(halves: values)
        default: data.append(blocks: values)
        }
        return data
    }
}
