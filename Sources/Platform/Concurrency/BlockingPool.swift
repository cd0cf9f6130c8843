import CLinux
import Dispatch
import Glibc
import Synchronization

/// Threads for calls that block: files, C libraries, waiting for a child process. Never the cooperative pool, never an event loop.
///
/// Work waits in line when every thread is busy. A thread is started when it is first needed and lives as long as the process.
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
    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)

    package init(name: String, threads: Int) {
        precondition(threads > 0, "a pool has at least one thread")
        self.name = name
        limit = threads
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
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 1 << 20)
        defer { pthread_attr_destroy(&attributes) }
        var thread = pthread_t()
        let box = Unmanaged.passRetained(self)
        let result = pthread_create(
            &thread, &attributes,
            { raw in
                guard let raw else { return nil }
                Unmanaged<BlockingPool>.fromOpaque(raw).takeRetainedValue().loop()
                return nil
            }, box.toOpaque())
        if result != 0 {
            box.release()
            state.withLock { $0.started -= 1 }
        }
    }

    private func loop() {
        linux_name_thread(String(name.prefix(15)))
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
