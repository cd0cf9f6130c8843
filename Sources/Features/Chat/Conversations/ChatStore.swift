import Ambient
import Courses
import Database
import FoundationEssentials
import Passages

/// Some conversations of a list, how many the list has, and where what follows begins; nil at its end.
package typealias ConversationStretch = (list: [Conversation], total: Int, next: ConversationPlace?)

/// The SQL of conversations and messages. Every statement runs in a transaction of the user whose rows they are.
struct ChatStore: Sendable {
    func insert(_ conversation: Conversation, user: UserID, in tx: any Transaction) async throws {
        try await tx.execute(
            """
            INSERT INTO chat_conversations (id, user_id, title, course_id, document_ids, remembers, created_at, updated_at)
            VALUES (\(conversation.id), \(user), \(conversation.title), \(conversation.courseID),
                    \(try documentsText(conversation.documentIDs)), \(conversation.remembers), \(conversation.createdAt),
                    \(conversation.updatedAt))
            """)
    }

    /// Newest activity first, how many there are, and where what follows begins.
    ///
    /// - Parameter place: behind which to begin, whatever has come or moved to the front since; nil for the beginning.
    func conversations(
        _ filter: ConversationFilter, user: UserID, limit: Int, behind place: ConversationPlace? = nil, offset: Int = 0,
        in tx: any Transaction
    ) async throws -> ConversationStretch {
        var condition: SQL = "user_id = \(user)"
        if let course = filter.course { condition += course.map { " AND course_id = \($0)" } ?? " AND course_id IS NULL" }
        if let text = filter.text {
            let (title, content) = (tx.dialect.contains(text, in: "title"), tx.dialect.contains(text, in: "m.content"))
            condition += """
                 AND (\(title) OR EXISTS (
                    SELECT 1 FROM chat_messages m WHERE m.conversation_id = chat_conversations.id AND \(content)))
                """
        }
        let total = try await tx.first("SELECT count(*) AS total FROM chat_conversations WHERE \(condition)")
        if let place { condition += " AND (updated_at, id) < (\(place.updatedAt), \(place.id))" }
        // One more, to see whether there is more.
        let rows = try await tx.query(
            """
            SELECT * FROM chat_conversations WHERE \(condition) ORDER BY updated_at DESC, id DESC
            LIMIT \(limit == .max ? limit : limit + 1) OFFSET \(offset)
            """)
        let list = try rows.prefix(limit).map(conversation)
        let next = rows.count > limit ? list.last.map(ConversationPlace.init(behind:)) : nil
        return (list, try total?.get("total") ?? 0, next)
    }

    /// - Parameter locking: holds the row until the end of the transaction, so that two questions at once are one after the other.
    func conversation(_ id: ConversationID, user: UserID, locking: Bool = false, in tx: any Transaction) async throws
        -> Conversation?
    {
        let lock: SQL = locking ? tx.dialect.forUpdate : ""
        return try await tx.first("SELECT * FROM chat_conversations WHERE id = \(id) AND user_id = \(user)\(lock)")
            .map(conversation)
    }

    func update(_ conversation: Conversation, user: UserID, in tx: any Transaction) async throws {
        try await tx.execute(
            """
            UPDATE chat_conversations SET title = \(conversation.title), course_id = \(conversation.courseID),
                document_ids = \(try documentsText(conversation.documentIDs)), remembers = \(conversation.remembers),
                updated_at = \(conversation.updatedAt)
            WHERE id = \(conversation.id) AND user_id = \(user)
            """)
    }

    /// Notes activity, and leaves alone what its user may be changing.
    func touch(_ id: ConversationID, at now: Date, user: UserID, in tx: any Transaction) async throws {
        try await tx.execute("UPDATE chat_conversations SET updated_at = \(now) WHERE id = \(id) AND user_id = \(user)")
    }

    /// - Returns: whether there was one.
    func delete(_ id: ConversationID, user: UserID, in tx: any Transaction) async throws -> Bool {
        try await tx.execute("DELETE FROM chat_conversations WHERE id = \(id) AND user_id = \(user)") > 0
    }

    func deleteAll(of user: UserID, in tx: any Transaction) async throws {
        try await tx.execute("DELETE FROM chat_conversations WHERE user_id = \(user)")
    }

    /// How many conversations each of a person's courses has.
    func countByCourse(user: UserID, in tx: any Transaction) async throws -> [CourseID: Int] {
        try await tx.query(
            """
            SELECT course_id, count(*) AS total FROM chat_conversations
            WHERE user_id = \(user) AND course_id IS NOT NULL GROUP BY course_id
            """
        ).reduce(into: [:]) { $0[try $1.get("course_id")] = try $1.get("total") as Int }
    }

    private func documentsText(_ ids: [DocumentID]?) throws -> String? { try ids.map { try JSONColumn.text($0) } }

    func conversation(_ row: Row) throws -> Conversation {
        let documents: String? = try row.optional("document_ids")
        return Conversation(
            id: try row.get("id"), title: try row.optional("title"), courseID: try row.optional("course_id"),
            documentIDs: try documents.map { try JSONColumn.value($0) }, remembers: try row.get("remembers"),
            createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"))
    }
}
