import Concurrency

/// Says once, to everyone who waits, that the program is to stop.
package final class ShutdownSignal: Sendable {
    private struct State {
        var triggered = false
        var actions: [@Sendable () -> Void] = []
    }

    private let monitor = AsyncMonitor(State())

    package init() {}

    package var isTriggered: Bool { monitor.withLock { $0.triggered } }

    package func trigger() {
        let actions = monitor.signal { state, _ in
            state.triggered = true
            defer { state.actions = [] }
            return state.actions
        }
        for action in actions { action() }
    }

    /// Runs `action` when the signal comes, on the thread that triggers it; at once if it already came.
    package func onTrigger(_ action: @escaping @Sendable () -> Void) {
        let now = monitor.withLock { state in
            if !state.triggered { state.actions.append(action) }
            return state.triggered
        }
        if now { action() }
    }

    /// Returns when the signal comes or the task is cancelled.
    package func wait() async { await monitor.wait { $0.triggered } }

    /// The same, but no longer than `limit`: the pause between two rounds of work.
    package func wait(atMost limit: Duration) async { await monitor.wait(atMost: limit) { $0.triggered } }
}
