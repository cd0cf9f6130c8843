import Ambient
import Database
import FoundationEssentials
import Lifecycle
import Synchronization

/// Writes an answer's events down before anyone sees them, many at a time: while one batch is being committed the next one gathers.
///
/// After a crash the answer is made again. As long as the new events equal the old ones nothing is written; at the first that differs
/// the log says `message.restarted` and goes on with the new ones. Until then what the earlier run wrote stays.
final class AnswerLog: Sendable {
    private struct State {
        /// Not yet committed.
        var pending: [AnswerEvent] = []
        var number: Int
        /// What this run has made.
        var made = PartialAnswer()
        /// What an earlier run made, as long as this one neither has got as far nor made something else.
        var earlier: PartialAnswer?
        /// What an earlier run wrote, still to be met.
        var expected: ArraySlice<AnswerEvent>
        /// What this run made while it met the earlier one, to be written after a restart.
        var repeated: [(event: AnswerEvent.Name, data: String)] = []
        var isClosed = false
        var wantsBeat = false
        var failure: (any Error)?
        var waiter: CheckedContinuation<Void, Never>?

        var shown: PartialAnswer { earlier ?? made }
    }

    private let id: MessageID
    private let user: UserID
    private let database: any Database
    private let store: ChatStore
    private let feed: MessageFeed
    private let news: AnswerNews
    private let ambient: Ambient
    private let configuration: ChatConfiguration
    /// Whether the answer comes out the same again.
    private let repeats: Bool
    /// Comes when nobody may write on: the answer was stopped elsewhere, or the database does not take it.
    let lost = ShutdownSignal()
    private let state: Mutex<State>

    /// - Parameters:
    ///   - earlier: what an earlier run has written, empty for a new answer.
    ///   - repeats: whether the answer comes out the same again.
    init(
        _ id: MessageID, user: UserID, earlier: [AnswerEvent], repeats: Bool, database: any Database, store: ChatStore,
        feed: MessageFeed, news: AnswerNews, ambient: Ambient, configuration: ChatConfiguration
    ) throws {
        self.id = id
        self.user = user
        self.database = database
        self.store = store
        self.feed = feed
        self.news = news
        self.ambient = ambient
        self.configuration = configuration
        self.repeats = repeats
        let start = earlier.lastIndex { $0.event == .restarted }.map { $0 + 1 } ?? 0
        // Whether it has to wait for a place does not come out the same.
        let expected = earlier[start...].filter { $0.event != .waiting }
        let shown = expected.isEmpty ? nil : try PartialAnswer(of: expected)
        state = Mutex(State(number: earlier.last?.number ?? 0, earlier: shown, expected: expected[...]))
        feed.begin(after: earlier.last?.number ?? 0)
    }

    /// Adds an event; `text` is what it adds to the answer.
    func add(_ event: AnswerEvent.Name, _ value: some Encodable & Sendable, text: String = "") throws {
        let data = try ChatCoding.text(value)
        wake { state in
            state.made.add(text)
            if let citation = value as? Citation { state.made.add(citation) }
            if event == .waiting { return Self.append(event, data, to: &state) }
            if let next = state.expected.first {
                // The head was sent by the first run; the others need not see it twice.
                if repeats, next.event == event, next.data == data {
                    state.expected.removeFirst()
                    state.repeated.append((event, data))
                    if state.expected.isEmpty { state.earlier = nil }
                    return
                }
                if event == .started { return }
                // What was seen goes only when there is something in its place.
                if !repeats, event == .retrieval { return state.repeated.append((event, data)) }
                state.expected = []
                state.earlier = nil
                Self.append(.restarted, AnswerEvent.restartedData(id), to: &state)
                for (event, data) in state.repeated where event != .started { Self.append(event, data, to: &state) }
            }
            state.repeated = []
            Self.append(event, data, to: &state)
        }
    }

    private static func append(_ event: AnswerEvent.Name, _ data: String, to state: inout State) {
        state.number += 1
        state.pending.append(AnswerEvent(number: state.number, event: event, data: data))
    }

    /// What this run has made.
    var made: PartialAnswer { state.withLock { $0.made } }

    /// What they have who follow: it stays when the answer ends before it is done.
    var shown: PartialAnswer { state.withLock { $0.shown } }

    /// Why the database did not take it, if that is why it is `lost`.
    var failure: (any Error)? { state.withLock { $0.failure } }

    /// Keeps the lease while the model is silent.
    func beat() { wake { $0.wantsBeat = true } }

    /// Lets `run` return once everything is written.
    func close() { wake { $0.isClosed = true } }

    /// The last event, which goes with the answer's final state. Call it when `run` has returned.
    func lastEvent(_ event: AnswerEvent.Name, _ value: some Encodable) throws -> [AnswerEvent] {
        let data = try ChatCoding.text(value)
        return state.withLock { state in
            // An earlier run got further than this one before it was stopped.
            if !state.expected.isEmpty, event == .completed { state.expected = [] }
            Self.append(event, data, to: &state)
            defer { state.pending = [] }
            return state.pending
        }
    }

    /// Commits and publishes until `close`.
    func run() async {
        while let (events, content) = await batch() {
            do {
                let now = ambient.now()
                let lease = now.addingTimeInterval(configuration.lease / .seconds(1))
                let isOurs = try await database.transaction(as: .user(user)) { tx in
                    try await store.append(events, to: id, user: user, content: content, leaseUntil: lease, now: now, in: tx)
                }
                guard isOurs else { return lost.trigger() }
                feed.publish(events)
                if !events.isEmpty { news.grew(id) }
            } catch {
                state.withLock { $0.failure = error }
                return lost.trigger()
            }
            // Tokens that come faster than this share a commit.
            if !state.withLock({ $0.isClosed }) { try? await Task.sleep(for: .milliseconds(25)) }
        }
    }

    /// nil when all is written and nothing more comes.
    private func batch() async -> ([AnswerEvent], String)? {
        while true {
            let (batch, isEnd) = state.withLock { state -> (([AnswerEvent], String)?, Bool) in
                guard !state.pending.isEmpty || state.wantsBeat else { return (nil, state.isClosed) }
                defer {
                    state.pending = []
                    state.wantsBeat = false
                }
                return ((state.pending, state.shown.content), false)
            }
            if let batch { return batch }
            if isEnd { return nil }
            await withCheckedContinuation { continuation in
                let now = state.withLock { state -> Bool in
                    guard state.pending.isEmpty, !state.wantsBeat, !state.isClosed else { return true }
                    state.waiter = continuation
                    return false
                }
                if now { continuation.resume() }
            }
        }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}
