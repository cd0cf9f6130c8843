import Concurrency
import Dispatch
import Failures
import Glibc
import Synchronization
import Testing

@Suite("Blocking work and limits", .timeLimit(.minutes(3)))
struct ConcurrencyTests {
    /// How many are inside now, the most there ever were, and all that came.
    final class Gauge: Sendable {
        private let state = Mutex((now: 0, most: 0, total: 0))
        func enter() {
            state.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
        }
        func leave() {
            state.withLock {
                $0.now -= 1
                $0.total += 1
            }
        }
        var reading: (now: Int, most: Int, total: Int) { state.withLock { $0 } }
    }

    @Test("A pool runs everything, never more at once than it has threads")
    func bounded() async {
        let pool = BlockingPool(name: "test", threads: 3)
        let gauge = Gauge()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<500 {
                group.addTask {
                    await pool.run {
                        gauge.enter()
                        gauge.leave()
                    }
                }
            }
        }
        let (now, most, total) = gauge.reading
        #expect(now == 0)
        #expect(total == 500)
        #expect(most <= 3)
    }

    @Test("A pool gives back what the work throws")
    func throwing() async {
        struct Broken: Error {}
        await #expect(throws: Broken.self) { try await BlockingPool.shared.run { throw Broken() } }
    }

    @Test("A pool that gets no thread has its callers do the work")
    func withoutThreads() async {
        let pool = BlockingPool(name: "test", threads: 2, stackSize: unobtainable)
        let sum = await withTaskGroup(of: Int.self) { group in
            for number in 0..<50 { group.addTask { await pool.run { number } } }
            return await group.reduce(0, +)
        }
        #expect(sum == 1225)
    }

    /// More address space than a processor has.
    private let unobtainable = 1 << 60

    @Test(
        "A thread bears its name, cut at 15 bytes and never inside a character",
        arguments: [
            ("sqlite-writer0", "sqlite-writer0"), ("a-name-of-18-bytes", "a-name-of-18-by"), ("fourteen-bytesé", "fourteen-bytes"),
        ])
    func name(given: String, kept: String) async throws {
        let seen = await withCheckedContinuation { continuation in
            start(given) { continuation.resume(returning: threadName()) }
        }
        #expect(seen == kept)
    }

    @Test("A thread has the stack that it was given", arguments: [1 << 20, 32 << 20])
    func stack(size: Int) async throws {
        let seen = await withCheckedContinuation { continuation in
            start("test", stackSize: size) { continuation.resume(returning: stackSize()) }
        }
        // glibc takes the guard from what is asked, and may hand on the larger stack of a thread that ended.
        #expect(seen >= size - (64 << 10))
    }

    @Test("A thread keeps what its work needs for as long as it runs, and no longer")
    func lifetime() async throws {
        final class Held: Sendable {
            let onEnd: @Sendable () -> Void
            init(_ onEnd: @escaping @Sendable () -> Void) { self.onEnd = onEnd }
            deinit { onEnd() }
        }
        let ended = Mutex(false)
        let proceed = DispatchSemaphore(value: 0)
        await withCheckedContinuation { continuation in
            let held = Held {
                ended.withLock { $0 = true }
                continuation.resume()
            }
            start("test") {
                proceed.wait()
                withExtendedLifetime(held) {}
            }
            #expect(!ended.withLock { $0 })
            proceed.signal()
        }
        #expect(ended.withLock { $0 })
    }

    @Test("A thread that the system refuses is an error, and its work is let go", arguments: [1, 1 << 60])
    func refused(size: Int) throws {
        final class Held: Sendable {}
        weak var remains: Held?
        do {
            let held = Held()
            remains = held
            #expect {
                try SystemThread.start(name: "refused", stackSize: size) { withExtendedLifetime(held) {} }
            } throws: { error in
                FailureCode(of: error) == .unavailable && "\(error)".contains("refused")
            }
        }
        #expect(remains == nil)
    }

    @Test("An actor's calls run on its executor's one thread, under its name, until it is retired and after")
    func executor() async {
        actor Owner {
            let executor: ThreadExecutor
            nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
            init(_ executor: ThreadExecutor) { self.executor = executor }
            func name() -> String { threadName() }
        }
        let executor = ThreadExecutor(name: "owner")
        let owner = Owner(executor)
        #expect(await owner.name() == "owner")
        executor.retire()
        #expect(await owner.name() == "owner")
    }

    @Test("A semaphore lets no more through than its count and loses no waiter")
    func semaphore() async throws {
        let semaphore = AsyncSemaphore(4)
        let gauge = Gauge()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<400 {
                group.addTask {
                    try await semaphore.withPermit {
                        gauge.enter()
                        await Task.yield()
                        gauge.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(gauge.reading.total == 400)
        #expect(gauge.reading.most <= 4)
    }

    @Test("A cancelled waiter leaves the line and takes no permit")
    func cancelled() async throws {
        let semaphore = AsyncSemaphore(1)
        try await semaphore.acquire()
        // Awaited below.
        let waiter = Task { try await semaphore.acquire() }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        semaphore.release()
        try await semaphore.acquire()
        semaphore.release()
    }

    private func start(_ name: String, stackSize: Int? = nil, _ work: @escaping @Sendable () -> Void) {
        #expect(throws: Never.self) { try SystemThread.start(name: name, stackSize: stackSize, work) }
    }
}

/// Of the calling thread.
private func threadName() -> String { lines(of: "/proc/thread-self/comm").first ?? "" }

/// Of the calling thread, bytes: the length of the mapping that holds its variables.
private func stackSize() -> Int {
    var variable = 0
    let address = withUnsafePointer(to: &variable) { UInt(bitPattern: $0) }
    for line in lines(of: "/proc/thread-self/maps") {
        let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt($0, radix: 16) }
        if ends.count == 2, ends[0] <= address, address < ends[1] { return Int(ends[1] - ends[0]) }
    }
    return 0
}

private func lines(of path: String) -> [String] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var text: [UInt8] = []
    var byte = fgetc(file)
    while byte != EOF {
        text.append(UInt8(truncatingIfNeeded: byte))
        byte = fgetc(file)
    }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
}
