package import Ambient
import Database
import FoundationEssentials
import Recollection

extension ChatService {
    /// Adds a turn that was answered elsewhere, such as small talk by voice: it is read and continued like any other.
    /// - Parameter model: what wrote the answer.
    /// - Returns: the answer's message.
    package func note(_ content: String, answered answer: String, by model: String, in id: ConversationID, user: UserID)
        async throws
        -> ChatMessage
    {
        try await database.transaction(as: .user(user)) { [store, ambient, announce, memory = generation.memory] tx in
            guard var conversation = try await store.conversation(id, user: user, locking: true, in: tx) else {
                throw ChatFailure(.noConversation)
            }
            if try await store.isBusy(id, in: tx) { throw ChatFailure(.busy) }
            let now = ambient.now()
            let last = try await store.lastNumber(of: id, in: tx)
            let question = ChatMessage(
                id: ambient.newID(), conversationID: id, number: last + 1, role: .user, content: content, status: .completed,
                citations: [], createdAt: now, updatedAt: now)
            let reply = ChatMessage(
                id: ambient.newID(), conversationID: id, number: last + 2, role: .assistant, content: answer, status: .completed,
                citations: [],
                usage: MessageUsage(promptTokens: 0, completionTokens: 0, model: model, durationMilliseconds: 0),
                questionID: question.id, createdAt: now, updatedAt: now)
            try await store.insert(question, user: user, in: tx)
            try await store.insert(reply, user: user, in: tx)
            conversation.updatedAt = now
            try await store.update(conversation, user: user, in: tx)
            if conversation.remembers { try await memory?.note(UtteranceID(question.id.uuid), content, of: user, in: tx) }
            try await announce(.updated(conversation), user, tx)
            return reply
        }
    }

    /// What was said in a conversation before its last messages, in short; nil while there are few.
    package func summary(of id: ConversationID, user: UserID) async throws -> String? {
        try await generation.summary.text(of: id, user: user)
    }

    /// Sums up what has come, if it is enough.
    package func sumUp(_ id: ConversationID, user: UserID) async throws { try await generation.summary.renew(id, user: user) }

    /// How many messages a conversation has, and those behind a number in their order.
    package func turns(of id: ConversationID, after number: Int, limit: Int, user: UserID) async throws
        -> (list: [ChatMessage], last: Int)
    {
        try await database.read(as: .user(user)) { [store] tx in
            let list = try await store.messages(of: id, user: user, .after(number), limit: limit, in: tx).list
            return (list, try await store.lastNumber(of: id, in: tx))
        }
    }
}
