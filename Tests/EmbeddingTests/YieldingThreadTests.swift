import Glibc
import Testing

@testable import Embedding

@Suite(.timeLimit(.minutes(3))) struct YieldingThreadTests {
    private struct Refusal: Error {}

    @Test func `It works for its caller at its own niceness, which the caller does not take on`() throws {
        func niceness() -> Int32 { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }
        let before = niceness()
        let thread = try YieldingThread(name: "test", niceness: 19)
        for number in 0..<100 { #expect(try thread.perform { number * 2 } == number * 2) }
        #expect(try thread.perform { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) } == 19)
        #expect(niceness() == before)
    }

    @Test func `An error comes back, and the thread goes on`() throws {
        let thread = try YieldingThread(name: "test", niceness: 1)
        #expect(throws: Refusal.self) { try thread.perform { throw Refusal() } }
        #expect(try thread.perform { 7 } == 7)
    }
}
