import Ambient
import Database

/// The SQL of summaries.
extension ChatStore {
    /// What was said up to a message, in short.
    func summary(of id: ConversationID, user: UserID, in tx: any Transaction) async throws -> (text: String?, upTo: Int) {
        let row = try await tx.first(
            "SELECT summary, summarised FROM chat_conversations WHERE id = \(id) AND user_id = \(user)")
        guard let row else { return (nil, 0) }
        return (try row.optional("summary"), try row.get("summarised"))
    }

    /// Nothing, where another has summed up further.
    func keep(summary: String, upTo number: Int, of id: ConversationID, user: UserID, in tx: any Transaction) async throws {
        try await tx.execute(
            """
            UPDATE chat_conversations SET summary = \(summary), summarised = \(number)
            WHERE id = \(id) AND user_id = \(user) AND summarised < \(number)
            """)
    }
}
