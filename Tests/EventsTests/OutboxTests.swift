import Ambient
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import Lifecycle
import Testing

@Suite(.timeLimit(.minutes(3)))
struct OutboxTests {
    @Test("Events reach the listeners in the order they were written, with all they said", arguments: Dialect.allCases)
    func relays(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: EventsMigrations.all) { database in
            let stage = Stage(database)
            let user = newUser()
            try await stage.deliverAll()
            try await stage.bus.withSubscription(user: user) { subscription in
                try await stage.append("one", "two", user: user)
                try await stage.append("other", user: newUser())
                try await stage.append("three", user: user)
                try await stage.deliverAll()
                subscription.end()
                var events: [Event] = []
                for await case .event(let event) in subscription { events.append(event) }
                #expect(events.map(\.sampleName) == ["one", "two", "three"])
                #expect(events.map(\.position) == [1, 2, 4])
                let first = try #require(events.first)
                #expect(first.type == "sample.made")
                #expect(first.userID == user)
                #expect(first.service == "lm")
                #expect(first.version == "1.0")
            }
        }
    }

    @Test("An event of a transaction that was rolled back does not exist", arguments: Dialect.allCases)
    func rolledBack(_ dialect: Dialect) async throws {
        struct Stop: Error {}
        try await withDatabase(dialect, migrations: EventsMigrations.all) { database in
            let stage = Stage(database)
            await #expect(throws: Stop.self) {
                try await database.transaction(as: .system) { transaction in
                    try await stage.outbox.append(
                        EventDraft(type: "sample.made", userID: nil, payload: Sample(name: "x")), in: transaction)
                    throw Stop()
                }
            }
            let count = try await stage.relay.deliver()
            #expect(count == 0)
        }
    }

    @Test("A user writes events in a transaction of their own", arguments: Dialect.allCases)
    func asUser(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: EventsMigrations.all) { database in
            let stage = Stage(database)
            let user = newUser()
            try await database.transaction(as: .user(user)) { transaction in
                try await stage.outbox.append(
                    EventDraft(type: "sample.made", userID: user, payload: Sample(name: "x")), in: transaction)
            }
            let count = try await stage.relay.deliver()
            #expect(count == 1)
        }
    }

    @Test("A transaction that commits late is not skipped (PostgreSQL; SQLite writes one after the other)")
    func lateCommit() async throws {
        try await withDatabase(.postgres, migrations: EventsMigrations.all) { database in
            let stage = Stage(database)
            try await stage.deliverAll()
            try await stage.bus.withSubscription { subscription in
                try await database.transaction(as: .system) { transaction in
                    try await stage.outbox.append(
                        EventDraft(type: "sample.made", userID: nil, payload: Sample(name: "late")), in: transaction)
                    // Written and relayed while the first is still open; detached so that it is no transaction within it.
                    _ = try await Task.detached {
                        try await stage.append("early", user: nil)
                        try await stage.deliverAll()
                    }.value
                }
                try await stage.deliverAll()
                subscription.end()
                var names: [String?] = []
                for await element in subscription { names.append(element.sampleName) }
                #expect(names == ["early", "late"])
            }
        }
    }

    @Test("Two relays on one database each tell everything once, under writers", arguments: Dialect.allCases)
    func twoRelays(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: EventsMigrations.all) { first, second in
            let stages = [Stage(first, capacity: 10_000), Stage(second, capacity: 10_000)]
            for stage in stages { try await stage.deliverAll() }
            try await stages[0].bus.withSubscription { one in
                try await stages[1].bus.withSubscription { two in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for stage in stages {
                            for writer in 0..<4 {
                                group.addTask { for number in 0..<10 { try await stage.append("\(writer).\(number)", user: nil) } }
                            }
                            group.addTask { for _ in 0..<20 { try await stage.relay.deliver() } }
                        }
                        try await group.waitForAll()
                    }
                    for stage in stages { try await stage.deliverAll() }
                    for subscription in [one, two] {
                        subscription.end()
                        var positions: [Int64?] = []
                        for await case .event(let event) in subscription { positions.append(event.position) }
                        #expect(positions == (1...80).map(Int64.init))
                    }
                }
            }
        }
    }

    @Test("The running relay tells of an event as soon as it is committed, and stops when asked", arguments: Dialect.allCases)
    func wakes(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: EventsMigrations.all) { database in
            let bus = EventBus()
            var configuration = EventRelay.Configuration()
            // Only the wake after the commit can be in time.
            configuration.interval = .seconds(600)
            let relay = EventRelay(database: database, bus: bus, configuration: configuration)
            let outbox = EventOutbox(bus: bus)
            let shutdown = ShutdownSignal()
            try await relay.deliver()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await relay.run(until: shutdown) }
                try await bus.withSubscription { subscription in
                    try await database.transaction(as: .system) { transaction in
                        try await outbox.append(
                            EventDraft(type: "sample.made", userID: nil, payload: Sample(name: "now")), in: transaction)
                    }
                    for await element in subscription {
                        #expect(element.sampleName == "now")
                        break
                    }
                }
                shutdown.trigger()
                try await group.waitForAll()
            }
            await #expect(throws: EventFailure.self) { try await bus.withSubscription { _ in } }
        }
    }

    @Test("Old events are pruned; numbering goes on", arguments: Dialect.allCases)
    func prunes(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: EventsMigrations.all) { database in
            let stage = Stage(database, retention: .seconds(-60))
            try await stage.append("one", "two", user: nil)
            let early = try await stage.relay.prune()
            #expect(early == 0, "what nobody was told yet stays")
            try await stage.deliverAll()
            let gone = try await stage.relay.prune()
            #expect(gone == 2)
            try await stage.bus.withSubscription { subscription in
                try await stage.append("three", user: nil)
                try await stage.deliverAll()
                for await case .event(let event) in subscription {
                    #expect(event.position == 3)
                    break
                }
            }
        }
    }
}
