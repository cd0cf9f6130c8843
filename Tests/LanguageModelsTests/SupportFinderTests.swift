import Embedding
@testable import LanguageModels
import Testing

@Suite(.timeLimit(.minutes(3)))
struct SupportFinderTests {
    private func quote(_ statement: String, _ passage: CitedPassage, _ embedder: (any TextEmbedder)? = nil) async throws -> String?
    {
        var passage = passage
        guard let range = try await SupportFinder(embedder: embedder).support(for: statement, in: &passage) else { return nil }
        return String(String.UnicodeScalarView(Array(passage.text.unicodeScalars)[range]))
    }

    private static let water = CitedPassage(
        "Osmosis moves water. It needs no\nenergy at all. A cell in pure water swells. 🐉 Salt draws water out.")

    @Test(
        "The quote is the sentence that supports the statement, letter for letter",
        arguments: [
            ("Osmosis moves water", "Osmosis moves water."), ("No energy is needed [2]", "It needs no\nenergy at all."),
            ("Salt draws the water out", "🐉 Salt draws water out."), ("Nothing of this kind", "Osmosis moves water."),
            ("", "Osmosis moves water."),
        ])
    func words(statement: String, expected: String) async throws { #expect(try await quote(statement, Self.water) == expected) }

    @Test("A row that is told with the heads of its columns is quoted alone, not the table or its head")
    func rows() async throws {
        let table = CitedPassage("Metal | Symbol | Melting point\nIron | Fe | 1538\nTungsten | W | 3422\nCopper | Cu | 1085")
        #expect(try await quote("Tungsten — Symbol: W; Melting point: 3422 [1].", table) == "Tungsten | W | 3422")
    }

    private static let cells = CitedPassage(
        """
        Microtubules
        Microtubules are hollow tubes of the protein tubulin. They pull the chromosomes apart during division. Kinesin walks along \
        them and carries vesicles.

        Osmosis Osmosis is the diffusion of water through a membrane. No energy of the cell is spent on it. A red blood cell that \
        is put into pure water takes up so much of it that it bursts.
        """)

    @Test(
        "A statement in other words is supported by the sentence that means the same",
        arguments: [
            ("The cell pays nothing for this process.", "No energy of the cell is spent on it."),
            (
                "When a nucleus splits, the genetic material is separated by these fibres.",
                "They pull the chromosomes apart during division."
            ),
            ("Motor proteins transport cargo on these tracks.", "Kinesin walks along them and carries vesicles."),
            ("These filaments consist of tubulin.", "Microtubules are hollow tubes of the protein tubulin."),
            (
                "An erythrocyte ruptures in distilled water.",
                "A red blood cell that is put into pure water takes up so much of it that it bursts."
            ),
        ])
    func paraphrases(statement: String, expected: String) async throws {
        #expect(try await quote(statement, Self.cells, try Course.embedder.get()) == expected)
    }

    @Test("A statement that is drawn from two sentences is supported by both")
    func two() async throws {
        let drawn = "Kinesin carries vesicles along microtubules, and the chromosomes are pulled apart by them during division."
        let found = try #require(try await quote(drawn, Self.cells, try Course.embedder.get()))
        #expect(found.hasPrefix("They pull the chromosomes") && found.hasSuffix("carries vesicles."))
    }

    @Test(
        "Headings are no part of a quote, whether they stand alone or run into the sentence",
        arguments: [
            ("Microtubules Microtubules are hollow tubes.", nil, "Microtubules are hollow tubes."),
            ("Cell walls\nCell walls are made of cellulose.", nil, "Cell walls are made of cellulose."),
            ("The cell wall Plants have one outside the membrane.", "The cell wall", "Plants have one outside the membrane."),
            ("Microtubules are hollow tubes of tubulin.", "Microtubules", "Microtubules are hollow tubes of tubulin."),
            ("Osmosis\n\nWater moves by osmosis through a membrane.", nil, "Water moves by osmosis through a membrane."),
            ("Bye bye is what one says.", nil, "Bye bye is what one says."), ("Osmosis", "Osmosis", "Osmosis"),
        ] as [(String, String?, String)])
    func headings(text: String, heading: String?, expected: String) async throws {
        let passage = CitedPassage(text) { _ in heading }
        #expect(try await quote("hollow tubes, walls of cellulose, outside the membrane, osmosis", passage) == expected)
    }

    @Test("An empty passage supports nothing, and an embedder that fails leaves the words")
    func without() async throws {
        #expect(try await quote("x", CitedPassage(" ")) == nil)
        #expect(try await quote("Salt pulls at it", Self.water, BrokenEmbedder()) == "🐉 Salt draws water out.")
    }

    private struct BrokenEmbedder: TextEmbedder {
        struct Broken: Error {}
        let modelName = "broken"
        let dimensions = 3
        func embed(_ texts: [String]) async throws -> [[Float]] { throw Broken() }
        func embedWindows(_ texts: [String], progress: (@Sendable (Int) -> Void)?) async throws -> [[[Float]]] { throw Broken() }
        func countTokens(_ text: String) -> Int { 0 }
    }
}
