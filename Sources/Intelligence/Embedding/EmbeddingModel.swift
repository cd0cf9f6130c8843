/// The embedding models that this program can run, by the names that vectors and settings have for them.
package enum EmbeddingModel: String, Sendable, CaseIterable {
    /// Small and quick; knows English.
    case miniLM = "all-MiniLM-L6-v2"
    /// Knows some hundred languages; a question takes twice the time, a passage four times.
    case e5 = "multilingual-e5-small"

    /// The file by which the model's folder is known.
    package var mainFile: String {
        switch self {
        case .miniLM: "model.safetensors"
        case .e5: E5Embedder.fileName
        }
    }

    /// Loads it.
    /// - Parameters:
    ///   - workers: how many threads embed many texts.
    ///   - precision: nil takes bf16 where the processor has matrix tiles (AMX), and f32 elsewhere.
    /// - Throws: `EmbeddingFailure`.
    package func load(directory: String, workers: Int, precision: Precision? = nil) throws -> any TextEmbedder {
        switch self {
        case .miniLM: try MiniLMEmbedder(directory: directory, workers: workers, precision: precision)
        case .e5: try E5Embedder(directory: directory, workers: workers, precision: precision)
        }
    }
}
