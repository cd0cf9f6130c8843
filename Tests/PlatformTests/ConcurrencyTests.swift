import Concurrency
import Synchronization
import Testing

@Suite("Blocking work and limits", .timeLimit(.minutes(1)))
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
}
