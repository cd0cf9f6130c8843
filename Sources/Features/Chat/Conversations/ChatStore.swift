import Ambient
import Courses
import Database
import FoundationEssentials
import Passages

/// The SQL of conversations and messages. Every statement runs in a transaction of the user whose rows they are.
struct ChatStore: Sendable {
    // MARK: - Conversations

    func insert(_ conversation: Conversation, user: UserID, in tx: any Transaction) async throws {
        try await tx.execute(
            """
            INSERT INTO chat_conversations (id, user_id, title, course_id, document_ids, created_at, updated_at)
            VALUES (\(conversation.id), \(user), \(conversation.title), \(conversation.courseID),
                    \(try documentsText(conversation.documentIDs)), \(conversation.createdAt), \(conversation.updatedAt))
            """)
    }

    /// Newest activity first, and how many there are.
    func conversations(_ filter: ConversationFilter, user: UserID, limit: Int, offset: Int, in tx: any Transaction) async throws
        -> (
            list: [Conversation], total: Int
        )
    {
        var condition: SQL = "user_id = \(user)"
        if let course = filter.course { condition += course.map { " AND course_id = \($0)" } ?? " AND course_id IS NULL" }
        if let text = filter.text {
            let (title, content) = (tx.dialect.contains(text, in: "title"), tx.dialect.contains(text, in: "m.content"))
            condition += """
                 AND (\(title) OR EXISTS (
                    SELECT 1 FROM chat_messages m WHERE m.conversation_id = chat_conversations.id AND \(content)))
                """
        }
        let rows = try await tx.query(
            """
            SELECT * FROM chat_conversations WHERE \(condition) ORDER BY updated_at DESC, id DESC LIMIT \(limit) OFFSET \(offset)
            """)
        let total = try await tx.first("SELECT count(*) AS total FROM chat_conversations WHERE \(condition)")
        return (try rows.map(conversation), try total?.get("total") ?? 0)
    }

    /// - Parameter locking: holds the row until the end of the transaction, so that two questions at once are one after the other.
    func conversation(_ id: ConversationID, user: UserID, locking: Bool = false, in tx: any Transaction) async throws
        -> Conversation
    {
        let lock: SQL = locking ? tx.dialect.forUpdate : ""
        guard let row = try await tx.first("SELECT * FROM chat_conversations WHERE id = \(id) AND user_id = \(user)\(lock)") else {
            throw ChatFailure(.noConversation)
        }
        return try conversation(row)
    }

    func update(_ conversation: Conversation, user: UserID, in tx: any Transaction) async throws {
        try await tx.execute(
            """
            UPDATE chat_conversations SET title = \(conversation.title), course_id = \(conversation.courseID),
                document_ids = \(try documentsText(conversation.documentIDs)), updated_at = \(conversation.updatedAt)
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

    private func documentsText(_ ids: [DocumentID]?) throws -> String? { try ids.map { try ChatCoding.text($0) } }

    private func conversation(_ row: Row) throws -> Conversation {
        let documents: String? = try row.optional("document_ids")
        return Conversation(
            id: try row.get("id"), title: try row.optional("title"), courseID: try row.optional("course_id"),
            documentIDs: try documents.map { try ChatCoding.value($0) }, createdAt: try row.get("created_at"),
            updatedAt: try row.get("updated_at"))
    }

    // MARK: - Messages

    func insert(_ message: ChatMessage, user: UserID, leasedUntil: Date? = nil, in tx: any Transaction) async throws {
        try await tx.execute(
            """
            INSERT INTO chat_messages (id, conversation_id, user_id, role, content, status, citations, question_id, leased_until,
                                       created_at, updated_at)
            VALUES (\(message.id), \(message.conversationID), \(user), \(message.role.rawValue), \(message.content),
                    \(message.status.rawValue), \(try ChatCoding.text(message.citations)), \(message.questionID), \(leasedUntil),
                    \(message.createdAt), \(message.updatedAt))
            """)
    }

    /// In the order of the conversation, and how many there are.
    func messages(
        of id: ConversationID, user: UserID, limit: Int, offset: Int, in tx: any Transaction
    ) async throws -> (list: [ChatMessage], total: Int) {
        let rows = try await tx.query(
            """
            SELECT * FROM chat_messages WHERE conversation_id = \(id) AND user_id = \(user)
            ORDER BY id LIMIT \(limit) OFFSET \(offset)
            """)
        let total = try await tx.first(
            "SELECT count(*) AS total FROM chat_messages WHERE conversation_id = \(id) AND user_id = \(user)")
        return (try rows.map(message), try total?.get("total") ?? 0)
    }

    /// The last messages before one, oldest first.
    func history(before id: MessageID, of conversation: ConversationID, limit: Int, in tx: any Transaction) async throws
        -> [ChatMessage]
    {
        let rows = try await tx.query(
            """
            SELECT * FROM chat_messages WHERE conversation_id = \(conversation) AND id < \(id) AND status <> 'failed'
            ORDER BY id DESC LIMIT \(limit)
            """)
        return try rows.reversed().map(message)
    }

    /// - Parameter locking: holds the row until the end of the transaction, so that nobody writes to the answer meanwhile.
    func message(_ id: MessageID, user: UserID, locking: Bool = false, in tx: any Transaction) async throws -> ChatMessage {
        let lock: SQL = locking ? tx.dialect.forUpdate : ""
        guard let row = try await tx.first("SELECT * FROM chat_messages WHERE id = \(id) AND user_id = \(user)\(lock)") else {
            throw ChatFailure(.noMessage)
        }
        return try message(row)
    }

    func isBusy(_ id: ConversationID, in tx: any Transaction) async throws -> Bool {
        try await tx.first("SELECT id FROM chat_messages WHERE conversation_id = \(id) AND status = 'streaming'") != nil
    }

    func lastMessage(of id: ConversationID, in tx: any Transaction) async throws -> MessageID? {
        try await tx.first("SELECT id FROM chat_messages WHERE conversation_id = \(id) ORDER BY id DESC LIMIT 1")?.get("id")
    }

    private func message(_ row: Row) throws -> ChatMessage {
        let (role, status): (String, String) = (try row.get("role"), try row.get("status"))
        guard let role = ChatMessage.Role(rawValue: role), let status = ChatMessage.Status(rawValue: status) else {
            throw DatabaseFailure(.decoding, "chat_messages.role or status")
        }
        let usage: String? = try row.optional("usage")
        return ChatMessage(
            id: try row.get("id"), conversationID: try row.get("conversation_id"), role: role, content: try row.get("content"),
            status: status, citations: try ChatCoding.value(try row.get("citations")),
            usage: try usage.map { try ChatCoding.value($0) },
            error: try row.optional("error"), questionID: try row.optional("question_id"), createdAt: try row.get("created_at"),
            updatedAt: try row.get("updated_at"))
    }
}
