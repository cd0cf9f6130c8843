import Ambient
import FoundationEssentials
import Synchronization

/// Sessions that ended while their last access token may still be good, so that signing out takes effect without a database look-up a
/// request: at once in this process, and elsewhere, or after a restart, as soon as `SessionWatch` has read them.
final class EndedSessions: Sendable {
    private struct State {
        var until: [String: Date] = [:]
        var nextID: UInt64 = 0
        /// Who waits for the end of which session.
        var waiters: [String: [UInt64: CheckedContinuation<Void, Never>]] = [:]
    }

    private let state = Mutex(State())

    func add(_ sessions: [(id: SessionID, until: Date)], at now: Date) {
        guard !sessions.isEmpty else { return }
        let waiters = state.withLock { state in
            state.until = state.until.filter { $0.value > now }
            return sessions.flatMap { session -> [CheckedContinuation<Void, Never>] in
                let id = session.id.description
                state.until[id] = session.until
                return state.waiters.removeValue(forKey: id).map { Array($0.values) } ?? []
            }
        }
        for waiter in waiters { waiter.resume() }
    }

    func contains(_ session: String) -> Bool { state.withLock { $0.until[session] != nil } }

    /// Returns when the session has ended, or the task is cancelled.
    func wait(for session: String) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.until[session] != nil || Task.isCancelled { return true }
                    state.waiters[session, default: [:]][id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { state in
                let waiter = state.waiters[session]?.removeValue(forKey: id)
                if state.waiters[session]?.isEmpty == true { state.waiters[session] = nil }
                return waiter
            }?.resume()
        }
    }
}
