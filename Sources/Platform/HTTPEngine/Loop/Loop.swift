import CLinux
import Concurrency
import Glibc
import HTTPMessages
import HTTPServing
import Synchronization
import Telemetry

/// A thread with an epoll set that also runs the actors and the tasks of its connections, so that a short handler hops no thread.
///
/// Unchecked: `inbox` and the atomics are shared and guarded; everything else is touched on the loop's own thread only.
final class Loop: TaskExecutor, SerialExecutor, @unchecked Sendable {
    private struct Inbox {
        var jobs: [UnownedJob] = []
        var calls: [@Sendable (Loop) -> Void] = []
        /// The loop will look here again before it sleeps.
        var poked = false
        var running = false
    }

    /// How many batches of jobs run before the sockets are looked at again: a task that yields for ever must not starve them.
    private static let batchesPerTurn = 4

    private let name: String
    private let inbox = Mutex(Inbox())
    private let thread = Atomic<UInt>(0)
    private let epoll: Int32
    private let wake: Int32

    /// The time of this turn, nanoseconds of `MonotonicClock`.
    private(set) var now = MonotonicClock.now()
    /// Read into by whichever connection is readable; valid until it returns.
    let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)
    private let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: 256)
    private var connections: [Connection?] = []
    private(set) var connectionCount = 0
    /// Tasks that answer a request and have not ended.
    var handlerCount = 0
    private var generation: UInt32 = 0
    private var deadlines = DeadlineQueue()
    private var acceptor: Acceptor?
    private(set) var isDraining = false
    private var whenEmpty: [CheckedContinuation<Void, Never>] = []
    private var date: (second: UInt64, text: [UInt8]) = (.max, [])

    init(name: String) throws {
        self.name = name
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wake = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard epoll >= 0, wake >= 0 else {
            if epoll >= 0 { close(epoll) }
            if wake >= 0 { close(wake) }
            scratch.deallocate()
            events.deallocate()
            throw ListenFailure("The system gives out no more descriptors.", code: errno)
        }
        control(EPOLL_CTL_ADD, wake, EPOLLIN.rawValue, generation: 0)
    }

    deinit {
        close(epoll)
        close(wake)
        scratch.deallocate()
        events.deallocate()
    }

    // MARK: Executor

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let (wakes, starts) = inbox.withLock { inbox in
            inbox.jobs.append(job)
            return Loop.note(&inbox)
        }
        follow(wakes, starts)
    }

    /// Runs `call` on the loop's thread, soon.
    func execute(_ call: @escaping @Sendable (Loop) -> Void) {
        let (wakes, starts) = inbox.withLock { inbox in
            inbox.calls.append(call)
            return Loop.note(&inbox)
        }
        follow(wakes, starts)
    }

    func checkIsolated() { precondition(isCurrent, "a connection is touched outside its loop") }
    func isIsolatingCurrentContext() -> Bool? { isCurrent }

    var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

    private static func note(_ inbox: inout Inbox) -> (wakes: Bool, starts: Bool) {
        defer {
            inbox.poked = true
            inbox.running = true
        }
        return (!inbox.poked, !inbox.running)
    }

    private func follow(_ wakes: Bool, _ starts: Bool) {
        if starts {
            startThread()
        } else if wakes, !isCurrent {
            var one: UInt64 = 1
            _ = write(wake, &one, 8)
        }
    }

    // MARK: Thread

    /// A loop has no thread before its first call, and none once it is drained; a job that comes later starts one again.
    private func startThread() {
        do {
            try SystemThread.start(name: name) { self.run() }
        } catch {
            // An executor cannot refuse a job, and an actor whose job never runs hangs its callers for ever.
            preconditionFailure("\(error)")
        }
    }

    private func run() {
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        var jobs: [UnownedJob] = []
        var calls: [@Sendable (Loop) -> Void] = []
        while true {
            let pending = inbox.withLock { inbox in
                if inbox.jobs.isEmpty, inbox.calls.isEmpty { inbox.poked = false }
                return inbox.poked
            }
            if !pending, isDraining, connectionCount == 0, handlerCount == 0, end() { return }
            wait(atMost: pending ? 0 : timeout())
            expireDeadlines()
            for _ in 0..<Loop.batchesPerTurn {
                inbox.withLock { inbox in
                    swap(&jobs, &inbox.jobs)
                    swap(&calls, &inbox.calls)
                }
                if jobs.isEmpty, calls.isEmpty { break }
                for call in calls { call(self) }
                for job in jobs {
                    job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
                }
                jobs.removeAll(keepingCapacity: jobs.capacity < 4096)
                calls.removeAll()
            }
            if isDraining, connectionCount == 0 { resumeWhenEmpty() }
        }
    }

    private func end() -> Bool {
        inbox.withLock { inbox in
            guard inbox.jobs.isEmpty, inbox.calls.isEmpty else { return false }
            thread.store(0, ordering: .relaxed)
            inbox.running = false
            return true
        }
    }

    private func timeout() -> Int32 {
        let next = min(deadlines.first ?? .max, acceptor?.resumesAt ?? .max)
        guard next != .max else { return -1 }
        let now = MonotonicClock.now()
        return next <= now ? 0 : Int32(min((next - now) / 1_000_000 + 1, 60_000))
    }

    private func wait(atMost milliseconds: Int32) {
        let count = epoll_wait(epoll, events, 256, milliseconds)
        now = MonotonicClock.now()
        guard count > 0 else { return }
        for index in 0..<Int(count) {
            let event = events[index]
            let descriptor = Int32(truncatingIfNeeded: event.data.u64 & 0xFFFF_FFFF)
            let generation = UInt32(truncatingIfNeeded: event.data.u64 >> 32)
            if generation != 0 {
                connection(descriptor, generation)?.assumeIsolated { $0.ready(event.events) }
            } else if descriptor == wake {
                var value: UInt64 = 0
                _ = read(wake, &value, 8)
            } else {
                acceptor?.accept()
            }
        }
    }

    private func expireDeadlines() {
        while let entry = deadlines.take(dueAt: now) {
            connection(entry.descriptor, entry.generation)?.assumeIsolated { $0.wake(scheduledFor: entry.time) }
        }
        if let acceptor, acceptor.resumesAt <= now { acceptor.resume() }
    }
}

