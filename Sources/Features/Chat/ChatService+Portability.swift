import Ambient
package import Assembly
import Database

extension ChatService {
    /// Each conversation with its messages, as `conversations/ID.json`.
    package static let portability = AccountPortability(
        export: { user, transaction in
            let store = ChatStore()
            var entries: [AccountPortability.Entry] = []
            let all = try await store.conversations(.init(), user: user, limit: .max, in: transaction).list
            for conversation in all {
                let messages = try await store.messages(of: conversation.id, user: user, .offset(0), limit: .max, in: transaction)
                    .list
                entries.append(
                    .init(
                        "conversations/\(conversation.id).json",
                        json: ExportedConversation(
                            conversation: conversation, messages: messages,
                            summary: try await store.summary(of: conversation.id, user: user, in: transaction).text)))
            }
            return entries
        },
        tables: ChatTables.all, staying: ChatTables.staying,
        erase: { user, _, transaction in try await ChatStore().deleteAll(of: user, in: transaction) })
}

private struct ExportedConversation: Encodable, Sendable {
    let conversation: Conversation
    let messages: [ChatMessage]
    /// What was said before the last messages, in short, as models are told it.
    let summary: String?
}
