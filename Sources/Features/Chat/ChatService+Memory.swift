package import Ambient
package import Database
package import Recollection

/// The messages that memories come from: ports that need nothing made.
extension ChatService {
    /// What a student wrote; nil where it is gone, or its conversation is not to be remembered.
    package static func utterance(_ id: UtteranceID, of user: UserID, in transaction: any Transaction) async throws -> String? {
        let store = ChatStore()
        guard let message = try await store.message(MessageID(id.uuid), user: user, in: transaction), message.role == .user,
            let conversation = try await store.conversation(message.conversationID, user: user, in: transaction)
        else { return nil }
        return conversation.remembers ? message.content : nil
    }

    /// The conversations of messages that are still there.
    package static func conversations(
        of ids: [UtteranceID], user: UserID, in transaction: any Transaction
    ) async throws -> [UtteranceID: ConversationID] {
        try await ChatStore().conversations(of: ids.map { MessageID($0.uuid) }, user: user, in: transaction).reduce(into: [:]) {
            $0[UtteranceID($1.key.uuid)] = $1.value
        }
    }
}
