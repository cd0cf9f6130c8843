import Ambient
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import Lifecycle
import Synchronization
import Testing

@Suite("Events told beyond the installation", .timeLimit(.minutes(3)))
struct EventSinkTests {
    /// Keeps what it takes in memory, and refuses as often as it is told to.
    private final class Shelf: EventSink {
        let name: String
        private let state = Mutex<(taken: [String], refusals: Int)>(([], 0))
        private let news = AsyncStream<Void>.makeStream()

        init(_ name: String = "shelf") { self.name = name }

        var taken: [String] { state.withLock { $0.taken } }
        func refuse(_ times: Int) { state.withLock { $0.refusals = times } }

        func take(_ events: [Event]) async throws {
            let names = events.compactMap(\.sampleName)
            try state.withLock { state in
                if state.refusals > 0 {
                    state.refusals -= 1
                    throw EventSinkRefusal()
                }
                state.taken += names
            }
            news.continuation.yield()
        }

        func wait(until last: String) async {
            for await _ in news.stream where taken.contains(last) { return }
        }
    }

    private struct EventSinkRefusal: Error {}

    private func make(
        _ sink: Shelf, _ stage: Stage, ambient: Ambient = .live, batch: Int = 100
    ) -> EventForwarder {
        var configuration = EventForwarder.Configuration()
        configuration.batch = batch
        configuration.interval = .seconds(600)
        configuration.firstPause = .milliseconds(1)
        return EventForwarder(to: sink, database: stage.database, bus: stage.bus, configuration: configuration, ambient: ambient)
    }

    private func forwardAll(_ forwarder: EventForwarder) async throws { while try await forwarder.forward() > 0 {} }

    @Test("A sink takes what happens from its first look on, in order, each once", arguments: Dialect.allCases)
    func order(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: EventsMigrations.all) { database in
            let stage = Stage(database)
            let shelf = Shelf()
            let forwarder = make(shelf, stage, batch: 2)
            try await stage.append("before", user: nil)
            try await stage.deliverAll()
            try await forwardAll(forwarder)
            try await stage.append("one", "two", "three", user: newUser())
            try await stage.append("four", "five", user: nil)
            // What has no place in the order yet is not told.
            try await forwardAll(forwarder)
            #expect(shelf.taken.isEmpty)
            try await stage.deliverAll()
            try await forwardAll(forwarder)
            try await forwardAll(forwarder)
            #expect(shelf.taken == ["one", "two", "three", "four", "five"])
        }
    }

    @Test("What a sink refuses comes again; two sinks keep their own places", arguments: Dialect.allCases)
    func refusal(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: EventsMigrations.all) { database in
            let stage = Stage(database)
            let (first, second) = (Shelf("first"), Shelf("second"))
            let (toFirst, toSecond) = (make(first, stage), make(second, stage))
            try await forwardAll(toFirst)
            try await forwardAll(toSecond)
            try await stage.append("one", "two", user: nil)
            try await stage.deliverAll()
            first.refuse(1)
            await #expect(throws: EventSinkRefusal.self) { try await toFirst.forward() }
            try await forwardAll(toSecond)
            #expect(first.taken.isEmpty && second.taken == ["one", "two"])
            try await forwardAll(toFirst)
            #expect(first.taken == ["one", "two"])
        }
    }

    @Test("One process brings a sink its events; when it is gone another goes on where it stopped", arguments: Dialect.allCases)
    func lease(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: EventsMigrations.all) { here, there in
            let clock = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
            let ambient = Ambient(now: { clock.withLock { $0 } }, newUUID: { UUID() })
            let (stage, other) = (Stage(here), Stage(there))
            let shelf = Shelf()
            let (first, second) = (make(shelf, stage, ambient: ambient), make(shelf, other, ambient: ambient))
            try await forwardAll(first)
            try await stage.append("one", user: nil)
            try await stage.deliverAll()
            #expect(try await second.forward() == 0)
            #expect(try await first.forward() == 1)
            try await stage.append("two", user: nil)
            try await stage.deliverAll()
            clock.withLock { $0 += 121 }
            #expect(try await second.forward() == 1)
            try await stage.append("three", user: nil)
            try await stage.deliverAll()
            #expect(try await first.forward() == 0)
            #expect(try await second.forward() == 1)
            #expect(shelf.taken == ["one", "two", "three"])
        }
    }

    @Test("A running one tells at once what is relayed, also after the sink was away", arguments: Dialect.allCases)
    func running(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: EventsMigrations.all) { database in
            let stage = Stage(database)
            let shelf = Shelf()
            let forwarder = make(shelf, stage)
            try await forwardAll(forwarder)
            try await stage.deliverAll()
            let shutdown = ShutdownSignal()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await stage.relay.run(until: shutdown) }
                group.addTask { try await forwarder.run(until: shutdown) }
                try await stage.append("one", user: nil)
                await shelf.wait(until: "one")
                shelf.refuse(2)
                try await stage.append("two", user: nil)
                await shelf.wait(until: "two")
                shutdown.trigger()
                try await group.waitForAll()
            }
            #expect(shelf.taken == ["one", "two"])
        }
    }
}
