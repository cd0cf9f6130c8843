import Ambient
import Database
import DatabaseTesting
import Signals
@testable import Events
import Lifecycle
import Synchronization
import Testing

/// Two processes on one database, each with a bus, a relay and a listener. Nothing but signals is in time.
@Suite(.timeLimit(.minutes(3)))
struct SignalledEventsTests {
    @Test("A passing event reaches the listeners of the other process, and those of its own once", arguments: Dialect.allCases)
    func passing(_ dialect: Dialect) async throws {
        try await withTwoProcesses(dialect) { here, there in
            let user = newUser()
            try await here.bus.withSubscription(user: user) { own in
                try await there.bus.withSubscription(user: user) { others in
                    for number in 1...5 {
                        here.bus.publish(note("\(number)", user))
                    }
                    here.bus.publish(note("others", newUser()))
                    here.bus.publish(note("last", user))
                    let wanted = (1...5).map { "\($0)" } + ["last"]
                    #expect(await others.names(until: "last") == wanted)
                    // Were its own events to come back, they would stand before the answer.
                    there.bus.publish(note("answer", user))
                    #expect(await own.names(until: "answer") == wanted + ["answer"])
                }
            }
        }
    }

    @Test("A stored event is told at once in the other process, after the progress that led to it", arguments: Dialect.allCases)
    func stored(_ dialect: Dialect) async throws {
        try await withTwoProcesses(dialect) { here, there in
            let user = newUser()
            try await there.bus.withSubscription(user: user) { others in
                for number in 1...20 {
                    here.bus.publish(note("\(number)", user))
                }
                try await here.append("done", user: user)
                try await here.append("end", user: user)
                let names = await others.names(until: "end")
                // Some progress may be left out, where the stored event was found before the signals came; none comes late.
                #expect(names.suffix(2) == ["done", "end"])
                let numbers = names.dropLast(2).compactMap { Int($0) }
                #expect(numbers == numbers.sorted() && numbers.count == names.count - 2)
            }
        }
    }

    @Test("Progress costs no transaction while no other process can hear it")
    func alone() async throws {
        try await withDatabase(.sqlite, migrations: EventsMigrations.all) { database in
            let counted = CountedDatabase(database)
            let stage = Stage(counted)
            let shutdown = ShutdownSignal()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await stage.relay.run(until: shutdown) }
                for number in 1...50 {
                    stage.bus.publish(note("\(number)", newUser()))
                }
                while stage.bus.hasPassing { try await Task.sleep(for: .milliseconds(5)) }
                shutdown.trigger()
                try await group.waitForAll()
            }
            #expect(counted.transactions == 0)
        }
    }

    private func withTwoProcesses(_ dialect: Dialect, _ body: (Stage, Stage) async throws -> Void) async throws {
        try await withSecondDatabase(dialect, migrations: EventsMigrations.all) { first, second in
            let stages = [Stage(first), Stage(second)]
            let shutdown = ShutdownSignal()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for stage in stages {
                    // Its cursor stands before anything is told.
                    try await stage.deliverAll()
                    let listener = SignalListener(channel: stage.database.signals)
                    let (listening, begun) = AsyncStream<Void>.makeStream()
                    stage.bus.follow(listener)
                    listener.on(SignalTopic("test")) { _ in begun.yield() }
                    group.addTask { try await listener.run(until: shutdown) }
                    group.addTask { try await stage.relay.run(until: shutdown) }
                    for await _ in listening { break }
                }
                do {
                    try await body(stages[0], stages[1])
                } catch {
                    shutdown.trigger()
                    throw error
                }
                shutdown.trigger()
                try await group.waitForAll()
            }
        }
    }
}

/// Counts the transactions that may write.
private final class CountedDatabase: Database {
    private let database: any Database
    private let count = Atomic(0)

    init(_ database: any Database) { self.database = database }

    var transactions: Int { count.load(ordering: .relaxed) }
    var dialect: Dialect { database.dialect }
    var signals: any SignalChannel { database.signals }

    func transaction<Value: Sendable>(
        as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        count.add(1, ordering: .relaxed)
        return try await database.transaction(as: actor, body)
    }

    func read<Value: Sendable>(
        as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        try await database.read(as: actor, body)
    }

    func check() async throws { try await database.check() }
    func close() async { await database.close() }
}

extension EventSubscription {
    /// Names of samples up to one; `resync` for those that only say so, unless they come first: a relay begins with one.
    fileprivate func names(until last: String) async -> [String] {
        var names: [String] = []
        for await element in self {
            guard let name = element.sampleName, name != "resync" else { continue }
            names.append(name)
            if name == last { break }
        }
        return names
    }
}
