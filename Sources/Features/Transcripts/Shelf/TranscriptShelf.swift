package import Ambient
package import FoundationEssentials

/// The library, through a port: where a transcript becomes a document, and what it knows of what is said.
package protocol TranscriptShelf: Sendable {
    /// Keeps subtitles as a document, or as the newest version of one.
    ///
    /// - Parameters:
    ///   - document: that it was before; one that is there no more is made anew.
    ///   - course: that it goes to; one that is there no more is none.
    /// - Returns: the document. The same subtitles again are the same document.
    func keep(_ subtitles: String, title: String, as document: UUID?, course: UUID?, user: UserID) async throws -> UUID

    /// Rare words of a course's documents, which are likely to be said in its lectures; those that tell most first.
    func terms(ofCourse course: UUID, user: UserID) async throws -> [String]

    /// The texts of a document's pages, in order; nil where there is none.
    func pages(of document: UUID, user: UserID) async throws -> [String]?
}
