import Ambient
import Database
import FoundationEssentials

/// Versions of notes in the database.
struct NoteVersionStore: Sendable {
    /// Edited ones beyond so many are forgotten, the oldest first; what was made or begun is kept.
    static let most = 200

    private static let columns: SQL = "version, title, content, citations, origin, editor, begun_at, created_at"

    func insert(_ version: NoteVersion, of note: NoteID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO note_versions (note_id, user_id, \(Self.columns)) VALUES (
                \(note), \(user), \(version.number), \(version.title), \(version.content.text),
                \(try JSONColumn.text(version.content.citations)), \(version.origin.rawValue), \(version.editor),
                \(version.begunAt), \(version.createdAt))
            """)
        try await transaction.execute(
            """
            DELETE FROM note_versions WHERE note_id = \(note) AND user_id = \(user) AND origin = 'edited'
                AND version <= \(version.number - Self.most)
            """)
    }

    func remove(_ number: Int, of note: NoteID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "DELETE FROM note_versions WHERE note_id = \(note) AND version = \(number) AND user_id = \(user)")
    }

    func find(_ number: Int, of note: NoteID, user: UserID, in transaction: any Transaction) async throws -> NoteVersion? {
        try await transaction.first(
            "SELECT \(Self.columns) FROM note_versions WHERE note_id = \(note) AND version = \(number) AND user_id = \(user)"
        ).map(Self.version)
    }

    /// The newest first, each with no more than its beginning.
    func list(of note: NoteID, user: UserID, in transaction: any Transaction) async throws -> [NoteVersion] {
        try await transaction.query(
            """
            SELECT version, title, substr(content, 1, 240) AS content, '[]' AS citations, origin, editor, begun_at, created_at
            FROM note_versions WHERE note_id = \(note) AND user_id = \(user) ORDER BY version DESC
            """
        ).map(Self.version)
    }

    static func version(_ row: Row) throws -> NoteVersion {
        let origin: String = try row.get("origin")
        guard let origin = NoteVersion.Origin(rawValue: origin) else { throw DatabaseFailure(.decoding, "note_versions.origin") }
        return NoteVersion(
            number: try row.get("version"), title: try row.get("title"),
            content: CitedContent(try row.get("content"), try JSONColumn.value(row.get("citations"))), origin: origin,
            editor: try row.optional("editor"), begunAt: try row.get("begun_at"), createdAt: try row.get("created_at"))
    }
}
