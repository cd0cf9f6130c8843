import Ambient
import Database
import Events
import HTTPServing

/// What the chat tells.
enum ChatEvents {
    /// A finished answer.
    struct Completed: APIType {
        var messageID: MessageID
        var conversationID: ConversationID
        var citations: Int
        var offers: Int
        var promptTokens: Int
        var completionTokens: Int

        enum CodingKeys: String, CodingKey {
            case citations, offers
            case promptTokens = "prompt_tokens"
            case completionTokens = "completion_tokens"
            case messageID = "message_id"
            case conversationID = "conversation_id"
        }
    }

    struct DeletedConversation: APIType {
        var id: ConversationID
    }

    static let completed = EventKind("chat.message.completed", "An answer is finished.", payload: Completed.self)
    static let created = EventKind("conversation.created", "A conversation was begun.", payload: Conversation.self)
    static let updated = EventKind(
        "conversation.updated", "A question was asked in a conversation, or its title, course or documents changed.",
        payload: Conversation.self)
    static let deleted = EventKind("conversation.deleted", "A conversation is gone.", payload: DeletedConversation.self)
    static let all = [completed, created, updated, deleted]

    /// Tells of conversations through the outbox.
    static func conversations(to outbox: EventOutbox) -> ChatService.Announcement {
        { news, user, transaction in
            let draft =
                switch news {
                case .created(let conversation):
                    EventDraft(type: created.name, userID: user, payload: conversation)
                case .updated(let conversation):
                    EventDraft(type: updated.name, userID: user, payload: conversation)
                case .deleted(let id):
                    EventDraft(type: deleted.name, userID: user, payload: DeletedConversation(id: id))
                }
            try await outbox.append(draft, in: transaction)
        }
    }
}
