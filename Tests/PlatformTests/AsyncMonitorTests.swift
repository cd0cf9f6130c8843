import Concurrency
import Testing

@Suite("Tasks that wait for each other", .timeLimit(.minutes(3)))
struct AsyncMonitorTests {
    @Test("A signal reaches every waiter, and one that comes between the look and the sleep is not lost")
    func monitor() async {
        let monitor = AsyncMonitor(0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    while monitor.withLock({ $0 }) < 100 { await monitor.wait { $0 >= 100 } }
                }
            }
            for _ in 0..<100 {
                group.addTask { monitor.signal { count, _ in count += 1 } }
            }
        }
        #expect(monitor.withLock { $0 } == 100)
    }

    @Test("A waiter goes when it is cancelled, before or after it sleeps, and is then no longer counted")
    func cancelledWaiter() async {
        let monitor = AsyncMonitor(0)
        // Both are awaited below.
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await monitor.wait { _ in false }
        }
        await early.value
        let late = Task {
            await monitor.wait { state in
                state = 1
                return false
            }
        }
        while monitor.withLock({ $0 }) == 0 { await Task.yield() }
        late.cancel()
        await late.value
        #expect(monitor.signal { _, waiting in waiting } == 0)
    }

    @Test("A limited wait ends at its limit")
    func limitedWait() async {
        await AsyncMonitor(0).wait(atMost: .milliseconds(5)) { _ in false }
    }

    @Test("A wake that nobody waits for is kept, once")
    func keptWake() async {
        let signal = WakeSignal()
        signal.wake()
        signal.wake()
        await signal.wait()
        let waiting = AsyncMonitor(true)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await signal.wait()
                waiting.withLock { $0 = false }
            }
            await Task.yield()
            #expect(waiting.withLock { $0 })
            signal.wake()
        }
    }
}
