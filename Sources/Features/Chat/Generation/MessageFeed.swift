import Synchronization

/// The committed events of an answer that this process writes, for those who follow it.
final class MessageFeed: Sendable {
    private struct State {
        /// Events up to this number are in the log alone.
        var base = 0
        var events: [AnswerEvent] = []
        var isEnded = false
        var nextID: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Called before the first `publish`.
    func begin(after number: Int) { state.withLock { $0.base = number } }

    func publish(_ events: [AnswerEvent]) { wake { $0.events += events } }

    func end() { wake { $0.isEnded = true } }

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
            let found = state.withLock { state -> Next? in
                if number < state.base { return .readLog }
                let known = number - state.base
                if known < state.events.count { return .events(Array(state.events[known...])) }
                return state.isEnded ? .ended : nil
            }
            if let found { return found }
            await wait { number - $0.base >= $0.events.count && !$0.isEnded && number >= $0.base }
        }
    }

    /// Returns when the answer has ended. Throws when the task is cancelled; the answer goes on.
    func waitForEnd() async throws {
        while !state.withLock({ $0.isEnded }) {
            try Task.checkCancellation()
            await wait { !$0.isEnded }
        }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiters = state.withLock { state in
            change(&state)
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume() }
    }

    private func wait(while isStill: @Sendable (borrowing State) -> Bool) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now = state.withLock { state -> Bool in
                    guard isStill(state), !Task.isCancelled else { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if now { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }
}
