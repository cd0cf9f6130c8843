import Ambient
package import Passages

/// Where a card was taken from: what a citation of an answer names, so that the reader opens it in the same way.
package struct CardSource: Sendable, Hashable, Codable {
    package var documentID: DocumentID
    package var chunkID: ChunkID?
    /// From 1; nil where the document has no pages.
    package var page: Int?
    /// Milliseconds into a recording.
    package var startMs: Int?
    /// The words themselves.
    package var quote: String?
    /// The document's title when the card was made.
    package var title: String?

    package init(
        documentID: DocumentID, chunkID: ChunkID? = nil, page: Int? = nil, startMs: Int? = nil, quote: String? = nil,
        title: String? = nil
    ) {
        self.documentID = documentID
        self.chunkID = chunkID
        self.page = page
        self.startMs = startMs
        self.quote = quote
        self.title = title
    }

    package enum CodingKeys: String, CodingKey {
        case page, quote, title
        case documentID = "document_id"
        case chunkID = "chunk_id"
        case startMs = "start_ms"
    }
}
