import FoundationEssentials
import Glibc
import Testing

@testable import Embedding

/// What `Fixtures/make_reference.py` wrote, and where the model is.
enum Reference {
    static let texts: [String] = (try? load("texts.json")) ?? []
    /// Each text's ids by the Hugging Face tokenizer.
    static let pieces: [[Int32]] = (try? load("pieces.json")) ?? []
    /// The vectors of the first 200 texts by sentence-transformers.
    static let vectors = rows("vectors.f32")

    /// 384 little-endian floats a row.
    static func rows(_ name: String) -> [[Float]] {
        guard let data = try? Data(contentsOf: folder.appending(path: name)) else { return [] }
        return data.withUnsafeBytes { bytes in
            (0..<bytes.count / 1536).map { row in
                (0..<384).map { bytes.loadUnaligned(fromByteOffset: row * 1536 + $0 * 4, as: Float.self) }
            }
        }
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    static func load<Value: Decodable>(_ name: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(contentsOf: folder.appending(path: name)))
    }

    struct MissingModel: Error, CustomStringConvertible {
        var description: String { "the embedding model is not installed: run `make setup`, or set LM_MODEL_DIR" }
    }

    static func modelDirectory() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let path = getenv("LM_MODEL_DIR").map { String(cString: $0) } ?? root.appending(path: ".models/all-MiniLM-L6-v2").path
        guard access("\(path)/model.safetensors", R_OK) == 0, access("\(path)/vocab.txt", R_OK) == 0 else { throw MissingModel() }
        return path
    }

    private static let loadedTokenizer = Result { try WordPieceTokenizer(vocabulary: modelDirectory() + "/vocab.txt") }

    static func tokenizer() throws -> WordPieceTokenizer { try loadedTokenizer.get() }

    private static let loaded = Result { try MiniLMEmbedder(directory: modelDirectory(), workers: 2, precision: .float32) }

    /// One for all tests: it is immutable, but for its cache of queries.
    static func embedder() throws -> MiniLMEmbedder { try loaded.get() }

    static func cosine(_ a: [Float], _ b: [Float]) -> Double {
        let dot = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        func norm(_ v: [Float]) -> Double { v.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot() }
        return dot / (norm(a) * norm(b))
    }
}
