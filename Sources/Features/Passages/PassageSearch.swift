package import Ambient

package enum SearchMode: String, Sendable, Codable, CaseIterable {
    /// BM25 and cosine, fused.
    case hybrid
    case vector
    case keyword
}

/// Retrieval over a user's documents; Library implements it, Chat asks it.
package protocol PassageSearch: Sendable {
    /// The best passages first, at most `limit`.
    /// - Parameter documents: search only these; nil searches all that the user has.
    func passages(
        for query: String, mode: SearchMode, limit: Int, in documents: [DocumentID]?, user: UserID
    ) async throws -> [Passage]

    /// The passages of stretches, in order of document and place; their score is 0.
    func passages(in stretches: [PassageStretch], user: UserID) async throws -> [Passage]

    /// The sections of documents in their order; of all that the user has for nil.
    /// - Parameter limit: how many passages are looked at.
    func sections(of documents: [DocumentID]?, limit: Int, user: UserID) async throws
        -> [PassageSection]
}

/// Passages that follow one another in a document.
package struct PassageStretch: Sendable, Hashable {
    package var document: DocumentID
    /// Their places in the document, from 0.
    package var ordinals: Range<Int>

    package init(document: DocumentID, ordinals: Range<Int>) {
        self.document = document
        self.ordinals = ordinals
    }
}

/// A heading of a document, with the passages that stand below it.
package struct PassageSection: Sendable, Hashable {
    package var document: DocumentID
    /// The headings, outermost first; empty above the first heading.
    package var path: [String]
    package var ordinals: Range<Int>

    package init(document: DocumentID, path: [String], ordinals: Range<Int>) {
        self.document = document
        self.path = path
        self.ordinals = ordinals
    }
}
