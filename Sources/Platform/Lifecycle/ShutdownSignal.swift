import Synchronization

/// Says once, to everyone who waits, that the program is to stop.
package final class ShutdownSignal: Sendable {
    private struct State {
        var triggered = false
        var nextID: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var actions: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    package init() {}

    package var isTriggered: Bool { state.withLock { $0.triggered } }

    package func trigger() {
        let (waiters, actions) = state.withLock { state in
            guard !state.triggered else { return ([CheckedContinuation<Void, Never>](), [@Sendable () -> Void]()) }
            state.triggered = true
            defer {
                state.waiters = [:]
                state.actions = []
            }
            return (Array(state.waiters.values), state.actions)
        }
        for waiter in waiters { waiter.resume() }
        for action in actions { action() }
    }

    /// Runs `action` when the signal comes, on the thread that triggers it; at once if it already came.
    package func onTrigger(_ action: @escaping @Sendable () -> Void) {
        let now = state.withLock { state -> Bool in
            if !state.triggered { state.actions.append(action) }
            return state.triggered
        }
        if now { action() }
    }

    /// Returns when the signal comes or the task is cancelled.
    package func wait() async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now = state.withLock { state -> Bool in
                    if state.triggered || Task.isCancelled { return true }
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
