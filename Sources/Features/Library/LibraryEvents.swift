import Events
import HTTPServing

/// What the library tells.
enum LibraryEvents {
    struct Deleted: APIType {
        var id: String
    }

    struct Progress: APIType {
        var id: String
        var status: Document.Status
        var progress: DocumentView.Progress
    }

    static let uploaded = EventKind("document.uploaded", "A document came in and waits to be read.", payload: DocumentView.self)
    static let processed = EventKind("document.processed", "A document was read and can be asked.", payload: DocumentView.self)
    static let failed = EventKind("document.failed", "A document cannot be read.", payload: DocumentView.self)
    static let cancelled = EventKind(
        "document.cancelled", "The reading of a document was stopped.", payload: DocumentView.self)
    static let updated = EventKind("document.updated", "A document's title or course changed.", payload: DocumentView.self)
    static let deleted = EventKind("document.deleted", "A document and all that was made of it are gone.", payload: Deleted.self)
    static let progress = EventKind(
        "document.progress", "How far the reading of a document is.", payload: Progress.self, isStored: false)
    static let all = [uploaded, processed, failed, cancelled, updated, deleted, progress]
}
