import Ambient
package import FoundationEssentials

/// A document as the API and the events show it.
package struct DocumentView: Codable, Sendable, Hashable {
    package struct Progress: Codable, Sendable, Hashable {
        package var stage: Document.Stage
        package var done: Int
        package var total: Int
    }

    package struct Problem: Codable, Sendable, Hashable {
        package var code: String
        package var message: String
    }

    package var id: String
    package var title: String
    package var subject: String?
    package var filename: String
    package var mediaType: String
    package var size: Int
    package var sha256: String
    package var status: Document.Status
    package var progress: Progress
    package var pageCount: Int?
    package var chunkCount: Int?
    package var hasPages: Bool
    package var error: Problem?
    package var jobID: String?
    package var createdAt: Date
    package var updatedAt: Date
    /// In the answer to an upload: the same file was there already.
    package var duplicate: Bool?

    package enum CodingKeys: String, CodingKey {
        case id, title, subject, filename, size, sha256, status, progress, error, duplicate
        case mediaType = "media_type"
        case pageCount = "page_count"
        case chunkCount = "chunk_count"
        case hasPages = "has_pages"
        case jobID = "job_id"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    package init(_ document: Document, isDuplicate: Bool? = nil) {
        id = document.id.description
        title = document.title
        subject = document.subject
        filename = document.filename
        mediaType = document.format.mediaType
        size = document.size
        sha256 = document.sha256
        status = document.status
        progress = Progress(stage: document.progress.stage, done: document.progress.done, total: document.progress.total)
        pageCount = document.pageCount
        chunkCount = document.chunkCount
        hasPages = document.isPaged
        error = document.problem.map { Problem(code: $0.code, message: $0.message) }
        jobID = document.jobID?.uuidString.lowercased()
        createdAt = document.createdAt
        updatedAt = document.updatedAt
        duplicate = isDuplicate
    }
}
