package import Ambient
package import Database

extension ChatService {
    /// A message's text as it can be read aloud; nil if it is not the person's.
    package static func reading(_ id: MessageID, of user: UserID, in transaction: any Transaction) async throws -> String? {
        try await ChatStore().message(id, user: user, in: transaction)?.content
    }
}
