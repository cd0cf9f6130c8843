import AccountsTesting
import Ambient
import Assembly
@testable import Chat
import Courses
import Database
import DatabaseTesting
import FoundationEssentials
import Graphs
import HTTPServing
import HTTPServingTesting
import LanguageModels
import Lifecycle
import Passages
import Recollection
import Synchronization
import Telemetry
import Testing

/// A model that says what a test tells it to.
struct ScriptedModel: AnsweringModel {
    let name = "scripted"
    var readsNotes = false
    var isDeterministic = false
    let script: @Sendable (AnswerPrompt, AsyncThrowingStream<ModelEvent, any Error>.Continuation) async throws -> Void

    func check() async throws -> ModelStatus { ModelStatus(summary: name) }

    func answer(_ prompt: AnswerPrompt, for _: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
        AsyncThrowingStream { continuation in
            // Ends with the script; cancelled when nobody listens.
            let task = Task {
                do {
                    try await script(prompt, continuation)
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// Says the text in words and ends.
    static func saying(_ text: String, deterministic: Bool = false) -> ScriptedModel {
        ScriptedModel(isDeterministic: deterministic) { _, continuation in
            for word in AnswerText.words(of: text) { continuation.yield(.text(word)) }
            continuation.yield(.usage(TokenUsage(promptTokens: 10, completionTokens: 5)))
            continuation.yield(.finished(.stop))
        }
    }
}

/// Finds always the same of the documents that are asked.
struct FixedSearch: PassageSearch {
    var found: [Passage]
    let asked = Asked()

    final class Asked: Sendable {
        let queries = Mutex<[String]>([])
        let scopes = Mutex<[[DocumentID]?]>([])
    }

    func passages(
        for query: String, mode: SearchMode, limit: Int, in documents: [DocumentID]?, user: UserID
    ) async throws -> [Passage] {
        asked.queries.withLock { $0.append(query) }
        asked.scopes.withLock { $0.append(documents) }
        return Array(found.filter { documents?.contains($0.documentID) ?? true }.prefix(limit))
    }

    func passages(in stretches: [PassageStretch], user: UserID) async throws -> [Passage] {
        found.filter { passage in
            stretches.contains {
                $0.document == passage.documentID && passage.ordinal.map($0.ordinals.contains) == true
            }
        }
    }

    func sections(of documents: [DocumentID]?, limit: Int, user: UserID) async throws
        -> [PassageSection]
    {
        found.filter { documents?.contains($0.documentID) ?? true }.compactMap { passage in
            passage.ordinal.map {
                PassageSection(
                    document: passage.documentID,
                    path: passage.section?.split(separator: " › ").map(String.init) ?? [],
                    ordinals: $0..<($0 + 1))
            }
        }
    }
}

/// Finds an answer plain where a passage has a word.
struct WordProbe: AnswerProbe {
    var word: String
    var near: String?

    func holding(of prompt: AnswerPrompt) async throws -> Holding {
        func has(_ word: String?) -> Bool { word.map { word in prompt.passages.contains { $0.text.contains(word) } } ?? false }
        return has(word) ? .plain : has(near) ? .nearest : .none
    }
}

/// The chat on one database, with its service running.
struct ChatFixture: Sendable {
    let database: any Database
    let service: GenerationService
    let chat: ChatService
    let search: FixedSearch
    static let (adaID, bobID) = (UserID(UUID()), UserID(UUID()))
    let ada = ChatFixture.adaID
    let bob = ChatFixture.bobID

    /// The tables of conversations, and of the accounts of Ada and Bob.
    static let migrations =
        TestAccounts.migrations(of: [adaID, bobID]) + CoursesMigrations.all + ChatMigrations.all + [
            Migration("graphs", 1, "checkpoints", GraphCheckpointStore.table, only: GraphCheckpointStore.security)
        ]

    static let documentID = DocumentID(UUID())
    static let passages: [Passage] = [
        Passage(
            chunkID: ChunkID(UUID()), documentID: documentID, title: "Cells", section: "Osmosis", page: 3,
            text: "Osmosis moves water. It needs no energy. A cell in pure water swells.", score: 0.9),
        Passage(
            chunkID: ChunkID(UUID()), documentID: documentID, title: "Cells", section: nil, page: nil,
            text: "Active transport uses ATP. Pumps move ions.", score: 0.5),
    ]
    static let otherID = DocumentID(UUID())
    /// The course that has no documents; every other has two.
    static let emptyCourse = CourseID(UUID())
    static let documents = [ChatDocument(id: documentID, title: "Cells", pages: 12)]

    var client: TestClient {
        let authenticator = TestAuthenticator([
            "ada": Principal(userID: ada, isAdministrator: false), "bob": Principal(userID: bob, isAdministrator: false),
        ])
        return TestClient(Router([ChatRoutes(chat: chat)], authenticator: authenticator)).bearing("ada")
    }

    init(
        _ database: any Database, model: any AnsweringModel, passages: [Passage] = passages, documents: [ChatDocument] = documents,
        places: Int? = nil, probe: (any AnswerProbe)? = nil, memory: (any MemoryRecall)? = nil, text: (any TextModel)? = nil,
        manner: ChatManner = .none, tools: [AssistantTool] = [],
        announce: @escaping GenerationService.Announcement = { _, _, _ in },
        news: @escaping ChatService.Announcement = { _, _, _ in },
        ambient: Ambient = .live, configure: (inout ChatConfiguration) -> Void = { _ in }
    ) {
        self.database = database
        search = FixedSearch(found: passages)
        let known = ChatDocuments(
            list: { _, only in documents.filter { only?.contains($0.id) ?? true } },
            inCourse: { _, course in course == Self.emptyCourse ? [] : [Self.documentID, Self.otherID] })
        var configuration = ChatConfiguration()
        configuration.lease = .seconds(2)
        configure(&configuration)
        let fair = places.map { FairAnswers(model, places: CallPlaces($0)) as any AnsweringModel }
        service = GenerationService(
            database: database, search: search, documents: known, model: fair ?? model, probe: probe, memory: memory,
            text: text, manner: manner, tools: tools, configuration: configuration, announce: announce)
        chat = ChatService(database: database, generation: service, documents: known, ambient: ambient, announce: news)
    }

    /// Runs the service beside `body` and cancels it afterwards, as a kill would: nothing is tidied up.
    func running<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [service] in try await service.run(until: ShutdownSignal()) }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    /// Asks in a new conversation; Ada does, if nobody else is named.
    func ask(_ question: String, user: UserID? = nil) async throws -> ChatMessage {
        let conversation = try await chat.create(title: nil, documentIDs: nil, user: user ?? ada)
        return try await chat.ask(question, in: conversation.id, user: user ?? ada)
    }

    func log(of id: MessageID, user: UserID? = nil) async throws -> [AnswerEvent] {
        let all = Mutex<[AnswerEvent]>([])
        try await chat.follow(id, after: 0, user: user ?? ada) { events in all.withLock { $0 += events } }
        return all.withLock { $0 }
    }

    /// Follows an answer until it has an event of that name; returns what it has until then.
    @discardableResult
    func events(of id: MessageID, until name: AnswerEvent.Name, user: UserID? = nil) async throws -> [AnswerEvent] {
        struct Found: Error {}
        let all = Mutex<[AnswerEvent]>([])
        do {
            try await chat.follow(id, after: 0, user: user ?? ada) { events in
                all.withLock { $0 += events }
                if events.contains(where: { $0.event == name }) { throw Found() }
            }
            Issue.record("\(name) never came")
        } catch is Found {}
        return all.withLock { $0 }
    }

    /// The text that a client has after those events.
    static func text(_ events: [AnswerEvent]) throws -> String {
        var text = ""
        for event in events {
            if event.event == .restarted { text = "" }
            if event.event == .delta { text += try JSONColumn.value(event.data, as: DeltaPayload.self).text }
        }
        return text
    }
}

/// Opens once.
typealias Gate = ShutdownSignal
