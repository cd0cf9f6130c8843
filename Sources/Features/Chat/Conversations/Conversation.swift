package import Ambient
package import FoundationEssentials
package import Passages

package enum ConversationKind {}
package typealias ConversationID = Identifier<ConversationKind>
package enum MessageKind {}
package typealias MessageID = Identifier<MessageKind>

/// A conversation about a person's documents.
package struct Conversation: Codable, Sendable, Hashable {
    package var id: ConversationID
    /// What the person called it, or the first question; nil before either.
    package var title: String?
    /// The documents it is about; nil for all that the person has.
    package var documentIDs: [DocumentID]?
    package var createdAt: Date
    package var updatedAt: Date

    package enum CodingKeys: String, CodingKey {
        case id, title
        case documentIDs = "document_ids"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}
