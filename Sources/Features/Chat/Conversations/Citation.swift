package import Library

/// What one `[number]` of an answer points to.
package struct Citation: Codable, Sendable, Hashable {
    /// From 1, in the order of first use.
    package var number: Int
    package var documentID: DocumentID
    package var chunkID: ChunkID
    /// The document's title.
    package var title: String
    /// Where the passage begins, from 1; nil where the document has no pages.
    package var page: Int?
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
    }
}
