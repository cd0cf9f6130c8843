package import Ambient
package import FoundationEssentials
package import Library
import Passages
import Transcripts

/// The library as the place where transcripts become documents.
package struct LibraryShelf: TranscriptShelf {
    private let library: LibraryService

    package init(library: LibraryService) { self.library = library }

    package func keep(_ subtitles: String, title: String, as document: UUID?, user: UserID) async throws -> UUID {
        // One that the student deleted meanwhile is made anew.
        var replaced: DocumentID?
        if let document { replaced = try? await library.document(DocumentID(document), user: user).id }
        let parts = AsyncStream<[UInt8]> { parts in
            parts.yield(Array(subtitles.utf8))
            parts.finish()
        }
        let kept = try await library.upload(Upload(filename: "\(title).vtt", parts: parts), user: user) {
            UploadDescription(title: title, replaces: replaced)
        }
        return (replaced ?? kept.document.id).uuid
    }
}
