import Ambient
package import FoundationEssentials
package import HTTPServing
import Passages

extension DocumentView {
    /// What is about to become of a document: another file, or its own read anew. Until then the document stays as it is.
    package struct UpdateView: Codable, Sendable, Hashable {
        package var id: String
        /// The document's own number where its file is read anew.
        package var version: Int
        package var filename: String
        package var status: Document.Status
        package var progress: Progress
        package var stages: [StageView]
        package var placeInLine: Int?
        package var error: Problem?
        package var createdAt: Date

        package enum CodingKeys: String, CodingKey {
            case id, version, filename, status, progress, stages, error
            case placeInLine = "place_in_line"
            case createdAt = "created_at"
        }

        init(_ draft: DocumentView) {
            (id, version, filename, status) = (draft.id, draft.version, draft.filename, draft.status)
            (progress, stages, placeInLine) = (draft.progress, draft.stages, draft.placeInLine)
            (error, createdAt) = (draft.error, draft.createdAt)
        }
    }

    /// In the answer to an upload: a document that has the same title or file name, which the new one could replace.
    package struct TwinView: Codable, Sendable, Hashable {
        package var id: String
        package var title: String
        package var version: Int
    }
}

extension DocumentView.UpdateView: APIType {
    package static var schemaName: String { "DocumentUpdate" }
    package static var constraints: [Constraint<Self>] {
        [
            .describe("id", "Its own: it is stopped, tried again and given up like a document."),
            .describe("version", "What the document will be; its own number where the same file is read anew."),
            .describe("error", "Why it failed; the document stays as it was."),
        ]
    }
}

extension DocumentView.TwinView: APIType { package static var schemaName: String { "DocumentTwin" } }

/// The versions of a document, the newest first.
struct VersionList: APIType {
    var data: [DocumentView]
}

/// A document that becomes a version of another.
struct NewVersion: APIType {
    var documentID: DocumentID

    enum CodingKeys: String, CodingKey { case documentID = "document_id" }

    static var constraints: [Constraint<NewVersion>] {
        [
            .describe(
                "document_id",
                "A document of yours, brought on its own; it is gone as such, and is the newest version when it is ready.")
        ]
    }
}
