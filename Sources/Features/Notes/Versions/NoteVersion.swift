package import FoundationEssentials

/// What a note said once.
package struct NoteVersion: Sendable, Hashable {
    package enum Origin: String, Sendable, Codable, CaseIterable {
        /// Begun by hand.
        case written
        case edited
        /// Made of documents.
        case made
        /// Brought back from before.
        case restored
    }

    package var number: Int
    package var title: String
    package var content: CitedContent
    package var origin: Origin
    /// Which window it was edited in: what is typed there in one sitting is one version.
    package var editor: String?
    /// When the sitting began.
    package var begunAt: Date
    package var createdAt: Date
}
