import Synchronization

/// Lets tasks through while it has permits; the rest wait in line, and a waiter that is cancelled leaves it.
package final class AsyncSemaphore: Sendable {
    private struct Waiter {
        let id: UInt64
        let permits: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var free: Int
        var nextID: UInt64 = 0
        /// The first in line goes first, also where a later one would fit: else one that needs many would wait for ever.
        var waiters: [Waiter] = []

        mutating func take(_ permits: Int) -> Bool {
            guard waiters.isEmpty, free >= permits else { return false }
            free -= permits
            return true
        }

        /// Lets those in front through for whom there are permits.
        mutating func admitted() -> [Waiter] {
            let count = waiters.prefix { waiter in
                guard free >= waiter.permits else { return false }
                free -= waiter.permits
                return true
            }.count
            defer { waiters.removeFirst(count) }
            return Array(waiters.prefix(count))
        }
    }

    private let state: Mutex<State>

    package init(_ count: Int) { state = Mutex(State(free: count)) }

    /// Permits that nobody has.
    package var free: Int { state.withLock { $0.free } }

    /// How many wait for their turn.
    package var waiting: Int { state.withLock { $0.waiters.count } }

    /// Runs `body` with permits. Throws `CancellationError` if cancelled while waiting.
    package func withPermit<Value>(_ permits: Int = 1, _ body: () async throws -> Value) async throws -> Value {
        try await acquire(permits)
        defer { release(permits) }
        return try await body()
    }

    /// Takes a permit if one is free at once.
    package func tryAcquire() -> Bool { state.withLock { $0.take(1) } }

    /// - Parameter permits: no more than there are in all.
    package func acquire(_ permits: Int = 1) async throws {
        let id = state.withLock { state -> UInt64? in
            if state.take(permits) { return nil }
            state.nextID += 1
            return state.nextID
        }
        guard let id else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let now: Result<Void, any Error>? = state.withLock { state in
                    // Cancelled before it stood in line: the handler below found nobody to wake.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.take(permits) { return .success(()) }
                    state.waiters.append(Waiter(id: id, permits: permits, continuation: continuation))
                    return nil
                }
                if let now { continuation.resume(with: now) }
            }
        } onCancel: {
            let (gone, next) = state.withLock { state in
                let gone = state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
                // Those behind it may need less.
                return (gone, state.admitted())
            }
            gone?.continuation.resume(throwing: CancellationError())
            for waiter in next { waiter.continuation.resume() }
        }
    }

    package func release(_ permits: Int = 1) {
        let next = state.withLock { state in
            state.free += permits
            return state.admitted()
        }
        for waiter in next { waiter.continuation.resume() }
    }
}
