import Ambient
package import Passages
import Questions

/// What a `[n]` of a note stands for: a sentence of a document.
package struct NoteCitation: Sendable, Hashable, Codable {
    package var number: Int
    package var documentID: DocumentID
    package var chunkID: ChunkID
    package var title: String
    /// From 1; nil where the document has no pages.
    package var page: Int?
    package var pageLabel: String?
    package var section: String?
    package var quote: String
    /// Of the chunk's text, in Unicode scalars.
    package var start: Int
    package var end: Int

    enum CodingKeys: String, CodingKey {
        case number, title, page, section, quote, start, end
        case documentID = "document_id"
        case chunkID = "chunk_id"
        case pageLabel = "page_label"
    }

    /// Tells what it cites from all else that can be cited.
    struct Place: Hashable {
        let chunk: ChunkID
        let start: Int
        let end: Int
        /// What is cited by hand may have no range.
        let quote: String
    }

    var place: Place { Place(chunk: chunkID, start: start, end: end, quote: start == end ? quote : "") }
}

extension NoteCitation {
    /// - Returns: nil if the origin is in none of the passages.
    init?(_ number: Int, _ origin: QuestionOrigin, in passages: [String: Passage]) {
        guard let passage = passages[origin.passage] else { return nil }
        let scalars = passage.text.unicodeScalars
        let range = origin.range.clamped(to: 0..<scalars.count)
        let quote = String(String.UnicodeScalarView(scalars.dropFirst(range.lowerBound).prefix(range.count)))
        let page = origin.page ?? passage.page(at: range.lowerBound)
        self.init(
            number: number, documentID: passage.documentID, chunkID: passage.chunkID, title: passage.title, page: page,
            pageLabel: passage.label(of: page), section: passage.sectionBelowTitle(at: range.lowerBound),
            quote: quote.isEmpty ? origin.sentence : quote, start: range.lowerBound, end: range.upperBound)
    }
}
