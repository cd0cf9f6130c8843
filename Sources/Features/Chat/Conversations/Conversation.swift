package import Ambient
package import Courses
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
    /// The course that it belongs to.
    package var courseID: CourseID?
    /// The documents it is about; nil for all of its course, or all that the person has if it is in none.
    package var documentIDs: [DocumentID]?
    /// What is said in it may be remembered, and what is remembered may be used in it.
    package var remembers = true
    package var createdAt: Date
    package var updatedAt: Date

    package enum CodingKeys: String, CodingKey {
        case id, title, remembers
        case courseID = "course_id"
        case documentIDs = "document_ids"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}
