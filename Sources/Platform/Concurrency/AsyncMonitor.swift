import Synchronization

/// State behind a lock, and the tasks that wait for it to change: what a mutex with a condition variable is to threads.
///
/// No signal is lost between a waiter's look at the state and its sleep: both happen under the lock.
package final class AsyncMonitor<State: Sendable>: Sendable {
    private struct Guarded {
        var state: State
        var nextID: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let guarded: Mutex<Guarded>

    package init(_ state: State) { guarded = Mutex(Guarded(state: state)) }

    /// Reads or changes the state and wakes nobody.
    @discardableResult
    package func withLock<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        guarded.withLock { body(&$0.state) }
    }

    /// Changes the state and wakes everyone who waits.
    ///
    /// - Parameter change: is told how many that are.
    @discardableResult
    package func signal<Value: Sendable>(_ change: (inout State, _ waiting: Int) -> Value) -> Value {
        let (value, waiters) = guarded.withLock { guarded in
            let value = change(&guarded.state, guarded.waiters.count)
            defer { guarded.waiters = [:] }
            return (value, Array(guarded.waiters.values))
        }
        for waiter in waiters { waiter.resume() }
        return value
    }

    /// Returns at once if `isOver` says so, else at the next signal, whatever that changed, or when the task is cancelled.
    ///
    /// - Parameter isOver: is asked once, under the lock, and may change the state: take what it finds.
    package func wait(unless isOver: @Sendable (inout State) -> Bool) async {
        let id = guarded.withLock { guarded in
            guarded.nextID += 1
            return guarded.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let now = guarded.withLock { guarded -> Bool in
                    if isOver(&guarded.state) || Task.isCancelled { return true }
                    guarded.waiters[id] = continuation
                    return false
                }
                if now { continuation.resume() }
            }
        } onCancel: {
            guarded.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }

    /// The same, but no longer than `limit`.
    package func wait(atMost limit: Duration, unless isOver: @escaping @Sendable (inout State) -> Bool) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait(unless: isOver) }
            group.addTask { try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }
}
