import Synchronization

/// Wakes the workers of this process: there is work, a place came free, or a running job is to stop.
final class JobBell: Sendable {
    private struct State {
        var rings: UInt64 = 0
        var nextID: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var cancellers: [JobID: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    /// How often it has rung; to be read before looking for work, so that no ring in between is missed.
    var rings: UInt64 { state.withLock { $0.rings } }

    func ring() {
        let waiters = state.withLock { state in
            state.rings += 1
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when it has rung more often than `seen`, after `limit`, or when the task is cancelled.
    func wait(after seen: UInt64, atMost limit: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait(after: seen) }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait(after seen: UInt64) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now = state.withLock { state -> Bool in
                    if state.rings > seen || Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if now { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }

    func onCancel(_ id: JobID, _ action: (@Sendable () -> Void)?) { state.withLock { $0.cancellers[id] = action } }

    func cancel(_ id: JobID) { state.withLock { $0.cancellers[id] }?() }
}
