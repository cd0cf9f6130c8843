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

    // MARK: - The way to completed

    func setJob(_ job: UUID, of id: DocumentID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE documents SET job_id = \(Identifier<Never>(job)) WHERE id = \(id)")
    }

    /// Back to the start of what is left to do.
    func setPending(_ id: DocumentID, now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE documents SET status = 'pending', stage = 'waiting', done = 0, total = 0, problem_code = NULL, problem_message = NULL,
                updated_at = \(now) WHERE id = \(id)
            """)
    }

    /// One that is completed gets new vectors, and is read meanwhile as it is.
    func setProgress(
        _ progress: Document.Progress, stages: StageLog, of id: DocumentID, now: Date, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE documents SET status = CASE WHEN status = 'completed' THEN status ELSE 'processing' END, stage = \(progress.stage.rawValue), done = \(progress.done),
                total = \(progress.total), stages = \(try JSONColumn.text(stages)), updated_at = \(now) WHERE id = \(id)
            """)
    }

    /// With `Document.Problem.cancelled` it is stopped.
    func setFailed(
        _ id: DocumentID, _ problem: Document.Problem, stages: StageLog, now: Date, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE documents SET status = 'failed', problem_code = \(problem.code), problem_message = \(problem.message),
                stages = \(try JSONColumn.text(stages)), updated_at = \(now) WHERE id = \(id)
            """)
    }

    func setCompleted(_ id: DocumentID, model: String, stages: StageLog, now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE documents SET status = 'completed', stage = 'completed', done = chunk_count, total = chunk_count,
                embedding_model = \(model), revision = revision + 1, stages = \(try JSONColumn.text(stages)), updated_at = \(now)
            WHERE id = \(id)
            """)
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

    /// Records what extraction found. The title gives way to one that the student chose meanwhile.
    func setExtracted(
        _ id: DocumentID, _ extracted: ExtractedDocument, title: String?, metadata: DocumentMetadata, now: Date,
        in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE documents SET is_paged = \(extracted.isPaged), page_count = \(extracted.pages.count),
                charset = \(extracted.charset), notes = \(try JSONColumn.text(extracted.notes)),
                metadata = \(try JSONColumn.text(metadata)), page_labels = \(try JSONColumn.text(extracted.labels)), updated_at = \(now)
            WHERE id = \(id)
            """)
        if let title {
            try await transaction.execute(
                "UPDATE documents SET title = \(title) WHERE id = \(id) AND is_title_chosen = \(false)")
        }
    }

    func setMetadata(_ metadata: DocumentMetadata, of id: DocumentID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE documents SET metadata = \(try JSONColumn.text(metadata)) WHERE id = \(id)")
    }

    /// Sets a title that was found in the text.
    func setTitle(_ title: String, of id: DocumentID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE documents SET title = \(title) WHERE id = \(id) AND is_title_chosen = \(false)")
    }

    func setNotes(_ notes: [ReadingNote], of id: DocumentID, now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE documents SET notes = \(try JSONColumn.text(notes)), updated_at = \(now) WHERE id = \(id)")
    }

    func setChunked(_ id: DocumentID, chunkCount: Int, now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE documents SET chunk_count = \(chunkCount), updated_at = \(now) WHERE id = \(id)")
    }

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
