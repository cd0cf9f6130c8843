import Ambient
import Database
import FoundationEssentials
package import Passages

/// What makes a row of the table of documents something else than a document of the student's: another state of one.
package struct Edition: Sendable, Hashable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// It is being read, and takes the document's place when it is ready.
        case draft
        /// It was the document's text once; what cited it still opens it.
        case past
    }

    package let kind: Kind
    /// The document whose state it is.
    package let document: DocumentID
}

/// The editions of documents in the database.
///
/// An edition is a row of `documents` with content of its own, so that all that reads and makes content serves it too. The table takes
/// each content of a student once; an edition's row has its id in place of the digest there, and the digest in `file`.
struct EditionStore: Sendable {
    /// Tables whose rows go with the text from the document to its past, and from the draft to the document.
    static let moved = ["document_pages", "chunks", "page_pictures"]
    /// Tables that serve the search alone: a past edition has none.
    static let searched = [
        "chunk_vectors", "vector_parts", "other_chunk_vectors", "other_vector_parts", "keyword_places",
    ]
    /// Tables of what is the document's, whatever its text.
    static let kept = ["document_shares", "document_shares_of_classes"]

    /// Adds a draft of a document: of its own file or of another.
    func insertDraft(_ draft: Document, of head: DocumentID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO documents (
                id, user_id, title, is_title_chosen, filename, media_type, charset, size, sha256, status, stage, done, total, is_paged,
                revision, created_at, updated_at, edition_of, edition, version, file)
            VALUES (
                \(draft.id), \(draft.userID), \(draft.title), \(draft.isTitleChosen), \(draft.filename), \(draft.format.mediaType),
                \(draft.charset), \(draft.size), \(draft.id.description), 'pending', 'waiting', 0, 0, \(false), 0, \(draft.createdAt),
                \(draft.updatedAt), \(head), \(Edition.Kind.draft.rawValue), \(draft.version), \(draft.sha256))
            """)
    }

    /// Makes a document that stands for itself a draft of another; what was made of it is kept.
    func makeDraft(_ id: DocumentID, of head: DocumentID, version: Int, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE documents SET edition_of = \(head), edition = \(Edition.Kind.draft.rawValue), version = \(version), course_id = NULL,
                file = sha256, sha256 = \(id.description) WHERE id = \(id)
            """)
    }

    /// The drafts of documents: of each one at most.
    func drafts(of heads: [DocumentID], in transaction: any Transaction) async throws -> [Document] {
        try await list("edition_of IN \(list: heads) AND edition = \(Edition.Kind.draft.rawValue)", in: transaction)
    }

    func draft(of head: DocumentID, in transaction: any Transaction) async throws -> Document? {
        try await drafts(of: [head], in: transaction).first
    }

    /// What the document was, the latest first.
    func past(of head: DocumentID, in transaction: any Transaction) async throws -> [Document] {
        try await list("edition_of = \(head) AND edition = \(Edition.Kind.past.rawValue)", in: transaction).reversed()
    }

    /// The documents whose editions these are.
    func heads(of editions: [Document], in transaction: any Transaction) async throws -> [Document] {
        let ids = Set(editions.compactMap(\.edition?.document)).sorted()
        return ids.isEmpty ? [] : try await list("id IN \(list: ids)", in: transaction)
    }

    /// The number that the next version of a document has.
    func nextVersion(of head: DocumentID, in transaction: any Transaction) async throws -> Int {
        let row = try await transaction.first(
            "SELECT max(version) AS last FROM documents WHERE id = \(head) OR edition_of = \(head)")
        return (try row?.optional("last") ?? 0) + 1
    }

    /// The past edition that a passage stands in.
    func edition(of head: DocumentID, with chunk: ChunkID, user: UserID, in transaction: any Transaction) async throws
        -> DocumentID?
    {
        try await transaction.first(
            """
            SELECT d.id AS id FROM chunks c JOIN documents d ON d.id = c.document_id
            WHERE c.id = \(chunk) AND d.edition_of = \(head) AND d.user_id = \(user)
            """
        ).map { try $0.get("id") }
    }

    /// Another document of the student's, in the same course or in none like this, that has its title or its file's name.
    func twin(of document: Document, in transaction: any Transaction) async throws -> Document? {
        let dialect = transaction.dialect
        let course: SQL = document.courseID.map { "course_id = \($0)" } ?? "course_id IS NULL"
        let rows = try await transaction.query(
            """
            SELECT id FROM documents
            WHERE user_id = \(document.userID) AND id <> \(document.id) AND edition_of IS NULL AND \(course)
            AND (\(dialect.folded("title")) = \(document.title.lowercased()) OR \(dialect.folded("filename")) = \(document.filename.lowercased()))
            ORDER BY created_at DESC, id DESC LIMIT 1
            """)
        guard let id: DocumentID = try rows.first?.get("id") else { return nil }
        return try await DocumentStore().find(id, user: document.userID, in: transaction)
    }

    /// Puts a draft that is ready in the document's place. What the document was is kept as a past edition, under `past`.
    ///
    /// The index of words and the parts of vectors are the caller's to make.
    func swap(
        _ draft: Document, into head: Document, past: DocumentID, model: SearchModel, stages: StageLog, now: Date,
        in transaction: any Transaction
    ) async throws {
        if head.status == .completed {
            try await insertPast(head, as: past, now: now, in: transaction)
            try await move(from: head.id, to: past, in: transaction)
        } else {
            for table in Self.moved { try await clear(table, of: head.id, in: transaction) }
        }
        for table in Self.searched {
            try await clear(table, of: head.id, in: transaction)
            if table != model.tables.chunks { try await clear(table, of: draft.id, in: transaction) }
        }
        try await move(from: draft.id, to: head.id, in: transaction)
        try await transaction.execute(
            "UPDATE \(unsafe: model.tables.chunks) SET document_id = \(head.id) WHERE document_id = \(draft.id)")
        try await transaction.execute("DELETE FROM documents WHERE id = \(draft.id)")
        // The same file read again may have a better title; another file is still the same document.
        let title = draft.version == head.version && !head.isTitleChosen ? draft.title : head.title
        let job = draft.jobID.map(Identifier<Never>.init)
        try await transaction.execute(
            """
            UPDATE documents SET
                title = \(title), filename = \(draft.filename), media_type = \(draft.format.mediaType), charset = \(draft.charset),
                size = \(draft.size), sha256 = \(draft.sha256), is_paged = \(draft.isPaged), page_count = \(draft.pageCount),
                chunk_count = \(draft.chunkCount), notes = \(try JSONColumn.text(draft.notes)),
                metadata = \(try JSONColumn.text(draft.metadata)), page_labels = \(try JSONColumn.text(draft.labels)), problem_code = NULL,
                problem_message = NULL, job_id = \(job), version = \(draft.version),
                version_at = \(draft.version == head.version ? head.versionAt : draft.createdAt)
            WHERE id = \(head.id)
            """)
        try await DocumentStore().setCompleted(head.id, model: model.serving, stages: stages, now: now, in: transaction)
    }

    private func insertPast(_ head: Document, as id: DocumentID, now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO documents (
                id, user_id, title, is_title_chosen, filename, media_type, charset, size, sha256, status, stage, done, total, is_paged,
                page_count, chunk_count, embedding_model, revision, created_at, updated_at, notes, metadata, page_labels, stages, edition_of,
                edition, version, file)
            SELECT
                \(id), user_id, title, is_title_chosen, filename, media_type, charset, size, \(id.description), status, stage, done, total,
                is_paged, page_count, chunk_count, embedding_model, revision, coalesce(version_at, created_at), \(now), notes, metadata, page_labels, stages, id,
                \(Edition.Kind.past.rawValue), version, sha256
            FROM documents WHERE id = \(head.id)
            """)
    }

    private func move(from old: DocumentID, to new: DocumentID, in transaction: any Transaction) async throws {
        for table in Self.moved {
            try await transaction.execute("UPDATE \(unsafe: table) SET document_id = \(new) WHERE document_id = \(old)")
        }
    }

    private func clear(_ table: String, of id: DocumentID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM \(unsafe: table) WHERE document_id = \(id)")
    }

    /// In the order of their versions, and of when they came.
    private func list(_ condition: SQL, in transaction: any Transaction) async throws -> [Document] {
        try await transaction.query(
            "SELECT \(DocumentStore.selected) FROM documents WHERE \(condition) ORDER BY version, updated_at, id"
        ).map(DocumentStore.document)
    }
}
