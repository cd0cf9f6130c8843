import Ambient
package import Events

extension GenerationService {
    /// Announces each finished answer as `chat.message.completed`.
    package static func announcement(to outbox: EventOutbox) -> Announcement {
        { message, user, transaction in
            let payload = Finished(
                messageID: message.id, conversationID: message.conversationID, citations: message.citations.count,
                usage: message.usage)
            try await outbox.append(EventDraft(type: "chat.message.completed", userID: user, payload: payload), in: transaction)
        }
    }

    private struct Finished: Encodable, Sendable {
        var messageID: MessageID
        var conversationID: ConversationID
        var citations: Int
        var usage: MessageUsage?

        enum CodingKeys: String, CodingKey {
            case citations, usage
            case messageID = "message_id"
            case conversationID = "conversation_id"
        }
    }
}
