import Ambient
import Database
import Failures
import FoundationEssentials
import Graphs
import LanguageModels
import Lifecycle
import Recollection
import Synchronization
import Telemetry

/// Writes one answer down, from its question to its last event.
struct AnswerWriter: Sendable {
    let database: any Database
    let maker: AnswerMaker
    let news: AnswerNews
    let configuration: ChatConfiguration
    let ambient: Ambient
    let logger: Logger
    let announce: GenerationService.Announcement
    let summary: ConversationSummary
    let manner: ChatManner
    var metrics: Metrics?
    let store = ChatStore()

    /// What an answer leaves to be done when it has been given.
    typealias Rest = @Sendable () async throws -> Void

    /// - Returns: what is left to be done, for which nobody waits.
    func write(_ id: MessageID, _ running: RunningAnswer, until shutdown: ShutdownSignal) async throws -> Rest? {
        let began = ContinuousClock.now
        let user = running.user
        guard let (message, question, task, earlier) = try await context(of: id, user: user) else { return nil }
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
        let race = AnswerRace(id, running, log: log, configuration: configuration, shutdown: shutdown)
        let hand = AnswerInHand(task)
        let graph = AnswerGraph(maker: maker, hand: hand, summary: summary) { try race.tell($0) }
        // What a crash cuts off is taken up by the log and begins at the first step, so nothing waits for a checkpoint.
        let runner = GraphRunner(
            try graph.graph(), database: database, pace: .behind, ambient: ambient, logger: logger, metrics: metrics)
        let given = Mutex<GraphRunner<AnswerState>.Outcome?>(nil)
        // From here on nothing throws before `close`, without which it would not end.
        async let written: Void = log.run()
        let outcome = await race.outcome {
            let outcome = try await runner.run(
                AnswerState(message: id), on: GraphThreadID(message.conversationID.uuid), for: user, through: AnswerGraph.answer)
            given.withLock { $0 = outcome }
            guard let answer = hand.now.answer else { throw ChatFailure(.nothingToAnswer) }
            return answer
        }
        log.close()
        await written
        if case .interrupted = outcome { return nil }
        // Also when it was lost with its last words.
        if log.lost.isTriggered {
            if let failure = log.failure { throw failure }
            return nil
        }
        let isOurs = try await finish(message, outcome, log, running, took: ContinuousClock.now - began)
        guard isOurs, let outcome = given.withLock({ $0 }) else { return nil }
        return { _ = try await runner.goOn(outcome, for: user) }
    }

    /// nil where there is nothing to be written any more.
    private func context(
        of id: MessageID, user: UserID
    ) async throws -> (message: ChatMessage, question: ChatMessage, task: AnswerMaker.Assignment, earlier: [AnswerEvent])? {
        try await database.read(as: .user(user)) { [store, configuration, maker, manner] tx in
            guard let message = try await store.message(id, user: user, in: tx), message.status == .streaming,
                let conversation = try await store.conversation(message.conversationID, user: user, in: tx)
            else { return nil }
            guard let questionID = message.questionID, let question = try await store.message(questionID, user: user, in: tx) else {
                throw ChatFailure(.nothingToAnswer)
            }
            let history = try await store.history(
                before: question.number, of: message.conversationID, limit: configuration.historyTurns, in: tx)
            let earlier = try await store.events(of: id, after: 0, user: user, in: tx)
            var task = AnswerMaker.Assignment(
                question: question.content, history: history,
                documentIDs: question.scope == .all ? nil : conversation.documentIDs,
                courseID: question.scope == .all ? nil : conversation.courseID, user: user, remembers: conversation.remembers)
            // Of use to a model alone.
            if maker.model.readsNotes {
                let known = try await store.summary(of: conversation.id, user: user, in: tx)
                task.summary = known.text
                task.told = try await store.history(
                    before: question.number, of: conversation.id, limit: ConversationSummary.most + ConversationSummary.kept, in: tx
                ).filter { $0.number > known.upTo }
                task.manner = try await manner.of(conversation.id, user, tx)
            }
            return (message, question, task, earlier)
        }
    }

