package import Ambient
import Concurrency
package import Database
import Failures
import FoundationEssentials
package import LanguageModels
package import Lifecycle
package import Passages
import Synchronization
package import Telemetry

/// Writes answers. It belongs to the server and not to a connection: a closed tab loses nothing, a stop button stops it, and what a
/// crash cut off is taken up again at the next start.
package final class GenerationService: Service {
    package let name = "chat"

    /// Told of each finished answer in the transaction that finishes it.
    package typealias Announcement = @Sendable (ChatMessage, UserID, any Transaction) async throws -> Void

    private struct Running: Sendable {
        let feed: MessageFeed
        let stop: ShutdownSignal
        /// Wakes the log to look whether the answer is still to be written.
        let look = WakeSignal()
        let user: UserID
    }

    private struct State {
        var running: [MessageID: Running] = [:]
        var isStopping = false
        /// Another process may be writing answers in the same embedded database.
        var isShared = false
    }

    let database: any Database
    private let maker: AnswerMaker
    let configuration: ChatConfiguration
    let news = AnswerNews()
    private let ambient: Ambient
    let logger: Logger
    private let announce: Announcement
    private let store = ChatStore()
    private let state = Mutex(State())
    private let (queue, enqueue) = AsyncStream<MessageID>.makeStream()

    package init(
        database: any Database, search: any PassageSearch, documents: ChatDocuments, model: any AnsweringModel,
        configuration: ChatConfiguration = .init(), ambient: Ambient = .live, logger: Logger = .silent,
        announce: @escaping Announcement = { _, _, _ in }
    ) {
        self.database = database
        maker = AnswerMaker(search: search, documents: documents, model: model, configuration: configuration)
        self.configuration = configuration
        self.ambient = ambient
        self.logger = logger.labelled("chat")
        self.announce = announce
    }

    var modelName: String { maker.model.name }

    var leaseEnd: Date { ambient.now().addingTimeInterval(configuration.lease / .seconds(1)) }

    // MARK: - What the chat asks

    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Begins to write a message that stands in the database as `streaming`. A second call for the same message does nothing.
    func start(_ id: MessageID, user: UserID) {
        let isNew = state.withLock { state -> Bool in
            guard state.running[id] == nil, !state.isStopping else { return false }
            state.running[id] = Running(feed: MessageFeed(), stop: ShutdownSignal(), user: user)
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

    /// Takes up at the start everything that is unfinished on a database of our own; after that what another server has left.
    private func recover(until shutdown: ShutdownSignal) async {
        var isFirst = true
        while !shutdown.isTriggered, !Task.isCancelled {
            let takesAll = isFirst && database.dialect == .sqlite && !state.withLock { $0.isShared }
            do {
                let now = ambient.now()
                let found = try await database.transaction(as: .system) { [store, leaseEnd] tx in
                    try await store.claimAbandoned(now: takesAll ? nil : now, leaseUntil: leaseEnd, in: tx)
                }
                for (id, user) in found {
                    logger.info("answer is taken up again", ["message_id": "\(id)"])
                    start(id, user: user)
                }
                isFirst = false
            } catch {
                logger.failure("unfinished answers could not be looked up", error)
            }
            await shutdown.wait(atMost: configuration.lease / 2)
        }
    }

    private func write(_ id: MessageID, until shutdown: ShutdownSignal) async {
        guard let running = state.withLock({ $0.running[id] }) else { return }
        defer {
            state.withLock { $0.running[id] = nil }
            running.feed.end()
        }
        do {
            try await write(id, running, until: shutdown)
        } catch is CancellationError {
            logger.notice("answer is left for the next start", ["message_id": "\(id)"])
        } catch {
            logger.failure("answer could not be written down", error, ["message_id": "\(id)"])
        }
    }

    private enum Outcome: Sendable {
        case done(AnswerMaker.Answer)
        case failed(any Error)
        case stopped
        /// Another process ended it, or the database does not take it: nothing more to write.
        case lost
        /// The program ends: the next start goes on.
        case interrupted
    }

    private func write(_ id: MessageID, _ running: Running, until shutdown: ShutdownSignal) async throws {
        let began = ContinuousClock.now
        let user = running.user
        let (message, question, task, earlier) = try await context(of: id, user: user)
        guard message.status == .streaming else { return }
        let log = try AnswerLog(
            id, user: user, earlier: earlier, repeats: maker.model.isDeterministic, database: database, store: store,
            feed: running.feed, news: news, ambient: ambient, configuration: configuration)
        // Who follows has seen the head once.
        if earlier.isEmpty || maker.model.isDeterministic && !earlier.contains(where: { $0.event == .restarted }) {
            try log.add(
                .started,
                StartedPayload(
                    id: id, conversationID: message.conversationID, role: .assistant, model: maker.model.name, question: question))
        }
        // From here on nothing throws before `close`, without which it would not end.
        async let written: Void = log.run()
        let outcome = await outcome(of: id, task, log, running, shutdown)
        log.close()
        await written
        if case .interrupted = outcome { return }
        // Also when it was lost with its last words.
        if log.lost.isTriggered {
            if let failure = log.failure { throw failure }
            return
        }
        try await finish(message, outcome, log, running, took: ContinuousClock.now - began)
    }

    /// Runs the making of the answer against everything that may end it sooner. While it waits for its turn it is as alive as one that
    /// is made: whoever follows is told, its lease is kept, and a stop ends it. At shutdown it is left for the next start at once.
    private func outcome(
        of id: MessageID, _ task: AnswerMaker.Assignment, _ log: AnswerLog, _ running: Running, _ shutdown: ShutdownSignal
    ) async -> Outcome {
        let clock = AnswerClock()
        return await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { [maker] in
                do {
                    let answer = try await maker.make(task) { step in
                        switch step {
                        case .waiting:
                            clock.pause()
                            try log.add(.waiting, WaitingPayload(id: id))
                        case .began:
                            if shutdown.isTriggered { throw ChatFailure(.shuttingDown) }
                            clock.resume()
                        case .retrieval(let query, let passages):
                            try log.add(.retrieval, RetrievalPayload(query: query, passages: passages))
                        case .text(let text): try log.add(.delta, DeltaPayload(text: text), text: text)
                        case .citation(let citation): try log.add(.citation, citation)
                        }
                    }
                    return .done(answer)
                } catch is CancellationError {
                    return nil
                } catch let failure as ChatFailure where failure.kind == .shuttingDown {
                    return .interrupted
                } catch {
                    return .failed(error)
                }
            }
            group.addTask {
                await running.stop.wait()
                return running.stop.isTriggered ? .stopped : nil
            }
            group.addTask {
                await log.lost.wait()
                return log.lost.isTriggered ? .lost : nil
            }
            group.addTask {
                await shutdown.wait()
                // What is nearly done may finish; what has not begun is left at once.
                if !clock.isPaused { try? await Task.sleep(for: .seconds(3)) }
                return Task.isCancelled && !shutdown.isTriggered ? nil : .interrupted
            }
            group.addTask { [configuration] in
                do { try await clock.runOut(after: configuration.answerTimeout) } catch { return nil }
                return .failed(ChatFailure(.tooSlow))
            }
            group.addTask { [configuration] in
                while true {
                    await running.look.wait(atMost: configuration.lease / 3)
                    if Task.isCancelled { return nil }
                    log.beat()
                }
            }
            defer { group.cancelAll() }
            while let outcome = await group.next() {
                if let outcome { return outcome }
            }
            return .interrupted
        }
    }

    private func context(
        of id: MessageID, user: UserID
    ) async throws -> (message: ChatMessage, question: ChatMessage, task: AnswerMaker.Assignment, earlier: [AnswerEvent]) {
        try await database.read(as: .user(user)) { [store, configuration] tx in
            let message = try await store.message(id, user: user, in: tx)
            guard let questionID = message.questionID else { throw ChatFailure(.nothingToAnswer) }
            let question = try await store.message(questionID, user: user, in: tx)
            let conversation = try await store.conversation(message.conversationID, user: user, in: tx)
            let history = try await store.history(
                before: questionID, of: message.conversationID, limit: configuration.historyTurns, in: tx)
            let earlier = try await store.events(of: id, after: 0, user: user, in: tx)
            let task = AnswerMaker.Assignment(
                question: question.content, history: history, documentIDs: conversation.documentIDs,
                courseID: conversation.courseID, user: user)
            return (message, question, task, earlier)
        }
    }

    private func finish(
        _ original: ChatMessage, _ outcome: Outcome, _ log: AnswerLog, _ running: Running, took: Duration
    ) async throws {
        var message = original
        // What is written stays, but for an answer that came out shorter than before.
        let shown = log.shown
        (message.content, message.citations) = (shown.content, shown.citations)
        message.updatedAt = ambient.now()
        let milliseconds = Int(took / .milliseconds(1))
        var events: [AnswerEvent]
        switch outcome {
        case .done(let answer):
            message.status = .completed
            (message.content, message.citations) = (log.made.content, answer.citations)
            message.usage = MessageUsage(
                promptTokens: answer.promptTokens, completionTokens: answer.completionTokens, model: answer.model,
                durationMilliseconds: milliseconds)
            events = try log.lastEvent(.completed, message)
        case .failed(let error):
            message.status = .failed
            let failure = (error as? any Failure) ?? Unforeseen(underlying: error)
            message.error = failure.message
            logger.failure("answer failed", error, ["message_id": "\(message.id)"])
            events = try log.lastEvent(
                .error, ErrorPayload(id: message.id, error: failure.code.rawValue, message: failure.message))
        default:
            message.status = .stopped
            message.usage = MessageUsage(
                promptTokens: 0, completionTokens: 0, model: maker.model.name, durationMilliseconds: milliseconds)
            events = try log.lastEvent(.completed, message)
        }
        let (final, last) = (message, events)
        let isOurs = try await database.transaction(as: .user(running.user)) { [store, announce] tx in
            guard try await store.finish(final, user: running.user, events: last, in: tx) else { return false }
            try await store.touch(final.conversationID, at: final.updatedAt, user: running.user, in: tx)
            if final.status == .completed { try await announce(final, running.user, tx) }
            return true
        }
        if isOurs { running.feed.publish(last) }
    }
}

/// An error that nobody foresaw, without its text.
private struct Unforeseen: Failure {
    let underlying: (any Error)?
    var code: FailureCode { .internal }
    var message: String { "Something went wrong while the answer was written. Try again." }
}
