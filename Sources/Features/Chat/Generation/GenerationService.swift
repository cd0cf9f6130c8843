package import Ambient
package import Assembly
import Concurrency
package import Database
package import Embedding
import FoundationEssentials
package import LanguageModels
package import Lifecycle
package import Passages
package import Recollection
import Synchronization
package import Telemetry

/// Has answers written. It belongs to the server and not to a connection: a closed tab loses nothing, a stop button stops it, and what a
/// crash cut off is taken up again at the next start.
package final class GenerationService: Service {
    package let name = "chat"

    /// Told of each finished answer in the transaction that finishes it.
    package typealias Announcement = @Sendable (ChatMessage, UserID, any Transaction) async throws -> Void

    private struct State {
        var running: [MessageID: RunningAnswer] = [:]
        var isStopping = false
        /// Another process may be writing answers in the same embedded database.
        var isShared = false
    }

    let database: any Database
    let configuration: ChatConfiguration
    let news = AnswerNews()
    let ambient: Ambient
    let logger: Logger
    let writer: AnswerWriter
    let store = ChatStore()
    /// What is remembered of students; nil remembers nothing.
    let memory: (any MemoryRecall)?
    private let kept = KeptSuggestions()
    private let state = Mutex(State())
    private let (queue, enqueue) = AsyncStream<MessageID>.makeStream()

    /// - Parameters:
    ///   - embedder: finds what a paraphrase rests on; nil finds it by words alone.
    ///   - probe: tries what is offered; without one nothing is.
    ///   - memory: what is remembered of students; nil remembers nothing.
    ///   - text: sums up long conversations; nil sums up by what was asked.
    ///   - manner: how students wish to be spoken to.
    ///   - tools: what may be made for students who wish for it.
    package init(
        database: any Database, search: any PassageSearch, documents: ChatDocuments, model: any AnsweringModel,
        embedder: (any TextEmbedder)? = nil, probe: (any AnswerProbe)? = nil,
        memory: (any MemoryRecall)? = nil, text: (any TextModel)? = nil, manner: ChatManner = .none, tools: [AssistantTool] = [],
        configuration: ChatConfiguration = .init(), ambient: Ambient = .live, logger: Logger = .silent, metrics: Metrics? = nil,
        announce: @escaping Announcement = { _, _, _ in }
    ) {
        self.database = database
        self.configuration = configuration
        self.ambient = ambient
        self.logger = logger.labelled("chat")
        self.memory = memory
        writer = AnswerWriter(
            database: database,
            maker: AnswerMaker(
                search: search, documents: documents, model: model, finder: SupportFinder(embedder: embedder), probe: probe,
                memory: memory, tools: tools, configuration: configuration, logger: self.logger), news: news,
            configuration: configuration,
            ambient: ambient, logger: self.logger,
            announce: announce, summary: ConversationSummary(database: database, model: text, logger: self.logger), manner: manner,
            metrics: metrics)
    }

    /// What may be made for students who wish for it.
    var tools: [AssistantTool] { writer.maker.tools }

    /// Long conversations in short.
    var summary: ConversationSummary { writer.summary }

    /// Suggests questions by the same search, and the trial of what is offered.
    package var suggestions: SuggestionService { SuggestionService(maker: writer.maker, database: database, kept: kept) }

    var lease: AnswerLease { AnswerLease(length: configuration.lease, ambient: ambient) }

    // MARK: - What the chat asks

    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Begins to write a message that stands in the database as `streaming`. A second call for the same message does nothing.
    func start(_ id: MessageID, user: UserID) {
        let isNew = state.withLock { state -> Bool in
            guard state.running[id] == nil, !state.isStopping else { return false }
            state.running[id] = RunningAnswer(user: user)
            return true
        }
        guard isNew else { return }
        enqueue.yield(id)
        // Who waits for another process to write it follows it here.
        news.tell(id)
    }

    /// The feed of a message that this process writes.
    func feed(of id: MessageID) -> MessageFeed? { state.withLock { $0.running[id]?.feed } }

    /// Stops a message if this process writes it, and waits until it no longer does: as a rule its end is written down then.
    func stop(_ id: MessageID) async throws {
        guard let running = state.withLock({ $0.running[id] }) else { return }
        running.stop.trigger()
        try await running.feed.waitForEnd()
    }

    /// Looks whether a message that this process writes was stopped elsewhere; all of them for nil.
    func look(at id: String?) {
        let running = state.withLock { state in state.running.filter { id == nil || $0.key.description == id }.values.map(\.look) }
        for look in running { look.wake() }
    }

    // MARK: - The service

    package func run(until shutdown: ShutdownSignal) async throws {
        shutdown.onTrigger {
            self.state.withLock { $0.isStopping = true }
            self.enqueue.finish()
            self.news.tell(nil)
            self.news.growth.wake()
        }
        defer { release() }
        await withDiscardingTaskGroup { group in
            group.addTask { await self.recover(until: shutdown) }
            group.addTask { await self.tellOthers(until: shutdown) }
            for await id in queue {
                group.addTask { await self.write(id, until: shutdown) }
            }
        }
    }

    /// Lets those go who follow what is not written any more: it came when the queue was closed.
    private func release() {
        let left = state.withLock { state in
            state.isStopping = true
            defer { state.running = [:] }
            return state.running.values.map(\.feed)
        }
        for feed in left { feed.end() }
        news.tell(nil)
    }

    /// To be called before `run` where another process may write answers in the same embedded database: those that are being written
    /// are then left alone until their lease is over. Otherwise all are taken up at once, since only a crash can have left them.
    package func shareDatabase() { state.withLock { $0.isShared = true } }

    var isShared: Bool { state.withLock { $0.isShared } }

    private func write(_ id: MessageID, until shutdown: ShutdownSignal) async {
        guard let rest = await written(id, until: shutdown) else { return }
        // The answer is given: what is left is made up for with the next one, if the program ends now.
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await rest() } catch {
                    if !Task.isCancelled { self.logger.failure("an answer's last steps failed", error, ["message_id": "\(id)"]) }
                }
            }
            group.addTask { await shutdown.wait() }
            await group.next()
            group.cancelAll()
        }
    }

    private func written(_ id: MessageID, until shutdown: ShutdownSignal) async -> AnswerWriter.Rest? {
        guard let running = state.withLock({ $0.running[id] }) else { return nil }
        defer {
            state.withLock { $0.running[id] = nil }
            running.feed.end()
        }
        do {
            return try await writer.write(id, running, until: shutdown)
        } catch is CancellationError {
            logger.notice("answer is left for the next start", ["message_id": "\(id)"])
        } catch {
            logger.failure("answer could not be written down", error, ["message_id": "\(id)"])
        }
        return nil
    }
}
