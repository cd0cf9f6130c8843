package import Ambient
import Concurrency
package import Courses
package import Database
import FoundationEssentials
import Graphs
package import Passages

/// The rules of conversations: what may be asked when, and who sees it.
package struct ChatService: Sendable {
    /// What has become of a conversation.
    package enum News: Sendable, Equatable {
        case created(Conversation)
        case updated(Conversation)
        case deleted(ConversationID)
    }

    /// Tells of a conversation in the transaction that changes it.
    package typealias Announcement = @Sendable (News, UserID, any Transaction) async throws -> Void

    let database: any Database
    let generation: GenerationService
    private let documents: ChatDocuments
    let ambient: Ambient
    let store = ChatStore()
    let announce: Announcement
    private let courses = CourseDirectory()

    /// What may be asked.
    package var suggestions: SuggestionService { generation.suggestions }

    package init(
        database: any Database, generation: GenerationService, documents: ChatDocuments, ambient: Ambient = .live,
        announce: @escaping Announcement = { _, _, _ in }
    ) {
        self.database = database
        self.generation = generation
        self.documents = documents
        self.ambient = ambient
        self.announce = announce
    }

    // MARK: - Conversations

    package func create(
        title: String?, courseID: CourseID? = nil, documentIDs: [DocumentID]?, remembers: Bool = true, user: UserID
    ) async throws -> Conversation {
        try await check(documentIDs, user: user)
        let now = ambient.now()
        let conversation = Conversation(
            id: ambient.newID(), title: title, courseID: courseID, documentIDs: documentIDs, remembers: remembers, createdAt: now,
            updatedAt: now)
        try await database.transaction(as: .user(user)) { [store, courses, announce] tx in
            if let courseID { try await courses.join(courseID, user: user, in: tx) }
            try await store.insert(conversation, user: user, in: tx)
            try await announce(.created(conversation), user, tx)
        }
        return conversation
    }

    /// The latest first, from a place on or from the `offset`-th.
    package func conversations(
        _ filter: ConversationFilter = .init(), user: UserID, limit: Int, behind place: ConversationPlace? = nil, offset: Int = 0
    ) async throws -> ConversationStretch {
        try await database.read(as: .user(user)) { [store, courses] tx in
            if case .some(let course?) = filter.course {
                try await courses.require(course, user: user, orThrow: .noCourse, in: tx)
            }
            return try await store.conversations(filter, user: user, limit: limit, behind: place, offset: offset, in: tx)
        }
    }

    package func conversation(_ id: ConversationID, user: UserID) async throws -> Conversation {
        let found = try await database.read(as: .user(user)) { [store] tx in
            try await store.conversation(id, user: user, in: tx)
        }
        guard let found else { throw ChatFailure(.noConversation) }
        return found
    }

    /// - Parameters:
    ///   - title: nil leaves it.
    ///   - courseID: nil leaves it; `.some(nil)` takes it out of its course.
    ///   - documentIDs: nil leaves them; `.some(nil)` makes it all documents.
    ///   - remembers: nil leaves it.
    package func change(
        _ id: ConversationID, title: String?, courseID: CourseID?? = nil, documentIDs: [DocumentID]??, remembers: Bool? = nil,
        user: UserID
    ) async throws -> Conversation {
        if let documentIDs { try await check(documentIDs, user: user) }
        return try await database.transaction(as: .user(user)) { [store, courses, ambient, announce] tx in
            guard var conversation = try await store.conversation(id, user: user, locking: true, in: tx) else {
                throw ChatFailure(.noConversation)
            }
            if let title { conversation.title = title }
            if let courseID {
                if let courseID { try await courses.join(courseID, user: user, in: tx) }
                conversation.courseID = courseID
            }
            if let documentIDs { conversation.documentIDs = documentIDs }
            if let remembers { conversation.remembers = remembers }
            conversation.updatedAt = ambient.now()
            try await store.update(conversation, user: user, in: tx)
            try await announce(.updated(conversation), user, tx)
            return conversation
        }
    }

    package func delete(_ id: ConversationID, user: UserID) async throws {
        let isGone = try await database.transaction(as: .user(user)) { [store, announce] tx in
            guard try await store.delete(id, user: user, in: tx) else { return false }
            // What steps left of it, by voice too.
            try await GraphCheckpointStore().delete(GraphThreadID(id.uuid), user: user, in: tx)
            try await announce(.deleted(id), user, tx)
            return true
        }
        if !isGone { throw ChatFailure(.noConversation) }
    }

    private func check(_ ids: [DocumentID]?, user: UserID) async throws {
        guard let ids, !ids.isEmpty else { return }
        let known = Set(try await documents.list(user, ids).map(\.id))
        if let missing = ids.first(where: { !known.contains($0) }) { throw ChatFailure(.unknownDocument(missing)) }
    }
}
