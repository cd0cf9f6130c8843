import Database
import DatabaseTesting
import Glibc
import Lifecycle
import PostgresDatabase
import Signals
import SQLiteDatabase
import Testing

/// What holds for signals on both databases.
@Suite(.timeLimit(.minutes(3)))
struct SignalTests {
    private static let topic = SignalTopic("sample.changed")

    @Test("Another process hears what was committed, in order and once; the sender does not", arguments: Dialect.allCases)
    func heard(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect) { first, second in
            try await listening(to: second) { atSecond in
                try await listening(to: first) { atFirst in
                    try await first.signal("one", "two", "one", "")
                    try await second.signal("three")
                    try await first.signal("last")
                    #expect(await atSecond.texts(until: "last") == ["one", "two", "", "last"])
                    try await second.signal("end")
                    #expect(await atFirst.texts(until: "end") == ["three", "end"])
                }
            }
        }
    }

    @Test("What is rolled back is not heard, nor what was signalled before listening began", arguments: Dialect.allCases)
    func rolledBack(_ dialect: Dialect) async throws {
        struct Stop: Error {}
        try await withSecondDatabase(dialect) { first, second in
            try await first.signal("before")
            try await listening(to: second) { heard in
                await #expect(throws: Stop.self) {
                    try await first.transaction(as: .system) { transaction in
                        transaction.signal(Signal(Self.topic, "never"))
                        throw Stop()
                    }
                }
                try await first.signal("after")
                #expect(await heard.texts(until: "after") == ["after"])
            }
        }
    }

    @Test("What is sent without a transaction is heard in order, too", arguments: Dialect.allCases)
    func sent(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect) { first, second in
            try await listening(to: second) { heard in
                await first.signals.send(["one", "two"].map { Signal(Self.topic, $0) })
                await first.signals.send([Signal(Self.topic, "end")])
                #expect(await heard.texts(until: "end") == ["one", "two", "end"])
            }
        }
    }

    @Test("A database made with another channel tells that one, once it has committed", arguments: Dialect.allCases)
    func otherChannel(_ dialect: Dialect) async throws {
        struct Stop: Error {}
        try await withSecondDatabase(dialect) { here, there in
            try await withTemporaryFolder { folder in
                let database = SQLiteDatabase(path: folder + "/test.sqlite", signals: here.signals)
                try await listening(to: there) { heard in
                    try await database.signal("one", "two", "one")
                    await #expect(throws: Stop.self) {
                        try await database.transaction(as: .system) { transaction in
                            transaction.signal(Signal(Self.topic, "never"))
                            throw Stop()
                        }
                    }
                    await #expect(throws: DatabaseFailure.self) {
                        try await database.read(as: .system) { $0.signal(Signal(Self.topic)) }
                    }
                    try await database.signal("end")
                    #expect(await heard.texts(until: "end") == ["one", "two", "end"])
                    #expect(try await database.storedSignals() == [])
                }
                await database.close()
            }
        }
    }

    @Test("Many and long ones arrive whole, whatever they say", arguments: Dialect.allCases)
    func large(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect) { first, second in
            try await listening(to: second) { heard in
                var texts = (0..<300).map { "\($0) " + String(repeating: "né 3 x\n", count: $0) }
                texts.append(String(repeating: "x", count: Signal.maximumSize))
                texts.append("end")
                let all = texts
                try await first.transaction(as: .system) { transaction in
                    for text in all { transaction.signal(Signal(Self.topic, text)) }
                }
                #expect(await heard.texts(until: "end") == texts)
            }
        }
    }

    @Test("One that is too long, or in a transaction that only reads, dooms it", arguments: Dialect.allCases)
    func refused(_ dialect: Dialect) async throws {
        try await withDatabase(dialect) { database in
            await #expect(throws: DatabaseFailure.self) {
                try await database.signal(String(repeating: "x", count: Signal.maximumSize + 1))
            }
            await #expect(throws: DatabaseFailure.self) {
                try await database.read(as: .system) { $0.signal(Signal(Self.topic)) }
            }
            try await database.signal("fine")
        }
    }

    @Test("Nothing is changed by an empty transaction that others listen to", arguments: Dialect.allCases)
    func quiet(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: Fixture.migrations) { first, second in
            try await listening(to: second) { heard in
                // A commit that signals nothing wakes the listener of SQLite all the same; it must find nothing.
                try await first.transaction(as: .system) {
                    try await $0.execute("INSERT INTO counters (name, value) VALUES ('a', 1)")
                }
                try await first.signal("now")
                #expect(await heard.texts(until: "now") == ["now"])
            }
        }
    }

    @Test("A listener that fell too far behind is told of the gap (SQLite keeps the newest 1,000)")
    func overrun() async throws {
        try await withSecondDatabase(.sqlite) { first, second in
            try await listening(to: second) { heard in
                try await first.transaction(as: .system) { transaction in
                    for number in 0..<1500 { transaction.signal(Signal(Self.topic, "\(number)")) }
                }
                #expect(await heard.next() == .gap)
                let texts = await heard.texts(until: "1499")
                #expect(texts.first == "500")
                #expect(texts.count == 1000)
            }
        }
    }

    @Test("Nothing is written while nobody else listens, though the process itself does (SQLite)")
    func unheard() async throws {
        try await withSecondDatabase(.sqlite) { first, second in
            try await listening(to: first) { _ in
                #expect(!first.signals.mayBeHeard)
                try await first.signal("nobody hears this")
                #expect(try await first.storedSignals() == [])
                try await listening(to: second) { heard in
                    #expect(first.signals.mayBeHeard && second.signals.mayBeHeard)
                    try await first.signal("heard")
                    #expect(await heard.texts(until: "heard") == ["heard"])
                    #expect(try await first.storedSignals() == ["heard"])
                }
                #expect(!first.signals.mayBeHeard && second.signals.mayBeHeard)
                try await first.signal("nobody hears this either")
                #expect(try await first.storedSignals() == ["heard"])
            }
            #expect(!second.signals.mayBeHeard)
        }
    }

    @Test("A listener is known by whatever name it opened the file (SQLite)")
    func linked() async throws {
        try await withTemporaryFolder { folder in
            let first = SQLiteDatabase(path: folder + "/real.sqlite")
            #expect(first.signals.mayBeHeard, "before there is a file, nothing is certain")
            try await first.check()
            try #require(symlink("real.sqlite", folder + "/link.sqlite") == 0)
            let second = SQLiteDatabase(path: folder + "/link.sqlite")
            #expect(!first.signals.mayBeHeard)
            try await listening(to: second) { heard in
                try await first.signal("over there")
                #expect(await heard.texts(until: "over there") == ["over there"])
            }
            await first.close()
            await second.close()
        }
    }

    @Test("Who removes the file by which listeners are known has signals written as if there were some (SQLite)")
    func removed() async throws {
        try await withTemporaryFolder { folder in
            let database = SQLiteDatabase(path: folder + "/test.sqlite")
            try await database.check()
            #expect(!database.signals.mayBeHeard)
            try #require(unlink(folder + "/test.sqlite-listeners") == 0)
            #expect(database.signals.mayBeHeard)
            await database.close()
        }
    }

    @Test("A listener that begins during a transaction hears it, or sees it in the tables", arguments: Dialect.allCases)
    func beginsMeanwhile(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: Fixture.migrations) { first, second in
            for name in (0..<40).map({ "number \($0)" }) {
                let heard = Heard()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        await #expect(throws: CancellationError.self) { try await second.signals.listen { heard.feed.yield($0) } }
                    }
                    group.addTask {
                        try await first.transaction(as: .system) { transaction in
                            try await transaction.execute("INSERT INTO counters (name, value) VALUES (\(name), 1)")
                            transaction.signal(Signal(Self.topic, name))
                        }
                    }
                    #expect(await heard.next() == .gap)
                    let row = try await second.read(as: .system) {
                        try await $0.first("SELECT value FROM counters WHERE name = \(name)")
                    }
                    if row == nil { #expect(await heard.texts(until: name) == [name]) }
                    try await group.next()
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test("The listener of a process hears again after the server was away, and says that it may have missed something")
    func reconnects() async throws {
        let server = try await PostgresServer.start()
        defer { server.end() }
        let (first, second) = (PostgresDatabase(url: server.adminURL), PostgresDatabase(url: server.adminURL))
        let listener = SignalListener(channel: second.signals)
        let (news, feed) = AsyncStream<String?>.makeStream()
        listener.on(Self.topic) { feed.yield($0) }
        listener.on(SignalTopic("another")) { if $0 != nil { feed.yield("of another topic") } }
        let shutdown = ShutdownSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run(until: shutdown) }
            var heard = news.makeAsyncIterator()
            #expect(await heard.next() == .some(nil))
            try await first.signal("one")
            #expect(await heard.next() == "one")
            try await server.crash()
            try await server.restart()
            #expect(await heard.next() == .some(nil))
            try await first.signal("two")
            #expect(await heard.next() == "two")
            shutdown.trigger()
            try await group.waitForAll()
        }
        await first.close()
        await second.close()
    }

    /// Listens while `body` runs; when it ends the listener is cancelled, and ends with nothing but that.
    private func listening(to database: any Database, _ body: (Heard) async throws -> Void) async throws {
        let heard = Heard()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await #expect(throws: CancellationError.self) { try await database.signals.listen { heard.feed.yield($0) } }
            }
            #expect(await heard.next() == .gap)
            try await body(heard)
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

/// What a listener heard, in order. One reads.
private final class Heard: Sendable {
    let news: AsyncStream<SignalNews>
    let feed: AsyncStream<SignalNews>.Continuation

    init() { (news, feed) = AsyncStream.makeStream() }

    func next() async -> SignalNews? {
        for await one in news { return one }
        return nil
    }

    func texts(until last: String) async -> [String] {
        var texts: [String] = []
        while case .signal(let signal) = await next() {
            texts.append(signal.text)
            if signal.text == last { break }
        }
        return texts
    }
}

extension Database {
    /// What stands in SQLite's table of signals.
    fileprivate func storedSignals() async throws -> [String] {
        let rows = try await read(as: .system) { try await $0.query("SELECT text FROM process_signals ORDER BY id") }
        return try rows.map { try $0.get("text") }
    }

    fileprivate func signal(_ texts: String...) async throws {
        try await transaction(as: .system) { transaction in
            for text in texts { transaction.signal(Signal(SignalTopic("sample.changed"), text)) }
        }
    }
}
