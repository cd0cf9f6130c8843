package import Ambient

package enum DocumentKind {}
package typealias DocumentID = Identifier<DocumentKind>
package enum ChunkKind {}
package typealias ChunkID = Identifier<ChunkKind>

/// A chunk of a document that answers a query: what search returns, what a tutor reads, what a citation points to.
package struct Passage: Sendable, Codable, Hashable {
    package var chunkID: ChunkID
    package var documentID: DocumentID
    /// Its place among the passages of its document, from 0; nil where that is not known.
    package var ordinal: Int?
    /// The document's title.
    package var title: String
    /// The headings above what answers, outermost first: `Cells › Membranes`. nil where the document has none.
    package var section: String?
    /// The headings above its beginning.
    package let openingSection: String?
    /// The page of it that answers, from 1: search gives the one with most of the query's words. nil where the document has no pages.
    package var page: Int?
    package var text: String
    /// Where each page that it stands on begins in `text`, in order. Empty where the document has no pages.
    package var pageStarts: [PageStart]
    /// Where the text comes under other headings, in order. Empty where that is not known.
    package var sectionStarts: [SectionStart]
    /// Higher is better. Comparable within one search only.
    package var score: Double

    package init(
        chunkID: ChunkID, documentID: DocumentID, ordinal: Int? = nil, title: String, section: String?,
        page: Int?, text: String,
        pageStarts: [PageStart] = [], sectionStarts: [SectionStart] = [], score: Double
    ) {
        self.chunkID = chunkID
        self.documentID = documentID
        self.ordinal = ordinal
        self.title = title
        self.section = section
        openingSection = section
        self.page = page
        self.text = text
        self.pageStarts = pageStarts
        self.sectionStarts = sectionStarts
        self.score = score
    }

    /// The page on which a place of `text` stands.
    /// - Parameter offset: in Unicode scalars.
    package func page(at offset: Int) -> Int? { pageStarts.last { $0.offset <= offset }?.page ?? page }

    /// What the file calls `page`, where it is not its number: `iv`.
    package var pageLabel: String? { label(of: page) }

    package func label(of page: Int?) -> String? { pageStarts.first { $0.page == page }?.label }

    /// The headings above a place of `text`.
    /// - Parameter offset: in Unicode scalars.
    package func section(at offset: Int) -> String? {
        guard let start = sectionStarts.last(where: { $0.offset <= offset }) else { return section }
        return start.section
    }
}

/// Where a page begins in a passage's text.
package struct PageStart: Sendable, Codable, Hashable {
    /// In Unicode scalars.
    package var offset: Int
    /// From 1.
    package var page: Int
    /// What the file calls it, where it is not its number.
    package var label: String?

    package init(offset: Int, page: Int, label: String? = nil) {
        self.offset = offset
        self.page = page
        self.label = label
    }
}

/// Where a stretch of a passage's text begins that stands under other headings than what is before it.
package struct SectionStart: Sendable, Codable, Hashable {
    /// In Unicode scalars.
    package var offset: Int
    /// The headings above, outermost first; nil above the first heading.
    package var section: String?

    package init(offset: Int, section: String?) {
        self.offset = offset
        self.section = section
    }
}
