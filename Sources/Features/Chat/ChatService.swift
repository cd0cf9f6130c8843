package import Ambient
import Concurrency
package import Courses
package import Database
import FoundationEssentials
package import Passages

/// The rules of conversations: what may be asked when, and who sees it.
package struct ChatService: Sendable {
    private let database: any Database
    private let generation: GenerationService
    private let documents: ChatDocuments
    private let ambient: Ambient
    private let store = ChatStore()
    private let courses = CourseDirectory()

    package init(database: any Database, generation: GenerationService, documents: ChatDocuments, ambient: Ambient = .live) {
        self.database = database
        self.generation = generation
        self.documents = documents
        self.ambient = ambient
    }

    // MARK: - Conversations

    package func create(
        title: String?, courseID: CourseID? = nil, documentIDs: [DocumentID]?, user: UserID
    ) async throws -> Conversation {
        try await check(documentIDs, user: user)
        let now = ambient.now()
        let conversation = Conversation(
            id: ambient.newID(), title: title, courseID: courseID, documentIDs: documentIDs, createdAt: now, updatedAt: now)
        try await database.transaction(as: .user(user)) { [store, courses] tx in
            if let courseID { try await courses.hold(courseID, user: user, in: tx) }
            try await store.insert(conversation, user: user, in: tx)
        }
        return conversation
    }

    package func conversations(
        _ filter: ConversationFilter = .init(), user: UserID, limit: Int, offset: Int
    ) async throws -> (list: [Conversation], total: Int) {
        try await database.read(as: .user(user)) { [store, courses] tx in
            if case .some(let course?) = filter.course {
                try await courses.require(course, user: user, orThrow: .noCourse, in: tx)
            }
            return try await store.conversations(filter, user: user, limit: limit, offset: offset, in: tx)
        }
    }

    package func conversation(_ id: ConversationID, user: UserID) async throws -> Conversation {
        try await database.read(as: .user(user)) { [store] tx in try await store.conversation(id, user: user, in: tx) }
    }

    /// - Parameters:
    ///   - title: nil leaves it.
    ///   - courseID: nil leaves it; `.some(nil)` takes it out of its course.
    ///   - documentIDs: nil leaves them; `.some(nil)` makes it all documents.
    package func change(
        _ id: ConversationID, title: String?, courseID: CourseID?? = nil, documentIDs: [DocumentID]??, user: UserID
    ) async throws -> Conversation {
        if let documentIDs { try await check(documentIDs, user: user) }
        return try await database.transaction(as: .user(user)) { [store, courses, ambient] tx in
            var conversation = try await store.conversation(id, user: user, locking: true, in: tx)
            if let title { conversation.title = title }
            if let courseID {
                if let courseID { try await courses.hold(courseID, user: user, in: tx) }
                conversation.courseID = courseID
            }
            if let documentIDs { conversation.documentIDs = documentIDs }
            conversation.updatedAt = ambient.now()
            try await store.update(conversation, user: user, in: tx)
            return conversation
        }
    }

    package func delete(_ id: ConversationID, user: UserID) async throws {
        let isGone = try await database.transaction(as: .user(user)) { [store] tx in try await store.delete(id, user: user, in: tx)
        }
        if !isGone { throw ChatFailure(.noConversation) }
    }

    private func check(_ ids: [DocumentID]?, user: UserID) async throws {
        guard let ids, !ids.isEmpty else { return }
        let known = Set(try await documents.list(user, ids).map(\.id))
        if let missing = ids.first(where: { !known.contains($0) }) { throw ChatFailure(.unknownDocument(missing)) }
    }

    // MARK: - Messages

    package func messages(
        of id: ConversationID, user: UserID, limit: Int, offset: Int
    ) async throws -> (list: [ChatMessage], total: Int) {
        try await database.read(as: .user(user)) { [store] tx in
            _ = try await store.conversation(id, user: user, in: tx)
            return try await store.messages(of: id, user: user, limit: limit, offset: offset, in: tx)
        }
    }

    package func message(_ id: MessageID, user: UserID) async throws -> ChatMessage {
        try await database.read(as: .user(user)) { [store] tx in try await store.message(id, user: user, in: tx) }
    }

    /// Asks: the question is committed, and its answer begins to be written.
    /// - Returns: the answer's message, still empty.
    package func ask(_ content: String, in id: ConversationID, user: UserID) async throws -> ChatMessage {
        let lease = generation.leaseEnd
        let answer = try await translatingBusy {
            try await database.transaction(as: .user(user)) { [store, ambient] tx in
                var conversation = try await store.conversation(id, user: user, locking: true, in: tx)
                if try await store.isBusy(id, in: tx) { throw ChatFailure(.busy) }
                let now = ambient.now()
                let question = ChatMessage(
                    id: ambient.newID(), conversationID: id, role: .user, content: content, status: .completed, citations: [],
                    createdAt: now, updatedAt: now)
                let answer = ChatMessage(
                    id: ambient.newID(), conversationID: id, role: .assistant, content: "", status: .streaming, citations: [],
                    questionID: question.id, createdAt: now, updatedAt: now)
                try await store.insert(question, user: user, in: tx)
                try await store.insert(answer, user: user, leasedUntil: lease, in: tx)
                if conversation.title == nil, ChatIntent(of: content) == .content {
                    conversation.title = ConversationTitle.make(from: content)
                }
                conversation.updatedAt = now
                try await store.update(conversation, user: user, in: tx)
                return answer
            }
        }
        generation.start(answer.id, user: user)
        return answer
    }

    /// Writes the last answer of a conversation anew, under the same id.
    package func regenerate(_ id: MessageID, user: UserID) async throws -> (message: ChatMessage, after: Int) {
        let lease = generation.leaseEnd
        let (message, last) = try await translatingBusy {
            try await database.transaction(as: .user(user)) { [store, ambient] tx in
                let old = try await store.message(id, user: user, in: tx)
                guard old.role == .assistant else { throw ChatFailure(.notAnAnswer) }
                _ = try await store.conversation(old.conversationID, user: user, locking: true, in: tx)
                if try await store.isBusy(old.conversationID, in: tx) { throw ChatFailure(.busy) }
                guard try await store.lastMessage(of: old.conversationID, in: tx) == id else { throw ChatFailure(.notTheLast) }
                let last = try await store.lastEventNumber(of: id, user: user, in: tx)
                try await store.reopen(id, user: user, leaseUntil: lease, now: ambient.now(), in: tx)
                return (try await store.message(id, user: user, in: tx), last)
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
            var message = try await store.message(id, user: user, locking: true, in: tx)
            guard message.status == .streaming else { return message }
            // Another process writes it, or none: whoever does is told, and finds out at the latest when it next writes.
            let events = try await store.events(of: id, after: 0, user: user, in: tx)
            let partial = try PartialAnswer(of: events)
            (message.content, message.citations) = (partial.content, partial.citations)
            message.status = .stopped
            message.updatedAt = ambient.now()
            let number = (events.last?.number ?? 0) + 1
            let last = AnswerEvent(number: number, event: .completed, data: try ChatCoding.text(message))
            _ = try await store.finish(message, user: user, events: [last], in: tx)
            try await store.touch(message.conversationID, at: message.updatedAt, user: user, in: tx)
            tx.signal(Signal(.stoppedAnswer, id.description))
            return try await store.message(id, user: user, in: tx)
        }
        generation.news.tell(id)
        return stopped
    }

    /// Returns when the answer has ended, with its final state. If the task is cancelled the answer goes on.
    package func finished(_ id: MessageID, user: UserID) async throws -> ChatMessage {
        try await follow(id, after: 0, user: user) { _ in }
        let message = try await message(id, user: user)
        if message.status == .streaming { throw ChatFailure(.shuttingDown) }
        return message
    }

    /// Hands on the events of an answer after a number, those to come included, until the last.
    package func follow(
        _ id: MessageID, after number: Int, user: UserID, send: ([AnswerEvent]) async throws -> Void
    ) async throws {
        try await generation.news.following(id) { news in
            var number = number
            while true {
                try Task.checkCancellation()
                if let feed = generation.feed(of: id), case .events(let events) = try await feed.next(after: number) {
                    try await send(events)
                    number = events.last?.number ?? number
                    continue
                }
                let (events, isOver) = try await stored(id, after: number, user: user)
                if !events.isEmpty { try await send(events) }
                number = events.last?.number ?? number
                if isOver || generation.isStopping { return }
                if generation.feed(of: id) != nil { continue }
                // Another process writes it, or will.
                await news.wait(atMost: generation.configuration.followInterval)
            }
        }
    }

    /// The events after a number, and whether the answer has ended with them.
    private func stored(
        _ id: MessageID, after number: Int, user: UserID
    ) async throws -> (events: [AnswerEvent], isOver: Bool) {
        try await database.read(as: .user(user)) { [store] tx in
            let events = try await store.events(of: id, after: number, user: user, in: tx)
            if let last = events.last, !last.event.mayBeLast { return (events, false) }
            return (events, try await store.message(id, user: user, in: tx).status != .streaming)
        }
    }

    private func translatingBusy<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let failure as DatabaseFailure where failure.kind == .unique {
            throw ChatFailure(.busy)
        }
    }
}
