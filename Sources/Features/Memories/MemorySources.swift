package import Ambient
package import Database
package import FoundationEssentials
package import Recollection

/// Where memories come from: the messages of other features. App names them, since Memories knows none of them.
package struct MemorySources: Sendable {
    /// Where a message stands.
    package struct Place: Sendable, Hashable {
        package var conversation: UUID

        package init(conversation: UUID) { self.conversation = conversation }
    }

    /// What the student said; nil where the message is gone, or its conversation is not to be remembered.
    package typealias Text = @Sendable (UtteranceID, UserID, any Transaction) async throws -> String?
    /// Of messages that are still there.
    package typealias Places = @Sendable ([UtteranceID], UserID, any Transaction) async throws -> [UtteranceID: Place]

    let text: Text
    let places: Places

    package init(text: @escaping Text, places: @escaping Places) {
        self.text = text
        self.places = places
    }
}
