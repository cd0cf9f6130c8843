import Ambient
import Database
import FoundationEssentials
import Lifecycle
import Synchronization

/// Writes an answer's events down before anyone sees them, many at a time and a bounded number of times a second: while one batch is
/// being committed the next one gathers. Nothing that is written is written again.
///
/// After a crash the answer is made again. As long as the new words equal the old ones nothing is written; at the first that differs
/// the log says `message.restarted` and goes on with the new ones. Until then what the earlier run wrote stays.
final class AnswerLog: Sendable {
    private struct State {
        /// Not yet committed.
        var pending: [AnswerPiece] = []
        /// Of the last event that is committed or being committed.
        var number: Int
        /// What this run has made.
        var made = PartialAnswer()
        /// What an earlier run made, as long as this one neither has got as far nor made something else.
        var earlier: PartialAnswer?
        var earlierRun: EarlierRun
        /// What this run made while it met the earlier one, to be written after a restart.
        var repeated: [AnswerPiece] = []
        var isClosed = false
        var wantsBeat = false
        var failure: (any Error)?
        var waiter: CheckedContinuation<Void, Never>?

        var shown: PartialAnswer { earlier ?? made }

        mutating func takePending() throws -> [AnswerEvent] {
            defer { pending = [] }
            return try pending.map { piece in
                number += 1
                return try piece.event(number: number)
            }
        }
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
    private let closed = ShutdownSignal()
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
        let (last, earlierRun) = (earlier.last?.number ?? 0, try EarlierRun(earlier))
        let shown = earlierRun.isMet ? nil : try PartialAnswer(of: earlier)
        state = Mutex(State(number: last, earlier: shown, earlierRun: earlierRun))
        feed.begin(after: last)
    }

    // MARK: - What is made

    func add(_ text: String) {
        wake { state in
            state.made.add(text)
            take(.text(text), in: &state)
        }
    }

    func add(_ citation: Citation) throws {
        let data = try JSONColumn.text(citation)
        wake { state in
            state.made.add(citation)
            take(.event(.citation, data), in: &state)
        }
    }

    func add(_ event: AnswerEvent.Name, _ value: some Encodable & Sendable) throws {
        let data = try JSONColumn.text(value)
        wake { take(.event(event, data), in: &$0) }
    }

    private func take(_ piece: AnswerPiece, in state: inout State) {
        if case .event(.waiting, _) = piece { return state.pending.add(piece) }
        guard !state.earlierRun.isMet else { return state.pending.add(piece) }
        if repeats {
            let meeting = state.earlierRun.meet(piece)
            if meeting != .differs {
                state.repeated.add(piece)
                if state.earlierRun.isMet { (state.earlier, state.repeated) = (nil, []) }
                if case .goesOn(let rest) = meeting { state.pending.add(.text(rest)) }
                return
            }
        }
        switch piece {
        // The head was sent by the first run; the others need not see it twice.
        case .event(.started, _): return
        // What was seen goes only when there is something in its place.
        case .event(.retrieval, _) where !repeats: return state.repeated.add(piece)
        default: break
        }
        state.earlierRun.giveUp()
        state.earlier = nil
        state.pending.add(.event(.restarted, AnswerEvent.restartedData(id)))
        for repeated in state.repeated {
            if case .event(.started, _) = repeated { continue }
            state.pending.add(repeated)
        }
        state.repeated = []
        state.pending.add(piece)
    }

    /// What this run has made.
    var made: PartialAnswer { state.withLock { $0.made } }

    /// What they have who follow: it stays when the answer ends before it is done.
    var shown: PartialAnswer { state.withLock { $0.shown } }

    /// Why the database did not take it, if that is why it is `lost`.
    var failure: (any Error)? { state.withLock { $0.failure } }

    // MARK: - What is written

    /// Keeps the lease while the model is silent.
    func beat() { wake { $0.wantsBeat = true } }

    /// Lets `run` return once everything is written.
    func close() {
        wake { $0.isClosed = true }
        closed.trigger()
    }

    /// The last event, which goes with the answer's final state. Call it when `run` has returned.
    func lastEvent(_ event: AnswerEvent.Name, _ value: some Encodable) throws -> [AnswerEvent] {
        let data = try JSONColumn.text(value)
        return try state.withLock { state in
            // An earlier run may have got further than this one before it was stopped.
            state.pending.add(.event(event, data))
            return try state.takePending()
        }
    }

    /// Commits and publishes until `close`.
    func run() async {
        var pause = Duration.zero
        do {
            while let (events, keepsLease) = try await batch() {
                let lease = keepsLease ? AnswerLease(length: configuration.lease, ambient: ambient) : nil
                let isOurs = try await database.transaction(as: .user(user)) { tx in
                    guard try await store.hold(id, user: user, leaseUntil: lease?.end(in: tx.dialect), in: tx) else { return false }
                    try await store.append(events, to: id, user: user, in: tx)
                    return true
                }
                guard isOurs else { return lost.trigger() }
                feed.publish(events)
                if !events.isEmpty { news.grew(id) }
                // The first words are seen at once; those that come faster than the interval after them share a commit.
                pause = min(pause + configuration.pieceInterval / 4, configuration.pieceInterval)
                await closed.wait(atMost: pause)
            }
        } catch {
            state.withLock { $0.failure = error }
            lost.trigger()
        }
    }

    /// nil when all is written and nothing more comes.
    private func batch() async throws -> (events: [AnswerEvent], keepsLease: Bool)? {
        while true {
            let (batch, isEnd) = try state.withLock { state -> (([AnswerEvent], Bool)?, Bool) in
                guard !state.pending.isEmpty || state.wantsBeat else { return (nil, state.isClosed) }
                defer { state.wantsBeat = false }
                return ((try state.takePending(), state.wantsBeat), false)
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
