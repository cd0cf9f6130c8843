import FoundationEssentials
import Testing

@testable import Parsing

@Suite("The English parser")
struct EnglishParserTests {
    static let golden: [GoldenParse] = (try? GoldenParse.all()) ?? []

    @Test("finds what spaCy finds with the same model", arguments: golden)
    func agrees(_ golden: GoldenParse) throws {
        let parsed = try Equipment.parser().parse(golden.text)
        #expect(
            parsed.words.map { [$0.text, $0.lemma, $0.tag, $0.part.rawValue, String($0.head), $0.relation.rawValue] }
                == golden.words)
        #expect(
            parsed.entities.map { [$0.kind.rawValue, String($0.words.lowerBound), String($0.words.upperBound)] } == golden.entities)
        #expect(parsed.nounChunks.map { parsed.text($0) } == golden.chunks)
        #expect(parsed.text == golden.text)
    }

    @Test("has sentences to agree on")
    func hasGoldenParses() { #expect(Self.golden.count == 35) }

    @Test("takes any text without failing", arguments: ["", "   ", ".", "(((", "日本語の文です。", "a\u{301}\u{200B}🙂", "$$x^2$$ ... --"])
    func takesAnything(_ text: String) throws {
        let parsed = try Equipment.parser().parse(text)
        #expect(parsed.words.allSatisfy { (0..<parsed.count).contains($0.head) })
    }

    @Test("says that its model is missing")
    func missing() {
        #expect(throws: ParsingFailure.self) { try EnglishParser(folder: "/nowhere") }
    }

    @Test("says that its model is damaged, wherever it is cut off")
    func damaged() throws {
        let whole = try Data(contentsOf: URL(filePath: Equipment.folder() + "/parser/moves"))
        let file = FileManager.default.temporaryDirectory.appending(path: "moves-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        for length in [0, 1, 7, whole.count / 2, whole.count - 1] {
            try whole.prefix(length).write(to: file)
            #expect(throws: ParsingFailure.self) { try MoveList(path: file.path) }
        }
    }
}

/// What spaCy found, by `Fixtures/make_parses.py`.
struct GoldenParse: Decodable, Sendable, CustomTestStringConvertible {
    var text: String
    var words: [[String]]
    var entities: [[String]]
    var chunks: [String]

    var testDescription: String { text }

    static func all() throws -> [GoldenParse] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/parses.json")
        return try JSONDecoder().decode([GoldenParse].self, from: Data(contentsOf: file))
    }
}
