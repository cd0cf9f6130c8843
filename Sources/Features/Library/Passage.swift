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
    /// The page on which it begins, from 1. nil where the document has no pages.
    package var page: Int?
    package var text: String
    /// Higher is better. Comparable within one search only.
    package var score: Double

    package init(
        chunkID: ChunkID, documentID: DocumentID, title: String, section: String?, page: Int?, text: String, score: Double
    ) {
        self.chunkID = chunkID
        self.documentID = documentID
        self.title = title
        self.section = section
        self.page = page
        self.text = text
        self.score = score
    }
}
