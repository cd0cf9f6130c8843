import Ambient
import Database
import FoundationEssentials
import Passages
import Testing

@testable import Chat

@Suite("A citation on the wire")
struct CitationTests {
    @Test("Every field is there, null where there is nothing, and it reads back the same")
    func fields() throws {
        let citation = Citation(
            number: 1, documentID: DocumentID(UUID()), chunkID: ChunkID(UUID()), title: "Notes", page: nil, section: nil,
            quote: "Q.",
            start: 0, end: 2, score: 0.5)
        let text = try JSONColumn.text(citation)
        for name in ["number", "document_id", "chunk_id", "title", "page", "section", "quote", "start", "end", "score"] {
            #expect(text.contains("\"\(name)\":"))
        }
        #expect(text.contains("\"page\":null"))
        #expect(try JSONColumn.value(text, as: Citation.self) == citation)
    }
}
