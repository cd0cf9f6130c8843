import Concurrency

/// Wakes the workers of this process: there is work, a place came free, or a running job is to stop.
final class JobBell: Sendable {
    private struct State {
        var rings: UInt64 = 0
        /// The queues that it rang for since this was last taken; nil for all.
        var rung: Set<String>? = []
        var cancellers: [JobID: @Sendable () -> Void] = [:]
    }

    /// Wakes the worker to look whether what it runs was cancelled elsewhere.
    let cancelled = WakeSignal()
    private let monitor = AsyncMonitor(State())

    /// How often it has rung; to be read before looking for work, so that no ring in between is missed.
    var rings: UInt64 { monitor.withLock { $0.rings } }

    /// - Parameter queue: in which there is something to do; in any if nil.
    func ring(_ queue: String? = nil) {
        monitor.signal { state, _ in
            state.rings += 1
            if let queue { state.rung?.insert(queue) } else { state.rung = nil }
        }
    }

    /// The queues that it rang for since the last call; nil for all.
    func takeRung() -> Set<String>? {
        monitor.withLock { state in
            defer { state.rung = [] }
            return state.rung
        }
    }

    /// Returns when it has rung more often than `seen`, after `limit`, or when the task is cancelled.
    func wait(after seen: UInt64, atMost limit: Duration) async { await monitor.wait(atMost: limit) { $0.rings > seen } }

    func onCancel(_ id: JobID, _ action: (@Sendable () -> Void)?) { monitor.withLock { $0.cancellers[id] = action } }

    func cancel(_ id: JobID) { monitor.withLock { $0.cancellers[id] }?() }
}