    /// - Returns: whether the message was still ours to finish.
    private func finish(
        _ original: ChatMessage, _ outcome: AnswerRace.Outcome, _ log: AnswerLog, _ running: RunningAnswer, took: Duration
    ) async throws -> Bool {
        var message = original
        // What is written stays, but for an answer that came out shorter than before.
        let shown = log.shown
        (message.content, message.citations) = (shown.content, shown.citations)
        message.updatedAt = ambient.now()
        let milliseconds = Int(took / .milliseconds(1))
        var arguments: String?
        let last: [AnswerEvent]
        switch outcome {
        case .done(let answer):
            message.status = .completed
            (message.content, message.citations, message.offers) = (log.made.content, answer.citations, answer.offers)
            (message.memories, message.proposal) = (answer.memories, answer.proposed?.proposal)
            arguments = try answer.proposed.map { try JSONColumn.text($0.arguments) }
            message.usage = MessageUsage(
                promptTokens: answer.promptTokens, completionTokens: answer.completionTokens, model: answer.model,
                durationMilliseconds: milliseconds)
            last = try log.lastEvent(.completed, message)
        case .failed(let error):
            message.status = .failed
            let failure = (error as? any Failure) ?? Unforeseen(underlying: error)
            message.error = failure.message
            logger.failure("answer failed", error, ["message_id": "\(message.id)"])
            last = try log.lastEvent(
                .error, ErrorPayload(id: message.id, error: failure.code.rawValue, message: failure.message))
        default:
            message.status = .stopped
            message.usage = MessageUsage(
                promptTokens: 0, completionTokens: 0, model: maker.model.name, durationMilliseconds: milliseconds)
            last = try log.lastEvent(.completed, message)
        }
        let (final, call, user) = (message, arguments, running.user)
        let isOurs = try await database.transaction(as: .user(user)) { [store, announce, memory = maker.memory] tx in
            guard try await store.finish(final, arguments: call, user: user, events: last, in: tx) else { return false }
            try await store.touch(final.conversationID, at: final.updatedAt, user: user, in: tx)
            if !final.memories.isEmpty { try await memory?.used(final.memories, by: user, in: tx) }
            if final.status == .completed { try await announce(final, user, tx) }
            return true
        }
        if isOurs { running.feed.publish(last) }
        return isOurs
    }

    /// Ends an answer that was taken up again and again, without asking the model once more: what was seen stays, if the database takes
    /// it.
    func giveUp(_ answer: AbandonedAnswer) async throws {
        do {
            try await giveUp(answer, keepsText: true)
        } catch let failure as DatabaseFailure where failure.kind != .connection {
            try await giveUp(answer, keepsText: false)
        }
        news.tell(answer.id)
    }

    private func giveUp(_ answer: AbandonedAnswer, keepsText: Bool) async throws {
        let now = ambient.now()
        try await database.transaction(as: .user(answer.user)) { [store] tx in
            guard var message = try await store.message(answer.id, user: answer.user, locking: true, in: tx) else { return }
            if keepsText { message = try await store.withWritten(message, user: answer.user, in: tx) }
            let failure = ChatFailure(.givenUp)
            (message.status, message.error, message.updatedAt) = (.failed, failure.message, now)
            let payload = ErrorPayload(id: message.id, error: failure.code.rawValue, message: failure.message)
            let number = try await store.lastEventNumber(of: answer.id, user: answer.user, in: tx) + 1
            let last = AnswerEvent(number: number, event: .error, data: try JSONColumn.text(payload))
            _ = try await store.finish(message, user: answer.user, events: [last], in: tx)
        }
    }
}

/// An error that nobody foresaw, without its text.
private struct Unforeseen: Failure {
    let underlying: (any Error)?
    var code: FailureCode { .internal }
    var message: String { "Something went wrong while the answer was written. Try again." }
}
