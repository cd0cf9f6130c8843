package import Ambient
package import Database

/// How a student wishes to be spoken to in a conversation, in words for a model: a port that the program wires, since who speaks is
/// another feature's.
package struct ChatManner: Sendable {
    let of: @Sendable (ConversationID, UserID, any Transaction) async throws -> String?

    /// - Parameter of: nil where no wish is known.
    package init(of: @escaping @Sendable (ConversationID, UserID, any Transaction) async throws -> String?) { self.of = of }

    package static let none = ChatManner { _, _, _ in nil }
}
