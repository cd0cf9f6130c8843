import Ambient
import FoundationEssentials
@testable import Notes
import Passages
import Testing

struct NoteMergeTests {
    private static let document = DocumentID(UUID())
    private static let chunk = ChunkID(UUID())

    private func cite(_ number: Int, _ place: Int) -> NoteCitation {
        NoteCitation(
            number: number, documentID: Self.document, chunkID: Self.chunk, title: "T", page: nil, pageLabel: nil, section: nil,
            quote: "q\(place)", start: place * 10, end: place * 10 + 5)
    }

    @Test func `untouched lines are replaced, the owner's stay where they stood`() {
        let base = CitedContent("# H\n\n- a [1]\n- b [2]", [cite(1, 1), cite(2, 2)])
        let mine = CitedContent("# H\n\n- a [1]\n- mine\n- b, but better [2]", [cite(1, 1), cite(2, 2)])
        let theirs = CitedContent("# H\n\n- a [1]\n- c [2]\n\n# New\n\n- d [3]", [cite(1, 1), cite(2, 3), cite(3, 4)])
        let merged = NoteMerge(base: base, mine: mine, theirs: theirs).result
        #expect(merged.text == "# H\n\n- a [1]\n- mine\n- b, but better [2]\n- c [3]\n\n# New\n\n- d [4]")
        #expect(merged.citations.map(\.quote) == ["q1", "q2", "q3", "q4"] && merged.citations.map(\.number) == [1, 2, 3, 4])
    }

    @Test func `what nobody touched is the new text`() {
        let base = CitedContent("a [1]\n\nb", [cite(1, 1)])
        let theirs = CitedContent("x [1]\n\ny", [cite(1, 5)])
        #expect(NoteMerge(base: base, mine: base, theirs: theirs).result == theirs)
        #expect(NoteMerge(base: nil, mine: CitedContent(), theirs: theirs).result == theirs)
    }

    @Test func `what was typed before anything was made stays`() {
        let merged = NoteMerge(base: nil, mine: CitedContent("Mine [7]."), theirs: CitedContent("Made [1].", [cite(1, 1)])).result
        // A number that stands for nothing does not come to stand for something.
        #expect(merged.text.contains("Mine \\[7].") && merged.text.contains("Made [1].") && merged.citations.count == 1)
    }

    @Test func `what was taken out does not come back, blank lines and code stay`() {
        let base = CitedContent("a\n\nb\n\nc")
        let mine = CitedContent("a\n\n```\nx\n\n\ny\n```\n\nc")
        let merged = NoteMerge(base: base, mine: mine, theirs: CitedContent("a\n\nb\n\nc\n\nd")).result
        #expect(merged.text == "a\n\n```\nx\n\n\ny\n```\n\nc\n\nd")
    }
}
