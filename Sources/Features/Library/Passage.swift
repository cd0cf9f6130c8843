package import Ambient

package enum DocumentKind {}
package typealias DocumentID = Identifier<DocumentKind>
package enum ChunkKind {}
package typealias ChunkID = Identifier<ChunkKind>

/// A chunk of a document that answers a query: what search returns, what a tutor reads, what a citation points to.
package struct Passage: Sendable, Codable, Hashable {
    package var chunkID: ChunkID
    package var documentID: DocumentID
    /// The document's title.
    package var title: String
    /// The headings above it, outermost first: `Cells › Membranes`. nil where the document has none.
    package var section: String?
    /// The page of it that answers, from 1: search gives the one with most of the query's words. nil where the document has no pages.
    package var page: Int?
    package var text: String
    /// Where each page that it stands on begins in `text`, in order. Empty where the document has no pages.
    package var pageStarts: [PageStart]
    /// Higher is better. Comparable within one search only.
    package var score: Double

    package init(
        chunkID: ChunkID, documentID: DocumentID, title: String, section: String?, page: Int?, text: String,
        pageStarts: [PageStart] = [], score: Double
    ) {
        self.chunkID = chunkID
        self.documentID = documentID
        self.title = title
        self.section = section
        self.page = page
        self.text = text
        self.pageStarts = pageStarts
        self.score = score
    }

    /// The page on which a place of `text` stands.
    /// - Parameter offset: in Unicode scalars.
    package func page(at offset: Int) -> Int? { pageStarts.last { $0.offset <= offset }?.page ?? page }
}

/// Where a page begins in a passage's text.
package struct PageStart: Sendable, Codable, Hashable {
    /// In Unicode scalars.
    package var offset: Int
    /// From 1.
    package var page: Int

    package init(offset: Int, page: Int) {
        self.offset = offset
        self.page = page
    }
}
