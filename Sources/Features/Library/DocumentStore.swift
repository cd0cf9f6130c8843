import Ambient
import Courses
import Database
import FoundationEssentials
import Passages

/// Documents in the database. Every statement names the user, since SQLite has no row-level security.
struct DocumentStore: Sendable {
    /// What a list is narrowed to and ordered by.
    struct Filter: Sendable {
        var reach = Reach.own
        /// Which documents of others those are, so that nobody else's are looked at.
        var others: [DocumentID] = []
        /// These alone; nil for all.
        var only: [DocumentID]?
        var status: Document.Status?
        /// Where they lie.
        var filing: DocumentFiling?
        /// Part of the title or of the file's name.
        var text: String?
        var order: Order = .newest
    }

    /// Whose documents are listed.
    enum Reach: Sendable, Hashable {
        case own
        /// Those of others that the person may read. For a transaction of the system, as `all` is.
        case shared
        case all
    }

    enum Order: String, Sendable, CaseIterable {
        case newest = "-created_at"
        case oldest = "created_at"
        case title
        case titleBackwards = "-title"
        case updated = "-updated_at"
        case kind
        case kindBackwards = "-kind"
        case size
        case sizeBackwards = "-size"

        func sql(_ dialect: Dialect) -> SQL {
            let title = dialect.folded("title")
            return switch self {
            case .newest: "created_at DESC, id DESC"
            case .oldest: "created_at, id"
            case .title: "\(title), id"
            case .titleBackwards: "\(title) DESC, id DESC"
            case .updated: "updated_at DESC, id DESC"
            case .kind: "media_type, \(title), id"
            case .kindBackwards: "media_type DESC, \(title), id"
            case .size: "size, id"
            case .sizeBackwards: "size DESC, id DESC"
            }
        }
    }

    private static let columns: SQL = """
        id, user_id, title, is_title_chosen, course_id, filename, media_type, charset, size, sha256, status, stage, done, total, is_paged, \
        page_count, chunk_count, problem_code, problem_message, job_id, embedding_model, revision, created_at, updated_at
        """
    /// What `document` reads: an edition's digest stands apart, see `EditionStore`.
    static let selected: SQL = """
        id, user_id, title, is_title_chosen, course_id, filename, media_type, charset, size, coalesce(file, sha256) AS sha256, status, \
        stage, done, total, is_paged, page_count, chunk_count, problem_code, problem_message, job_id, embedding_model, revision, \
        created_at, updated_at, edition_of, edition, version, version_at, notes, stages, metadata, page_labels, \
         (SELECT c.name FROM courses c WHERE c.id = documents.course_id) AS subject
        """

