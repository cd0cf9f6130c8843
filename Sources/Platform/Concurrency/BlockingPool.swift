import Dispatch
import Glibc
import Synchronization

/// Threads for calls that block: files, C libraries, waiting for a child process. Never the cooperative pool, never an event loop.
///
/// Work waits in line when every thread is busy. A thread is started when it is first needed and lives as long as the process. Should
/// the system refuse a pool its very first thread, the work is done by its caller.
package final class BlockingPool: Sendable {
    /// For files and short C calls.
    package static let shared = BlockingPool(name: "blocking", threads: 16)

    private struct State {
        var queue: [@Sendable () -> Void] = []
        var head = 0
        var idle = 0
        var started = 0
    }

    private let name: String
    private let limit: Int
    private let stackSize: Int
    private let niceness: Int32
    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - name: of its threads.
    ///   - stackSize: of each thread, bytes.
    ///   - niceness: by how much its threads give way to others, from 0 to 19, for work that lasts and that nobody may be kept waiting by.
    package init(name: String, threads: Int, stackSize: Int = 1 << 20, niceness: Int32 = 0) {
        self.niceness = niceness
        precondition(threads > 0, "a pool has at least one thread")
        self.name = name
        limit = threads
        self.stackSize = stackSize
    }

    /// Runs `body` on one of the pool's threads and waits for it without holding a thread of its own.
    ///
    /// Cancellation does not interrupt `body`; a task cancelled before its turn still runs it, since a caller may depend on the effect.
    package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            submit { continuation.resume(with: Result(catching: body)) }
        }
    }

    package func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            submit { continuation.resume(returning: body()) }
        }
    }

    private func submit(_ item: @escaping @Sendable () -> Void) {
        let start = state.withLock { state -> Bool in
            state.queue.append(item)
            guard state.idle < state.queue.count - state.head, state.started < limit else { return false }
            state.started += 1
            return true
        }
        if start { startThread() }
        work.signal()
    }

    private func startThread() {
        do { try SystemThread.start(name: name, stackSize: stackSize) { self.loop() } } catch { doWithout() }
    }

    /// What waits is left to the threads that there are. If there are none, it is done here: slowly is better than never.
    private func doWithout() {
        let items = state.withLock { state -> ArraySlice<@Sendable () -> Void> in
            state.started -= 1
            guard state.started == 0 else { return [] }
            defer {
                state.queue = []
                state.head = 0
            }
            return state.queue[state.head...]
        }
        for item in items { item() }
    }

    private func loop() {
        // On Linux it is this thread's alone. Refused, its work only takes more from others.
        if niceness > 0 { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness) }
        while true {
            state.withLock { $0.idle += 1 }
            work.wait()
            let item = state.withLock { state -> (@Sendable () -> Void)? in
                state.idle -= 1
                guard state.head < state.queue.count else { return nil }
                let item = state.queue[state.head]
                state.head += 1
                if state.head > 256 || state.head == state.queue.count {
                    state.queue.removeFirst(state.head)
                    state.head = 0
                }
                return item
            }
            item?()
        }
    }
}
