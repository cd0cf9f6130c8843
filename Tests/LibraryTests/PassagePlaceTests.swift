import Ambient
import FoundationEssentials
import Passages
import Testing

@testable import Library

@Suite("The page and the section of a passage")
struct PassagePlaceTests {
    private func passage(
        _ text: String, _ starts: [PageStart], page: Int? = 7, section: String? = nil, sections: [SectionStart] = []
    ) -> Passage {
        Passage(
            chunkID: ChunkID(UUID()), documentID: DocumentID(UUID()), title: "T", section: section, page: page, text: text,
            pageStarts: starts, sectionStarts: sections, score: 1)
    }

    private func placed(_ passage: Passage, by query: String) -> Passage {
        var passage = passage
        passage.place(by: Set(KeywordAnalyzer.terms(of: query)))
        return passage
    }

    private let two = "Light é limits the rate.\n\nOxygen comes from water."

    @Test(
        "A passage is shown without the headings that it begins with",
        arguments: [
            ("Microtubules\n\nMicrotubules are hollow.", "Cells › Microtubules", "Microtubules are hollow."),
            ("Cells\n\nMicro-\ntubules\n\nThey are hollow.", "Cells › Micro- tubules", "They are hollow."),
            ("Microtubules are hollow.\n\nCells", "Cells", "Microtubules are hollow.\n\nCells"),
            ("Other words\n\nMicrotubules are hollow.", "Cells", "Other words\n\nMicrotubules are hollow."),
            ("T\n\nMicrotubules are hollow.", nil, "Microtubules are hollow."),
            ("Cells\n\nMembranes", "Cells › Membranes", "Membranes"),
        ])
    func shown(text: String, section: String?, expected: String) {
        #expect(passage(text, [], section: section).textBelowHeadings == expected)
    }

    @Test("A place stands on the page that begins last before it", arguments: [(0, 7), (25, 7), (26, 8), (49, 8)])
    func place(offset: Int, page: Int) {
        #expect(passage(two, [PageStart(offset: 0, page: 7), PageStart(offset: 26, page: 8)]).page(at: offset) == page)
    }

    @Test("Search names the page that holds the words, not the one on which the passage begins")
    func words() {
        let passage = passage(two, [PageStart(offset: 0, page: 7), PageStart(offset: 26, page: 8)])
        #expect(placed(passage, by: "where does oxygen come from").page == 8)
        #expect(placed(passage, by: "what limits the rate").page == 7)
        #expect(placed(passage, by: "mitosis").page == 7)
        #expect(placed(passage, by: "").page == 7)
    }

    @Test("The section is that of the words too, on the same page or another, without the document's title")
    func sections() {
        let sections = [SectionStart(offset: 0, section: "T › Factors"), .init(offset: 26, section: "T › Summary")]
        for starts in [[PageStart(offset: 0, page: 7), PageStart(offset: 26, page: 8)], [PageStart(offset: 0, page: 7)], []] {
            let passage = passage(two, starts, section: "T › Factors", sections: sections)
            #expect(placed(passage, by: "where does oxygen come from").section == "T › Summary")
            #expect(placed(passage, by: "what limits the rate").section == "T › Factors")
            #expect(placed(passage, by: "mitosis").section == "T › Factors")
            #expect(placed(passage, by: "oxygen").openingSectionBelowTitle == "Factors")
            #expect(passage.sectionBelowTitle(at: 25) == "Factors")
            #expect(passage.sectionBelowTitle(at: 26) == "Summary")
        }
        #expect(passage(two, [], section: "Old").section(at: 30) == "Old")
    }

    @Test("A document without pages has none")
    func unpaged() {
        #expect(passage(two, [], page: nil).page(at: 3) == nil)
        #expect(placed(passage(two, [], page: nil), by: "oxygen").page == nil)
    }
}
