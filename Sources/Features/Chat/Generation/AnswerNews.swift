import Concurrency
import Database
import Signals
import Synchronization

extension SignalTopic {
    /// An answer has new events, or has ended; the text is its id.
    static let grownAnswer = SignalTopic("chat.grown")
}

/// The news that an answer has grown: brings them to those who follow here what another process writes, and gathers them for the other
/// processes of what is written here.
final class AnswerNews: Sendable {
    private struct State {
        var nextNumber: UInt64 = 0
        var followers: [MessageID: [UInt64: WakeSignal]] = [:]
        var grown: Set<MessageID> = []
    }

    /// Wakes who tells the other processes.
    let growth = WakeSignal()
    private let state = Mutex(State())

    /// Lets `body` wait for news of an answer. None that comes from now on is lost.
    func following<Value>(_ id: MessageID, _ body: (WakeSignal) async throws -> Value) async throws -> Value {
        let news = WakeSignal()
        let number = state.withLock { state in
            state.nextNumber += 1
            state.followers[id, default: [:]][state.nextNumber] = news
            return state.nextNumber
        }
        defer {
            state.withLock { state in
                state.followers[id]?[number] = nil
                if state.followers[id]?.isEmpty == true { state.followers[id] = nil }
            }
        }
        return try await body(news)
    }

    /// Wakes who follows an answer here; everyone for nil.
    func tell(_ id: MessageID?) {
        let followers = state.withLock { state in
            id.map { state.followers[$0].map { Array($0.values) } ?? [] } ?? state.followers.values.flatMap(\.values)
        }
        for follower in followers { follower.wake() }
    }

    /// Notes what the other processes are to be told of.
    func grew(_ id: MessageID) {
        state.withLock { _ = $0.grown.insert(id) }
        growth.wake()
    }

    /// The answers that grew since it was last asked.
    func takeGrown() -> Set<MessageID> {
        state.withLock { state in
            defer { state.grown = [] }
            return state.grown
        }
    }
}