    /// Adds a document. Returns false, and adds nothing, if the user has one with the same content.
    func insert(_ document: Document, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            """
            INSERT INTO documents (\(Self.columns)) VALUES (
                \(document.id), \(document.userID), \(document.title), \(document.isTitleChosen), \(document.courseID),
                \(document.filename), \(document.format.mediaType), \(document.charset), \(document.size), \(document.sha256),
                \(document.status.rawValue),
                \(document.progress.stage.rawValue), \(document.progress.done), \(document.progress.total), \(document.isPaged),
                \(document.pageCount), \(document.chunkCount), NULL, NULL, \(document.jobID.map(Identifier<Never>.init)),
                \(document.embeddingModel), \(document.revision), \(document.createdAt), \(document.updatedAt))
            ON CONFLICT (user_id, sha256) DO NOTHING
            """) > 0
    }

    func find(_ id: DocumentID, user: UserID, in transaction: any Transaction) async throws -> Document? {
        try await transaction.first("SELECT \(Self.selected) FROM documents WHERE id = \(id) AND user_id = \(user)").map(
            Self.document)
    }

    /// For jobs, which act for nobody.
    func find(_ id: DocumentID, in transaction: any Transaction) async throws -> Document? {
        try await transaction.first("SELECT \(Self.selected) FROM documents WHERE id = \(id)").map(Self.document)
    }

    func find(sha256: String, user: UserID, in transaction: any Transaction) async throws -> Document? {
        try await transaction.first("SELECT \(Self.selected) FROM documents WHERE sha256 = \(sha256) AND user_id = \(user)")
            .map(Self.document)
    }

    func list(
        _ filter: Filter, user: UserID, offset: Int, limit: Int, in transaction: any Transaction
    ) async throws -> (documents: [Document], total: Int) {
        let own: SQL = "user_id = \(user) AND edition_of IS NULL"
        var condition: SQL =
            switch filter.reach {
            case .own: own
            case .shared: "id IN \(list: filter.others) AND \(DocumentAccess.readable(by: user))"
            case .all: "(\(own) OR id IN \(list: filter.others) AND \(DocumentAccess.readable(by: user)))"
            }
        if let only = filter.only { condition += " AND id IN \(list: only)" }
        if let status = filter.status { condition += " AND \(Self.has(status))" }
        switch filter.filing {
        case .course(let course): condition += " AND course_id = \(course)"
        case .named(let name):
            condition += " AND course_id IN (SELECT id FROM courses WHERE user_id = \(user) AND name_key = \(name.key))"
        case .nowhere: condition += " AND course_id IS NULL"
        case nil: break
        }
        if let text = filter.text {
            let dialect = transaction.dialect
            condition += " AND (\(dialect.contains(text, in: "title")) OR \(dialect.contains(text, in: "filename")))"
        }
        let total = try await transaction.first("SELECT count(*) AS total FROM documents WHERE \(condition)")
        let rows = try await transaction.query(
            """
            SELECT \(Self.selected) FROM documents WHERE \(condition) ORDER BY \(filter.order.sql(transaction.dialect)) LIMIT \(limit) OFFSET \(offset)
            """)
        return (try rows.map(Self.document), try total?.get("total") ?? 0)
    }

    /// Everything of one user, with old versions, the oldest first.
    func all(of user: UserID, in transaction: any Transaction) async throws -> [Document] {
        try await transaction.query("SELECT \(Self.selected) FROM documents WHERE user_id = \(user) ORDER BY id").map(Self.document)
    }

    /// Removes everything of one user; returns the digests of the files.
    func deleteAll(of user: UserID, in transaction: any Transaction) async throws -> [String] {
        // Asked before: what goes with a document that is deleted is not returned.
        let digests = try await transaction.query(
            "SELECT coalesce(file, sha256) AS sha256 FROM documents WHERE user_id = \(user)")
        try await transaction.execute("DELETE FROM documents WHERE user_id = \(user)")
        return try digests.map { try $0.get("sha256") }
    }

    /// Documents that no job has finished, or whose vectors are of another model than `model`.
    func unfinished(model: String, in transaction: any Transaction) async throws -> [Document] {
        try await transaction.query(
            """
            SELECT \(Self.selected) FROM documents
            WHERE status IN ('pending', 'processing') OR status = 'completed' AND embedding_model <> \(model) AND edition_of IS NULL ORDER BY id
            """
        ).map(Self.document)
    }

    /// Documents with pages that are pictures which nobody has read, and no job that will.
    func withUnreadPages(in transaction: any Transaction) async throws -> [Document] {
        try await transaction.query(
            """
            SELECT \(Self.selected) FROM documents WHERE status = 'failed' AND problem_code = 'no_recognition'
                OR status = 'completed' AND edition IS NULL AND id IN (SELECT document_id FROM page_pictures WHERE result IS NULL)
            ORDER BY id
            """
        ).map(Self.document)
    }

    /// Sets the title that the student chose.
    func rename(_ id: DocumentID, title: String, now: Date, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE documents SET title = \(title), is_title_chosen = \(true), updated_at = \(now)
            WHERE id = \(id) AND user_id = \(user)
            """)
    }

    /// Removes a document and all that is made of it.
    func delete(_ id: DocumentID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM documents WHERE id = \(id) AND user_id = \(user)")
    }

    /// Whether any document of any user has this content.
    func isReferenced(_ sha256: String, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first("SELECT 1 AS one FROM documents WHERE sha256 = \(sha256) OR file = \(sha256) LIMIT 1") != nil
    }

    /// Which of these contents documents of any user have.
    func referenced(of digests: [String], in transaction: any Transaction) async throws -> Set<String> {
        guard !digests.isEmpty else { return [] }
        let rows = try await transaction.query(
            """
            SELECT sha256 FROM documents WHERE sha256 IN \(list: digests)
            UNION SELECT file FROM documents WHERE file IN \(list: digests)
            """)
        return try rows.reduce(into: []) { $0.insert(try $1.get("sha256")) }
    }

    /// Keeps other transactions that add or remove this content waiting until the end of this one, which must be one that writes.
    ///
    /// Every statement after it sees what they committed.
    func lockContent(_ sha256: String, in transaction: any Transaction) async throws {
        // SQLite's write transactions exclude each other by themselves.
        guard transaction.dialect == .postgres else { return }
        // Of 256 bits 64 are enough: contents that share them wait for each other, no more.
        let key = Int64(bitPattern: UInt64(sha256.prefix(16), radix: 16) ?? 0)
        _ = try await transaction.query("SELECT pg_advisory_xact_lock(CAST(\(key) AS bigint))")
    }

    /// Has the documents read on that came from another installation, now that their passages came too.
    ///
    /// - Returns: them.
    func settleArrived(of user: UserID, in transaction: any Transaction) async throws -> [DocumentID] {
        let ids: [DocumentID] = try await transaction.query(
            "SELECT id FROM documents WHERE user_id = \(user) AND status = 'failed' AND problem_code = \(Document.Problem.arriving.code)"
        ).map { try $0.get("id") }
        try await transaction.execute(
            """
            UPDATE documents SET chunk_count = (SELECT count(*) FROM chunks c WHERE c.document_id = documents.id)
            WHERE user_id = \(user) AND edition = \(Edition.Kind.past.rawValue) AND chunk_count IS NULL
            """)
        for batch in ids.batches(of: 200) {
            try await transaction.execute(
                """
                UPDATE documents SET status = 'pending', problem_code = NULL, problem_message = NULL,
                    chunk_count = NULLIF((SELECT count(*) FROM chunks c WHERE c.document_id = documents.id), 0)
                WHERE user_id = \(user) AND id IN \(list: Array(batch))
                """)
        }
        return ids
    }

    /// A document that was stopped is kept as one that failed of it: SQLite could learn another status only by making the table anew.
    private static func has(_ status: Document.Status) -> SQL {
        let cancelled = Document.Problem.cancelled.code
        return switch status {
        case .failed: "(status = 'failed' AND problem_code <> \(cancelled))"
        case .cancelled: "(status = 'failed' AND problem_code = \(cancelled))"
        case .pending, .processing, .completed: "status = \(status.rawValue)"
        }
    }
}
