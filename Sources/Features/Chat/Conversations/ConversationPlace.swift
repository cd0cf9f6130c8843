import Ambient
import FoundationEssentials

/// A place in the list of conversations, the latest first: right behind one of them as it stood then. On the wire it is a text that nobody
/// needs to take apart.
package struct ConversationPlace: Sendable, Hashable, LosslessStringConvertible {
    let updatedAt: Date
    let id: ConversationID

    init(behind conversation: Conversation) {
        (updatedAt, id) = (conversation.updatedAt, conversation.id)
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = Timestamp.parse(String(parts[0])), let id = ConversationID(String(parts[1])) else {
            return nil
        }
        (updatedAt, self.id) = (date, id)
    }

    package var description: String { "\(Timestamp.text(updatedAt))_\(id)" }
}