// What follows is called on the loop's thread only.
extension Loop {
    // MARK: Connections

    func adopt(_ descriptor: Int32, peer: String, context: ServerContext) {
        generation = generation == .max ? 1 : generation + 1
        let connection = Connection(descriptor: descriptor, generation: generation, peer: peer, loop: self, context: context)
        if connections.count <= Int(descriptor) {
            connections.append(contentsOf: repeatElement(nil, count: Int(descriptor) + 1 - connections.count))
        }
        connections[Int(descriptor)] = connection
        connectionCount += 1
        connection.assumeIsolated { $0.open() }
    }

    func forget(_ descriptor: Int32) {
        connections[Int(descriptor)] = nil
        connectionCount -= 1
    }

    private func connection(_ descriptor: Int32, _ generation: UInt32) -> Connection? {
        guard Int(descriptor) < connections.count, let connection = connections[Int(descriptor)] else { return nil }
        return connection.generation == generation ? connection : nil
    }

    @discardableResult
    func control(_ operation: Int32, _ descriptor: Int32, _ interest: UInt32, generation: UInt32) -> Bool {
        var event = epoll_event()
        event.events = interest
        event.data.u64 = UInt64(UInt32(bitPattern: descriptor)) | UInt64(generation) << 32
        return epoll_ctl(epoll, operation, descriptor, &event) == 0
    }

    func schedule(_ time: UInt64, _ descriptor: Int32, generation: UInt32) {
        deadlines.insert(.init(time: time, descriptor: descriptor, generation: generation))
    }

    /// The `Date` header's value, made once a second.
    func dateText() -> [UInt8] {
        let second = now / 1_000_000_000
        if date.second != second { date = (second, Array(HTTPDate.text(time(nil)).utf8)) }
        return date.text
    }

    // MARK: Listening and stopping

    func listen(on listener: Int32, context: ServerContext) {
        guard !isDraining else {
            close(listener)
            return
        }
        acceptor = Acceptor(listener: listener, loop: self, context: context)
        acceptor?.resume()
    }

    /// Takes no new connections, closes the idle ones, and lets the others finish what they are at.
    func drain() {
        isDraining = true
        acceptor?.stop()
        acceptor = nil
        for connection in connections { connection?.assumeIsolated { $0.drain() } }
        if connectionCount == 0 { resumeWhenEmpty() }
    }

    func abortAll() {
        for connection in connections { connection?.assumeIsolated { $0.abort() } }
        if connectionCount == 0 { resumeWhenEmpty() }
    }

    func notifyWhenEmpty(_ continuation: CheckedContinuation<Void, Never>) {
        if isDraining, connectionCount == 0 { continuation.resume() } else { whenEmpty.append(continuation) }
    }

    private func resumeWhenEmpty() {
        for continuation in whenEmpty { continuation.resume() }
        whenEmpty = []
    }
}
