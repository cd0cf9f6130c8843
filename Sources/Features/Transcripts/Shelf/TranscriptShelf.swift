package import Ambient
package import FoundationEssentials

/// Where a transcript becomes a document: the library, through a port.
package protocol TranscriptShelf: Sendable {
    /// Keeps subtitles as a document, or as the newest version of one.
    ///
    /// - Parameter document: that it was before; one that is there no more is made anew.
    /// - Returns: the document. The same subtitles again are the same document.
    func keep(_ subtitles: String, title: String, as document: UUID?, user: UserID) async throws -> UUID
}
