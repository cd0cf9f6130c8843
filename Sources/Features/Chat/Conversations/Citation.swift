package import Passages

/// What one `[number]` of an answer points to.
package struct Citation: Codable, Sendable, Hashable {
    /// From 1, in the order of first use.
    package var number: Int
    package var documentID: DocumentID
    package var chunkID: ChunkID
    /// The document's title.
    package var title: String
    /// The page on which the quote begins, from 1; nil where the document has no pages.
    package var page: Int?
    /// What the file calls that page, where it is not its number: `iv`.
    package var pageLabel: String?
    package var section: String?
    /// The sentences of the passage that support the statement, letter for letter.
    package var quote: String
    /// Where `quote` stands in the chunk's text, in Unicode scalars: from `start` up to, not including, `end`.
    package var start: Int
    package var end: Int
    /// Of the passage, in its search.
    package var score: Double

    package enum CodingKeys: String, CodingKey {
        case number, title, page, section, quote, start, end, score
        case documentID = "document_id"
        case chunkID = "chunk_id"
        case pageLabel = "page_label"
    }

    /// Every field but the page's own name is there, null where there is nothing, so that scripts need not ask for it.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(number, forKey: .number)
        try container.encode(documentID, forKey: .documentID)
        try container.encode(chunkID, forKey: .chunkID)
        try container.encode(title, forKey: .title)
        try container.encode(page, forKey: .page)
        try container.encodeIfPresent(pageLabel, forKey: .pageLabel)
        try container.encode(section, forKey: .section)
        try container.encode(quote, forKey: .quote)
        try container.encode(start, forKey: .start)
        try container.encode(end, forKey: .end)
        try container.encode(score, forKey: .score)
    }
}
