import Concurrency
import Dispatch
import Glibc
import Synchronization

/// A thread that gives way to every other on the machine, and works for one caller at a time, who waits.
///
/// The caller waits, rather than being called back, since a thread hands its niceness down to the threads that it starts, and
/// resuming a task may start one: the tasks of the whole program would come to run on threads that give way.
final class YieldingThread: Sendable {
    /// Outlives the object until the thread has ended.
    private final class Desk: Sendable {
        let work = Mutex<(@Sendable () -> Void)?>(nil)
        let posted = DispatchSemaphore(value: 0)
        let finished = DispatchSemaphore(value: 0)
        let niceness: Int32

        init(niceness: Int32) { self.niceness = niceness }

        func loop() {
            // 0 names the calling thread: on Linux each has a niceness of its own.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
            while true {
                posted.wait()
                guard let body = work.withLock({ $0.take() }) else { return }
                body()
                finished.signal()
            }
        }
    }

    private let desk: Desk

    /// - Parameters:
    ///   - name: of the thread.
    ///   - niceness: 1 to 19; the higher, the smaller its share of a busy processor.
    init(name: String, niceness: Int32) throws(ThreadFailure) {
        let desk = Desk(niceness: niceness)
        self.desk = desk
        try SystemThread.start(name: name, stackSize: 1 << 20) { desk.loop() }
    }

    deinit { desk.posted.signal() }

    /// Runs `body` on the thread and waits for its end. To be called by one thread at a time.
    func perform<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
        let result = Slot<Value>()
        desk.work.withLock { $0 = { result.value.withLock { $0 = Result(catching: body) } } }
        desk.posted.signal()
        desk.finished.wait()
        guard let value = result.value.withLock({ $0 }) else { throw EmbeddingFailure(.computation, "a thread gave no result") }
        return try value.get()
    }

    private final class Slot<Value: Sendable>: Sendable {
        let value = Mutex<Result<Value, any Error>?>(nil)
    }
}
