import Concurrency

/// The committed events of an answer that this process writes, for those who follow it.
final class MessageFeed: Sendable {
    private struct State {
        /// Events up to this number are in the log alone.
        var base = 0
        var events: [AnswerEvent] = []
        var isEnded = false

        /// What a follower that has the events up to `number` gets now; nil if it has to wait.
        func next(after number: Int) -> Next? {
            if number < base { return .readLog }
            let known = number - base
            if known < events.count { return .events(Array(events[known...])) }
            return isEnded ? .ended : nil
        }
    }

    private let state = AsyncMonitor(State())

    /// Called before the first `publish`. Who has fewer events finds the rest in the log.
    func begin(after number: Int) { state.signal { state, _ in state.base = number } }

    func publish(_ events: [AnswerEvent]) { state.signal { state, _ in state.events += events } }

    func end() { state.signal { state, _ in state.isEnded = true } }

    enum Next: Sendable {
        case events([AnswerEvent])
        /// Older events than the feed has are wanted: read the log, then ask again.
        case readLog
        case ended
    }

    /// Waits for events after a number. Throws when the task is cancelled.
    func next(after number: Int) async throws -> Next {
        while true {
            try Task.checkCancellation()
            if let next = state.withLock({ $0.next(after: number) }) { return next }
            await state.wait { $0.next(after: number) != nil }
        }
    }

    /// Returns when the answer has ended. Throws when the task is cancelled; the answer goes on.
    func waitForEnd() async throws {
        while !state.withLock({ $0.isEnded }) {
            try Task.checkCancellation()
            await state.wait { $0.isEnded }
        }
    }
}
