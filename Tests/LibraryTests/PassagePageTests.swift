import Ambient
import FoundationEssentials
import Testing

@testable import Library

@Suite("The page of a passage")
struct PassagePageTests {
    private func passage(_ text: String, _ starts: [PageStart], page: Int? = 7) -> Passage {
        Passage(
            chunkID: ChunkID(UUID()), documentID: DocumentID(UUID()), title: "T", section: nil, page: page, text: text,
            pageStarts: starts, score: 1)
    }

    private let two = "Light é limits the rate.\n\nOxygen comes from water."

    @Test("A place stands on the page that begins last before it", arguments: [(0, 7), (25, 7), (26, 8), (49, 8)])
    func place(offset: Int, page: Int) {
        #expect(passage(two, [PageStart(offset: 0, page: 7), PageStart(offset: 26, page: 8)]).page(at: offset) == page)
    }

    @Test("Search names the page that holds the words, not the one on which the passage begins")
    func words() {
        let passage = passage(two, [PageStart(offset: 0, page: 7), PageStart(offset: 26, page: 8)])
        #expect(passage.page(holding: Set(KeywordAnalyzer.terms(of: "where does oxygen come from"))) == 8)
        #expect(passage.page(holding: Set(KeywordAnalyzer.terms(of: "what limits the rate"))) == 7)
        #expect(passage.page(holding: Set(KeywordAnalyzer.terms(of: "mitosis"))) == 7)
        #expect(passage.page(holding: []) == 7)
    }

    @Test("A document without pages has none")
    func unpaged() {
        #expect(passage(two, [], page: nil).page(at: 3) == nil)
        #expect(passage(two, [], page: nil).page(holding: ["oxygen"]) == nil)
    }
}
