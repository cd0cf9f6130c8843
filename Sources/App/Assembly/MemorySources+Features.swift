import Ambient
import Chat
import Memories

extension MemorySources {
    /// What of the program's features is remembered of: ports that need nothing made.
    static let ofFeatures = MemorySources(
        text: { id, user, transaction in try await ChatService.utterance(id, of: user, in: transaction) },
        places: { ids, user, transaction in
            try await ChatService.conversations(of: ids, user: user, in: transaction).mapValues { Place(conversation: $0.uuid) }
        })
}
