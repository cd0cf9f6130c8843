import Ambient
import Courses
import Database
import FoundationEssentials

/// Notes in the database. Every statement names the user, since SQLite has no row-level security.
struct NoteStore: Sendable {
    private static let columns: SQL =
        "id, user_id, course_id, title, form, status, content, citations, base, map, wish, making, problem, version, job_id, created_at, updated_at"
    /// Characters of a note's beginning in a list.
    private static let excerpt = 240

    func insert(_ note: Note, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO notes (\(Self.columns)) VALUES (
                \(note.id), \(note.userID), \(note.courseID), \(note.title), \(note.form.rawValue), \(note.status.rawValue),
                \(note.content.text), \(try JSONColumn.text(note.content.citations)),
                \(try note.base.map { try JSONColumn.text($0) }), \(try note.map.map { try JSONColumn.text($0) }),
                \(try note.wish.map { try JSONColumn.text($0) }), \(try JSONColumn.text(note.making)), \(note.problem?.rawValue),
                \(note.version), \(note.jobID), \(note.createdAt), \(note.updatedAt))
            """)
    }

    /// - Parameter locking: holds the row until the end of the transaction, which is about to change it.
    func find(_ id: NoteID, user: UserID, locking: Bool = false, in transaction: any Transaction) async throws -> Note? {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        return try await transaction.first("SELECT \(Self.columns) FROM notes WHERE id = \(id) AND user_id = \(user)\(lock)")
            .map(Self.note)
    }

    /// What was changed last first.
    func list(
        course: CourseID?, user: UserID, offset: Int, limit: Int, in transaction: any Transaction
    ) async throws -> (notes: [NoteOverview], total: Int) {
        var condition: SQL = "user_id = \(user)"
        if let course { condition += " AND course_id = \(course)" }
        let total = try await transaction.first("SELECT count(*) AS total FROM notes WHERE \(condition)")
        let rows = try await transaction.query(
            """
            SELECT id, course_id, title, form, status, problem, version, substr(content, 1, \(Self.excerpt)) AS excerpt,
                created_at, updated_at
            FROM notes WHERE \(condition) ORDER BY updated_at DESC, id DESC LIMIT \(limit) OFFSET \(offset)
            """)
        return (try rows.map(Self.overview), try total?.get("total") ?? 0)
    }

    /// Of one person, oldest first.
    func ids(of user: UserID, in transaction: any Transaction) async throws -> [NoteID] {
        try await transaction.query("SELECT id FROM notes WHERE user_id = \(user) ORDER BY created_at, id").map { try $0.get("id") }
    }

    func update(_ note: Note, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE notes SET course_id = \(note.courseID), title = \(note.title), form = \(note.form.rawValue),
                status = \(note.status.rawValue), content = \(note.content.text),
                citations = \(try JSONColumn.text(note.content.citations)),
                base = \(try note.base.map { try JSONColumn.text($0) }), map = \(try note.map.map { try JSONColumn.text($0) }),
                wish = \(try note.wish.map { try JSONColumn.text($0) }), making = \(try JSONColumn.text(note.making)),
                problem = \(note.problem?.rawValue), version = \(note.version), job_id = \(note.jobID),
                updated_at = \(note.updatedAt)
            WHERE id = \(note.id) AND user_id = \(note.userID)
            """)
    }

    /// - Returns: whether there was one.
    func delete(_ id: NoteID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM notes WHERE id = \(id) AND user_id = \(user)") > 0
    }

    static func note(_ row: Row) throws -> Note {
        let (base, map, wish): (String?, String?, String?) = (
            try row.optional("base"), try row.optional("map"), try row.optional("wish")
        )
        let (form, status, problem) = try state(of: row)
        return Note(
            id: try row.get("id"), userID: try row.get("user_id"), courseID: try row.optional("course_id"),
            title: try row.get("title"), form: form, status: status,
            content: CitedContent(try row.get("content"), try JSONColumn.value(row.get("citations"))),
            base: try base.map { try JSONColumn.value($0) }, map: try map.map { try JSONColumn.value($0) },
            wish: try wish.map { try JSONColumn.value($0) }, making: try JSONColumn.value(row.get("making")), problem: problem,
            version: try row.get("version"), jobID: try row.optional("job_id"), createdAt: try row.get("created_at"),
            updatedAt: try row.get("updated_at"))
    }

    private static func overview(_ row: Row) throws -> NoteOverview {
        let (form, status, problem) = try state(of: row)
        return NoteOverview(
            id: try row.get("id"), courseID: try row.optional("course_id"), title: try row.get("title"), form: form,
            status: status, problem: problem, version: try row.get("version"), excerpt: try row.get("excerpt"),
            createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"))
    }

    private static func state(of row: Row) throws -> (NoteForm, Note.Status, NoteProblem?) {
        let (form, status, problem): (String, String, String?) = (
            try row.get("form"), try row.get("status"), try row.optional("problem")
        )
        guard let form = NoteForm(rawValue: form) else { throw DatabaseFailure(.decoding, "notes.form") }
        guard let status = Note.Status(rawValue: status) else { throw DatabaseFailure(.decoding, "notes.status") }
        return (form, status, problem.flatMap(NoteProblem.init))
    }
}
