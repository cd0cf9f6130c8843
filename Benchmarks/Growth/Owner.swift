import Accounts
import Ambient
import Courses
import Database
import Events
import FoundationEssentials
import Jobs
import Library
import Passages

/// Somebody with documents: the rows that a search needs of them.
enum Owner {
    static func migrate(_ database: any Database) async throws {
        let all =
            EventsMigrations.all + JobsMigrations.all + AccountsMigrations.all + CoursesMigrations.all
            + LibraryMigrations.all
        try await Migrator(database: database).apply(all)
    }

    static func make(in transaction: any Transaction) async throws -> UserID {
        let user = UserID(UUIDv7.make(at: Date()))
        let text = "\(user)"
        try await transaction.execute(
            """
            INSERT INTO users (id, email, email_key, display_name, role, password_hash, created_at, password_changed_at)
            VALUES (\(user), \(text), \(text), 'Somebody', 'student', '', \(Date()), \(Date()))
            """)
        return user
    }

    /// A document with so many chunks, whose texts are of no matter. Returns it and their ids.
    static func document(
        chunks count: Int, of user: UserID, model: String, in transaction: any Transaction
    ) async throws -> (DocumentID, [ChunkID]) {
        let document = DocumentID(UUIDv7.make(at: Date()))
        try await transaction.execute(
            """
            INSERT INTO documents (id, user_id, title, is_title_chosen, filename, media_type, size, sha256, status, stage, done, total,
                is_paged, chunk_count, embedding_model, revision, created_at, updated_at)
            VALUES (\(document), \(user), 'Notes', \(false), 'notes.txt', 'text/plain', 1, \("\(document)"), 'completed', 'completed', 0, 0,
                \(false), \(count), \(model), 1, \(Date()), \(Date()))
            """)
        let ids = (0..<count).map { _ in ChunkID(UUIDv7.make(at: Date())) }
        for start in stride(from: 0, to: count, by: 250) {
            let rows = (start..<min(start + 250, count)).map { ordinal -> SQL in
                "(\(ids[ordinal]), \(document), \(user), \(ordinal), 'A passage.', '[]', 60)"
            }
            try await transaction.execute(
                """
                INSERT INTO chunks (id, document_id, user_id, ordinal, text, spans, token_count)
                VALUES \(rows.joined(separator: ", "))
                """)
        }
        return (document, ids)
    }
}
