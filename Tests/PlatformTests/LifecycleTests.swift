import Failures
import Lifecycle
import Synchronization
import Telemetry
import Testing

@Suite("Services start and stop together", .timeLimit(.minutes(3)))
struct LifecycleTests {
    struct Waiting: Service {
        let name: String
        let log: Journal
        func run(until shutdown: ShutdownSignal) async throws {
            log.add("\(name) up")
            await shutdown.wait()
            log.add("\(name) down")
        }
    }

    struct Leaving: Service {
        let name = "leaver"
        func run(until shutdown: ShutdownSignal) async throws {}
    }

    struct Broken: Service {
        struct Reason: Error {}
        let name = "broken"
        func run(until shutdown: ShutdownSignal) async throws { throw Reason() }
    }

    struct Stubborn: Service {
        let name = "stubborn"
        func run(until shutdown: ShutdownSignal) async throws {
            while true { try await Task.sleep(for: .seconds(3600)) }
        }
    }

    final class Journal: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    @Test("The signal stops all")
    func signal() async throws {
        let (journal, shutdown) = (Journal(), ShutdownSignal())
        shutdown.trigger()
        let group = ServiceGroup([Waiting(name: "a", log: journal), Waiting(name: "b", log: journal)], logger: .silent)
        try await group.run(until: shutdown)
        #expect(Set(journal.all) == ["a up", "b up", "a down", "b down"])
    }

    @Test("A service that returns by itself takes the others down, and is the failure")
    func leaving() async throws {
        let journal = Journal()
        let group = ServiceGroup([Waiting(name: "a", log: journal), Leaving()], logger: .silent)
        await #expect(throws: ServiceStopped.self) { try await group.run(until: ShutdownSignal()) }
        #expect(journal.all.last == "a down")
    }

    @Test("A service that throws takes the others down, and its error comes out")
    func broken() async throws {
        let journal = Journal()
        let group = ServiceGroup([Waiting(name: "a", log: journal), Broken()], logger: .silent)
        await #expect(throws: Broken.Reason.self) { try await group.run(until: ShutdownSignal()) }
        #expect(journal.all.last == "a down")
    }

    @Test("A service that does not stop is cancelled after the grace")
    func stubborn() async throws {
        let shutdown = ShutdownSignal()
        shutdown.trigger()
        try await ServiceGroup([Stubborn()], logger: .silent, grace: .milliseconds(10)).run(until: shutdown)
        #expect(shutdown.isTriggered)
    }

    @Test("Waiters and actions hear the signal once, whenever they come")
    func once() async {
        let (shutdown, journal) = (ShutdownSignal(), Journal())
        shutdown.onTrigger { journal.add("before") }
        shutdown.trigger()
        shutdown.trigger()
        shutdown.onTrigger { journal.add("after") }
        await shutdown.wait()
        #expect(journal.all == ["before", "after"])
    }
}
