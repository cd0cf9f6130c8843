package import Ambient
package import Database

extension ChatService {
    /// Removes all conversations of a user who goes away, in the caller's transaction.
    package func deleteAll(of user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM chat_conversations WHERE user_id = \(user)")
    }
}
