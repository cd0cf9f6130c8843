/// The numbers of all-MiniLM-L6-v2: a BERT of six layers.
enum MiniLM {
    static let layers = 6
    /// The longest text that the model was trained on, with the two pieces that mark its beginning and end.
    static let longestText = 256
    /// The most pieces of one's own that fit.
    static let window = longestText - 2
}

/// all-MiniLM-L6-v2, run in this process. It knows English.
///
/// Source: Reimers and Gurevych, "Sentence-BERT", 2019; the model's card at
/// https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2.
package final class MiniLMEmbedder: TextEmbedder {
    package let modelName = EmbeddingModel.miniLM.rawValue
    package let dimensions = EncoderShape.size
    /// The format that the linear layers compute in.
    package var precision: Precision { pool.precision }

    private let tokenizer: WordPieceTokenizer
    private let pool: EncoderPool

    /// Loads the model.
    /// - Parameters:
    ///   - directory: where `model.safetensors` and `vocab.txt` are.
    ///   - workers: how many threads embed many texts.
    ///   - precision: nil takes bf16 where the processor has matrix tiles (AMX), and f32 elsewhere.
    /// - Throws: `EmbeddingFailure`.
    package init(directory: String, workers: Int, precision: Precision? = nil) throws {
        tokenizer = try WordPieceTokenizer(vocabulary: "\(directory)/vocab.txt")
        let (engine, precision) = try EncoderPool.engine(precision)
        let weights = try EncoderWeights(
            SafetensorsFile(path: "\(directory)/model.safetensors"), layers: MiniLM.layers, longestText: MiniLM.longestText,
            vocabularySize: tokenizer.vocabularySize, engine: engine, precision: precision)
        pool = try EncoderPool(weights, workers: workers, beginID: tokenizer.beginID, endID: tokenizer.endID)
    }

    package func embed(_ texts: [String]) async throws -> [[Float]] {
        let tokenizer = tokenizer
        if texts.count == 1 { return [try await pool.vector(of: texts[0]) { tokenizer.pieces(of: $0, limit: MiniLM.window) }] }
        let cut = try await pool.cut(texts) { [tokenizer.pieces(of: $0, limit: MiniLM.window)[...]] }
        return try await pool.vectors(of: cut, progress: nil).map { $0[0] }
    }

    package func embedWindows(_ texts: [String], progress: (@Sendable (Int) -> Void)?) async throws -> [[[Float]]] {
        let tokenizer = tokenizer
        let windows = try await pool.cut(texts) { tokenizer.windows(tokenizer.pieces(of: $0), limit: MiniLM.window) }
        return try await pool.vectors(of: windows, progress: progress)
    }

    package func countTokens(_ text: String) -> Int { tokenizer.count(text) }
}
