import Ambient
import Courses
import Database
import FoundationEssentials
import Passages

extension DocumentStore {
    /// A document as a row of `selected` tells it.
    static func document(_ row: Row) throws -> Document {
        let mediaType: String = try row.get("media_type")
        guard let format = DocumentFormat(mediaType: mediaType) else {
            throw DatabaseFailure(.decoding, "unknown media type \(mediaType)")
        }
        let (status, stage): (String, String) = (try row.get("status"), try row.get("stage"))
        guard let status = Document.Status(rawValue: status), let stage = Document.Stage(rawValue: stage) else {
            throw DatabaseFailure(.decoding, "unknown status \(status) or stage \(stage)")
        }
        let code: String? = try row.optional("problem_code")
        let isCancelled = status == .failed && code == Document.Problem.cancelled.code
        let job: Identifier<Never>? = try row.optional("job_id")
        let head: DocumentID? = try row.optional("edition_of")
        let kind: String? = try row.optional("edition")
        let edition = head.flatMap { head in
            kind.flatMap { Edition.Kind(rawValue: $0) }.map { Edition(kind: $0, document: head) }
        }
        return Document(
            id: try row.get("id"), userID: try row.get("user_id"), title: try row.get("title"),
            isTitleChosen: try row.get("is_title_chosen"), courseID: try row.optional("course_id"),
            subject: try row.optional("subject"),
            filename: try row.get("filename"),
            format: format, charset: try row.optional("charset"), size: try row.get("size"), sha256: try row.get("sha256"),
            status: isCancelled ? .cancelled : status,
            progress: .init(stage, done: try row.get("done"), total: try row.get("total")),
            stages: try JSONColumn.value(row.get("stages")), isPaged: try row.get("is_paged"),
            pageCount: try row.optional("page_count"), chunkCount: try row.optional("chunk_count"),
            problem: try isCancelled ? nil : code.map { Document.Problem(code: $0, message: try row.get("problem_message")) },
            jobID: job?.uuid,
            notes: try JSONColumn.value(row.get("notes")), metadata: try JSONColumn.value(row.get("metadata")),
            labels: try JSONColumn.value(row.get("page_labels")),
            embeddingModel: try row.optional("embedding_model"), edition: edition, version: try row.get("version"),
            versionAt: try row.optional("version_at"), revision: try row.get("revision"),
            createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"))
    }
}
