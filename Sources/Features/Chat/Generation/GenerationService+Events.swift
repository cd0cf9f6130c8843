import Ambient
package import Events

extension GenerationService {
    /// Announces each finished answer as `chat.message.completed`.
    package static func announcement(to outbox: EventOutbox) -> Announcement {
        { message, user, transaction in
            let payload = ChatEvents.Completed(
                messageID: message.id, conversationID: message.conversationID, citations: message.citations.count,
                usage: message.usage)
            try await outbox.append(
                EventDraft(type: ChatEvents.completed.name, userID: user, payload: payload), in: transaction)
        }
    }
}
