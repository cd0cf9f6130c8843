import Ambient
package import Events

extension GenerationService {
    /// Announces each finished answer as `chat.message.completed`: ids and counts, never what it says.
    package static func announcement(to outbox: EventOutbox) -> Announcement {
        { message, user, transaction in
            let payload = ChatEvents.Completed(
                messageID: message.id, conversationID: message.conversationID, citations: message.citations.count,
                offers: message.offers.count,
                promptTokens: message.usage?.promptTokens ?? 0, completionTokens: message.usage?.completionTokens ?? 0)
            try await outbox.append(
                EventDraft(type: ChatEvents.completed.name, userID: user, payload: payload), in: transaction)
        }
    }
}
