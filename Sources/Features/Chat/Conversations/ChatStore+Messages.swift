import Ambient
import Database
import FoundationEssentials

/// The SQL of messages. Their order is their number in the conversation: clocks of several servers differ.
extension ChatStore {
    func insert(_ message: ChatMessage, user: UserID, leasedUntil: SQL = "NULL", in tx: any Transaction) async throws {
        try await tx.execute(
            """
            INSERT INTO chat_messages (id, conversation_id, user_id, number, role, content, status, citations, offers, scope,
                                       usage, question_id, leased_until, created_at, updated_at)
            VALUES (\(message.id), \(message.conversationID), \(user), \(message.number), \(message.role.rawValue),
                    \(message.content), \(message.status.rawValue), \(try JSONColumn.text(message.citations)),
                    \(try JSONColumn.text(message.offers)), \(message.scope?.rawValue),
                    \(try message.usage.map { try JSONColumn.text($0) }), \(message.questionID), \(leasedUntil),
                    \(message.createdAt), \(message.updatedAt))
            """)
    }

    /// The number of the last message of a conversation, 0 if it has none. Who adds one holds the conversation's row.
    func lastNumber(of id: ConversationID, in tx: any Transaction) async throws -> Int {
        try await tx.first("SELECT coalesce(max(number), 0) AS last FROM chat_messages WHERE conversation_id = \(id)")?.get("last")
            ?? 0
    }

    /// A stretch of a conversation in its order, and how many messages there are.
    func messages(
        of id: ConversationID, user: UserID, _ stretch: MessageStretch, limit: Int, in tx: any Transaction
    ) async throws -> (list: [ChatMessage], total: Int) {
        let own: SQL = "SELECT * FROM chat_messages WHERE conversation_id = \(id) AND user_id = \(user)"
        let rows: [Row] =
            switch stretch {
            case .offset(let offset): try await tx.query("\(own) ORDER BY number LIMIT \(limit) OFFSET \(offset)")
            case .after(let number): try await tx.query("\(own) AND number > \(number) ORDER BY number LIMIT \(limit)")
            case .before(let number):
                try await tx.query("\(own) AND number < \(number) ORDER BY number DESC LIMIT \(limit)").reversed()
            }
        let total = try await tx.first(
            "SELECT count(*) AS total FROM chat_messages WHERE conversation_id = \(id) AND user_id = \(user)")
        return (try rows.map(message), try total?.get("total") ?? 0)
    }

    /// The last messages before a number, oldest first.
    func history(before number: Int, of conversation: ConversationID, limit: Int, in tx: any Transaction) async throws
        -> [ChatMessage]
    {
        let rows = try await tx.query(
            """
            SELECT * FROM chat_messages WHERE conversation_id = \(conversation) AND number < \(number) AND status <> 'failed'
            ORDER BY number DESC LIMIT \(limit)
            """)
        return try rows.reversed().map(message)
    }

    /// The content of an answer that is being written is in its log alone.
    /// - Parameter locking: holds the row until the end of the transaction, so that nobody writes to the answer meanwhile.
    func message(_ id: MessageID, user: UserID, locking: Bool = false, in tx: any Transaction) async throws -> ChatMessage? {
        let lock: SQL = locking ? tx.dialect.forUpdate : ""
        return try await tx.first("SELECT * FROM chat_messages WHERE id = \(id) AND user_id = \(user)\(lock)").map(message)
    }

    /// The conversations of messages, of those that are there.
    func conversations(of ids: [MessageID], user: UserID, in tx: any Transaction) async throws -> [MessageID: ConversationID] {
        try await tx.query("SELECT id, conversation_id FROM chat_messages WHERE id IN \(list: ids) AND user_id = \(user)").reduce(
            into: [:]) {
                $0[try $1.get("id")] = try $1.get("conversation_id") as ConversationID
            }
    }

    func isBusy(_ id: ConversationID, in tx: any Transaction) async throws -> Bool {
        try await tx.first("SELECT id FROM chat_messages WHERE conversation_id = \(id) AND status = 'streaming'") != nil
    }

    func message(_ row: Row) throws -> ChatMessage {
        let (role, status): (String, String) = (try row.get("role"), try row.get("status"))
        guard let role = ChatMessage.Role(rawValue: role), let status = ChatMessage.Status(rawValue: status) else {
            throw DatabaseFailure(.decoding, "chat_messages.role or status")
        }
        let usage: String? = try row.optional("usage")
        let scope: String? = try row.optional("scope")
        let proposal: String? = try row.optional("proposal")
        return ChatMessage(
            id: try row.get("id"), conversationID: try row.get("conversation_id"), number: try row.get("number"), role: role,
            content: try row.get("content"), status: status, citations: try JSONColumn.value(try row.get("citations")),
            offers: try JSONColumn.value(try row.get("offers")), proposal: try proposal.map { try JSONColumn.value($0) },
            memories: try JSONColumn.value(try row.get("memories")),
            scope: scope.flatMap(QuestionScope.init(rawValue:)),
            usage: try usage.map { try JSONColumn.value($0) }, error: try row.optional("error"),
            questionID: try row.optional("question_id"), createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"))
    }
}

/// Which messages of a conversation are asked for.
package enum MessageStretch: Sendable, Hashable {
    case offset(Int)
    /// Those behind a number: what has come since it was read.
    case after(Int)
    /// Those nearest before a number: a conversation read from its end.
    case before(Int)
}
