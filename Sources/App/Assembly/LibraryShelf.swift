package import Ambient
import Courses
package import FoundationEssentials
package import Library
import Passages
import Transcripts

/// The library as the place where transcripts become documents.
package struct LibraryShelf: TranscriptShelf {
    private let library: LibraryService

    package init(library: LibraryService) { self.library = library }

    package func keep(_ subtitles: String, title: String, as document: UUID?, course: UUID?, user: UserID) async throws
        -> UUID
    {
        // One that the student deleted meanwhile is made anew.
        var replaced: DocumentID?
        if let document { replaced = try? await library.document(DocumentID(document), user: user).id }
        let parts = AsyncStream<[UInt8]> { parts in
            parts.yield(Array(subtitles.utf8))
            parts.finish()
        }
        // A course that was given up is none.
        let found = await library.hasCourse(course.map { CourseID($0) }, user: user)
        let filing = found.map { DocumentFiling.course($0) } ?? .nowhere
        let kept = try await library.upload(Upload(filename: "\(title).vtt", parts: parts), user: user) {
            UploadDescription(title: title, filing: filing, replaces: replaced)
        }
        guard let replaced else { return kept.document.id.uuid }
        // It moves to another course with its recording.
        if found != nil { _ = try await library.update(replaced, title: nil, filing: filing, user: user) }
        return replaced.uuid
    }

    package func terms(ofCourse course: UUID, user: UserID) async throws -> [String] {
        try await library.rareWords(of: CourseID(course), user: user)
    }

    package func pages(of document: UUID, user: UserID) async throws -> [String]? {
        guard (try? await library.document(DocumentID(document), user: user)) != nil else { return nil }
        return try await library.pages(DocumentID(document), offset: 0, limit: 2_000, user: user).pages.map(\.text)
    }
}
