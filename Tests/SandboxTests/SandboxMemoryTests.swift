import Concurrency
@testable import Sandbox
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2)))
struct SandboxMemoryTests {
    /// Lets tasks go on when told.
    private final class Gate: Sendable {
        private let monitor = AsyncMonitor((inside: [Int](), opened: Set<Int>()))

        var inside: [Int] { monitor.withLock { $0.inside } }

        func pass(_ number: Int) async {
            monitor.signal { state, _ in state.inside.append(number) }
            while !monitor.withLock({ $0.opened.contains(number) }) { await monitor.wait { $0.opened.contains(number) } }
            monitor.signal { state, _ in state.inside.removeAll { $0 == number } }
        }

        func open(_ number: Int) { monitor.signal { state, _ in _ = state.opened.insert(number) } }

        func wait(_ condition: @Sendable @escaping ([Int]) -> Bool) async {
            while !monitor.withLock({ condition($0.inside) }) { await monitor.wait { condition($0.inside) } }
        }
    }

    @Test func `what runs is never given more together than there is, and goes in turn`() async throws {
        let memory = SandboxMemory(budget: 100, aside: 0)
        let gate = Gate()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for (number, wish) in [(1, 60), (2, 50), (3, 10)] {
                group.addTask {
                    try await memory.withShare(of: wish) { granted in
                        await gate.pass(number)
                        return granted
                    }
                }
                if number == 1 { await gate.wait { $0 == [1] } } else { while memory.waiting < number - 1 { await Task.yield() } }
            }
            // The third would fit, and does not pass the second.
            #expect(gate.inside == [1] && memory.free == 40)
            gate.open(1)
            await gate.wait { Set($0) == [2, 3] }
            #expect(memory.free == 40 && memory.waiting == 0)
            gate.open(2)
            gate.open(3)
            let sum = try await group.reduce(0, +)
            #expect(sum == 120)
        }
        #expect(memory.free == 100)
    }

    @Test func `one that wishes for more than there is gets all there is`() async throws {
        let memory = SandboxMemory(budget: 100, aside: 0)
        let (granted, left) = try await memory.withShare(of: 300) { ($0, memory.free) }
        #expect(granted == 100 && left == 0)
    }

    @Test func `one that is cancelled leaves the line, and those behind it go on`() async throws {
        let memory = SandboxMemory(budget: 100, aside: 0)
        let gate = Gate()
        async let first: Void = memory.withShare(of: 60) { _ in await gate.pass(1) }
        await gate.wait { $0 == [1] }
        let large = Task { try await memory.withShare(of: 90) { _ in await gate.pass(2) } }
        while memory.waiting < 1 { await Task.yield() }
        async let small: Void = memory.withShare(of: 30) { _ in await gate.pass(3) }
        while memory.waiting < 2 { await Task.yield() }
        large.cancel()
        await gate.wait { $0 == [1, 3] }
        gate.open(1)
        gate.open(3)
        try await first
        try await small
        await #expect(throws: CancellationError.self) { try await large.value }
        #expect(memory.free == 100)
    }

    @Test func `what somebody waits for does not stand in line behind jobs, and takes nothing of theirs`() async throws {
        let memory = SandboxMemory(budget: 100, aside: 25)
        let gate = Gate()
        async let job: Int = memory.withShare(of: 90) { granted in
            await gate.pass(1)
            return granted
        }
        await gate.wait { $0 == [1] }
        async let second: Int = memory.withShare(of: 10) { $0 }
        while memory.waiting < 1 { await Task.yield() }
        let (granted, free) = try await memory.withShare(of: 90, isAwaited: true) { ($0, memory.free) }
        #expect(granted == 25 && free == 0)
        gate.open(1)
        #expect(try await job == 75)
        #expect(try await second == 10)
        #expect(memory.free == 100)
    }

    @Test(arguments: Enclosure.here) func `a program is held to what is left for it`(_ enclosure: Enclosure) async throws {
        let memory = SandboxMemory(budget: 192 << 20, aside: 0)
        let sandbox = Sandbox(programs: ["python3"], walls: enclosure.walls, memory: memory)
        let limits = SandboxLimits(memory: 2 << 30)
        let command = SandboxCommand(
            "python3", ["-c", "import resource; print(resource.getrlimit(resource.RLIMIT_AS)[0])"], limits: limits)
        #expect(try await sandbox.run(command).text == "\(192 << 20)\n")
        let greedy = SandboxCommand("python3", ["-c", "bytearray(1 << 29)"], limits: limits)
        await #expect(throws: SandboxFailure.self) { try await sandbox.run(greedy) }
        #expect(memory.free == memory.budget)
    }
}
