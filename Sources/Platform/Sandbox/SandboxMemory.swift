import Glibc
import Synchronization

/// How much memory sandboxed programs may be given together. Each waits in line until what it may take is free, so that however many
/// files come at once, parsers never drive the machine out of memory.
package final class SandboxMemory: Sendable {
    private struct Waiter {
        let id: UInt64
        let bytes: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var free: Int
        var nextID: UInt64 = 0
        /// The first in line goes first, also where a later one would fit: else a large file would wait for ever.
        var waiters: [Waiter] = []
    }

    /// Bytes.
    package let budget: Int
    private let state: Mutex<State>

    /// - Parameter budget: in bytes.
    package init(budget: Int) {
        precondition(budget > 0, "programs need some memory")
        self.budget = budget
        state = Mutex(State(free: budget))
    }

    /// Half of what the machine has, or of what its container may use.
    package static func ofMachine() -> Int {
        let pages = max(1, sysconf(Int32(_SC_PHYS_PAGES))) * max(1, sysconf(Int32(_SC_PAGESIZE)))
        let files = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
        return max(1 << 30, files.compactMap(number).reduce(pages, min) / 2)
    }

    /// Bytes that nobody has.
    package var free: Int { state.withLock { $0.free } }

    /// How many wait for their turn.
    package var waiting: Int { state.withLock { $0.waiters.count } }

    /// Runs `body` with a share of at most `wish` bytes, when it is free. One that wishes for more than there is gets all there is.
    ///
    /// - Throws: `CancellationError` if cancelled while waiting.
    func withShare<Value>(of wish: Int, _ body: (_ granted: Int) async throws -> Value) async throws -> Value {
        let bytes = min(wish, budget)
        try await take(bytes)
        defer { give(bytes) }
        return try await body(bytes)
    }

    private func take(_ bytes: Int) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let now: Result<Void, any Error>? = state.withLock { state in
                    // Cancelled before it stood in line: the handler below found nobody to wake.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.waiters.isEmpty, state.free >= bytes {
                        state.free -= bytes
                        return .success(())
                    }
                    state.waiters.append(Waiter(id: id, bytes: bytes, continuation: continuation))
                    return nil
                }
                if let now { continuation.resume(with: now) }
            }
        } onCancel: {
            let (gone, next) = state.withLock { state in
                let gone = state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
                return (gone, Self.takeNext(&state))
            }
            gone?.continuation.resume(throwing: CancellationError())
            for waiter in next { waiter.continuation.resume() }
        }
    }

    private func give(_ bytes: Int) {
        let next = state.withLock { state in
            state.free += bytes
            return Self.takeNext(&state)
        }
        for waiter in next { waiter.continuation.resume() }
    }

    private static func takeNext(_ state: inout State) -> [Waiter] {
        var next: [Waiter] = []
        while let first = state.waiters.first, state.free >= first.bytes {
            state.free -= first.bytes
            next.append(state.waiters.removeFirst())
        }
        return next
    }

    /// The number in a file of the kernel; nil where there is none, or it says `max`.
    private static func number(_ path: String) -> Int? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return Int(String(decoding: bytes[..<count], as: UTF8.self).filter(\.isNumber)).flatMap { $0 > 0 ? $0 : nil }
    }
}
