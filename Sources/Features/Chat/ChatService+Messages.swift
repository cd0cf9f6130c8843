package import Ambient
import Database
import FoundationEssentials
import Recollection
import Signals

/// Questions and answers.
extension ChatService {
    package func messages(
        of id: ConversationID, user: UserID, _ stretch: MessageStretch = .offset(0), limit: Int
    ) async throws -> (list: [ChatMessage], total: Int) {
        try await database.read(as: .user(user)) { [store] tx in
            guard try await store.conversation(id, user: user, in: tx) != nil else { throw ChatFailure(.noConversation) }
            var found = try await store.messages(of: id, user: user, stretch, limit: limit, in: tx)
            for index in found.list.indices where found.list[index].status == .streaming {
                found.list[index] = try await store.withWritten(found.list[index], user: user, in: tx)
            }
            return found
        }
    }

    package func message(_ id: MessageID, user: UserID) async throws -> ChatMessage {
        try await database.read(as: .user(user)) { [store] tx in
            guard let message = try await store.message(id, user: user, in: tx) else { throw ChatFailure(.noMessage) }
            return try await store.withWritten(message, user: user, in: tx)
        }
    }

    /// Asks: the question is committed, and its answer begins to be written.
    /// - Parameter scope: what it is asked of, if that is not what the conversation is about.
    /// - Returns: the answer's message, still empty.
    package func ask(_ content: String, of scope: QuestionScope? = nil, in id: ConversationID, user: UserID) async throws
        -> ChatMessage
    {
        let answer = try await translatingBusy {
            try await database.transaction(as: .user(user)) {
                [store, ambient, announce, memory = generation.memory, lease = generation.lease] tx in
                guard var conversation = try await store.conversation(id, user: user, locking: true, in: tx) else {
                    throw ChatFailure(.noConversation)
                }
                if try await store.isBusy(id, in: tx) { throw ChatFailure(.busy) }
                let now = ambient.now()
                let last = try await store.lastNumber(of: id, in: tx)
                let question = ChatMessage(
                    id: ambient.newID(), conversationID: id, number: last + 1, role: .user, content: content, status: .completed,
                    citations: [], scope: scope, createdAt: now, updatedAt: now)
                let answer = ChatMessage(
                    id: ambient.newID(), conversationID: id, number: last + 2, role: .assistant, content: "", status: .streaming,
                    citations: [], questionID: question.id, createdAt: now, updatedAt: now)
                try await store.insert(question, user: user, in: tx)
                try await store.insert(answer, user: user, leasedUntil: lease.end(in: tx.dialect), in: tx)
                if conversation.title == nil, ChatIntent(of: content) == .content {
                    conversation.title = ConversationTitle.make(from: content)
                }
                conversation.updatedAt = now
                try await store.update(conversation, user: user, in: tx)
                if conversation.remembers { try await memory?.note(UtteranceID(question.id.uuid), content, of: user, in: tx) }
                try await announce(.updated(conversation), user, tx)
                return answer
            }
        }
        generation.start(answer.id, user: user)
        return answer
    }

    /// Writes the last answer of a conversation anew, under the same id.
    package func regenerate(_ id: MessageID, user: UserID) async throws -> (message: ChatMessage, after: Int) {
        let (message, last) = try await translatingBusy {
            try await database.transaction(as: .user(user)) { [store, ambient, lease = generation.lease] tx in
                guard let old = try await store.message(id, user: user, in: tx) else { throw ChatFailure(.noMessage) }
                guard old.role == .assistant else { throw ChatFailure(.notAnAnswer) }
                guard try await store.conversation(old.conversationID, user: user, locking: true, in: tx) != nil else {
                    throw ChatFailure(.noConversation)
                }
                if try await store.isBusy(old.conversationID, in: tx) { throw ChatFailure(.busy) }
                guard try await store.lastNumber(of: old.conversationID, in: tx) == old.number else {
                    throw ChatFailure(.notTheLast)
                }
                let last = try await store.lastEventNumber(of: id, user: user, in: tx)
                try await store.reopen(
                    id, user: user, after: last, leaseUntil: lease.end(in: tx.dialect), now: ambient.now(), in: tx)
                guard let message = try await store.message(id, user: user, in: tx) else { throw ChatFailure(.noMessage) }
                return (message, last)
            }
        }
        generation.start(id, user: user)
        return (message, last)
    }

    /// Ends an answer where it stands. An answer that has ended stays as it is.
    package func stop(_ id: MessageID, user: UserID) async throws -> ChatMessage {
        let message = try await message(id, user: user)
        guard message.role == .assistant else { throw ChatFailure(.notAnAnswer) }
        guard message.status == .streaming else { return message }
        try await generation.stop(id)
        let stopped = try await database.transaction(as: .user(user)) { [store, ambient] tx in
            guard let message = try await store.message(id, user: user, locking: true, in: tx) else {
                throw ChatFailure(.noMessage)
            }
            guard message.status == .streaming else { return message }
            // Another process writes it, or none: whoever does is told, and finds out at the latest when it next writes.
            var written = try await store.withWritten(message, user: user, in: tx)
            written.status = .stopped
            written.updatedAt = ambient.now()
            let last = AnswerEvent(
                number: try await store.lastEventNumber(of: id, user: user, in: tx) + 1, event: .completed,
                data: try JSONColumn.text(written))
            _ = try await store.finish(written, user: user, events: [last], in: tx)
            try await store.touch(message.conversationID, at: written.updatedAt, user: user, in: tx)
            tx.signal(Signal(.stoppedAnswer, id.description))
            return try await store.message(id, user: user, in: tx) ?? written
        }
        generation.news.tell(id)
        return stopped
    }

    private func translatingBusy<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let failure as DatabaseFailure where failure.kind == .unique {
            throw ChatFailure(.busy)
        }
    }
}
