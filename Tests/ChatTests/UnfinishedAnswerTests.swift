import Ambient
@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import LanguageModels
import Lifecycle
import Synchronization
import Testing

/// Answers that end before they are done, or that two processes write.
@Suite(.timeLimit(.minutes(2)))
struct UnfinishedAnswerTests {
    private static let half = "Water moves [1]. More"

    /// Says half an answer, then nothing.
    private static let stuck = ScriptedModel { _, continuation in
        continuation.yield(.text(half))
        await Gate().wait()
    }

    @Test("Stopped in another process, what is written stays with its citations", arguments: Dialect.allCases)
    func stoppedElsewhere(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: ChatMigrations.all) { first, second in
            let (here, there) = (ChatFixture(first, model: Self.stuck), ChatFixture(second, model: Self.stuck))
            try await here.running {
                let answer = try await here.ask("What is osmosis?")
                try await here.chat.follow(answer.id, after: 0, user: here.ada) { events in
                    guard events.contains(where: { $0.data.contains("More") }) else { return }
                    let stopped = try await there.chat.stop(answer.id, user: here.ada)
                    #expect(stopped.status == .stopped && stopped.content == Self.half)
                    #expect(stopped.citations.map(\.number) == [1])
                    #expect(try await there.chat.message(answer.id, user: here.ada) == stopped)
                }
            }
        }
    }

    @Test(
        "Stopped before it is as far as it was before a crash, it keeps what was seen", arguments: Dialect.allCases, [true, false])
    func stoppedAfterCrash(_ dialect: Dialect, deterministic: Bool) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
            let first = ChatFixture(database, model: Self.stuck)
            struct Killed: Error {}
            let asked = Mutex<MessageID?>(nil)
            do {
                try await first.running {
                    let answer = try await first.ask("What is osmosis?")
                    asked.withLock { $0 = answer.id }
                    try await first.chat.follow(answer.id, after: 0, user: first.ada) { events in
                        if events.contains(where: { $0.data.contains("More") }) { throw Killed() }
                    }
                }
                Issue.record("not killed")
            } catch is Killed {}
            let id = try #require(asked.withLock { $0 })
            let isAsked = Gate()
            let silent = ScriptedModel(isDeterministic: deterministic) { _, _ in
                isAsked.trigger()
                await Gate().wait()
            }
            let second = ChatFixture(database, model: silent)
            try await second.running {
                await isAsked.wait()
                let stopped = try await second.chat.stop(id, user: first.ada)
                #expect(stopped.status == .stopped && stopped.content == Self.half && stopped.citations.map(\.number) == [1])
            }
        }
    }

    @Test("A failed answer keeps the citations of what it says", arguments: Dialect.allCases)
    func failed(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
            let model = ScriptedModel { _, continuation in
                continuation.yield(.text(Self.half))
                throw LanguageModelFailure(.overloaded, model: "scripted")
            }
            let fixture = ChatFixture(database, model: model)
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                let failed = try await fixture.chat.finished(answer.id, user: fixture.ada)
                #expect(failed.status == .failed && failed.content == Self.half && failed.citations.map(\.number) == [1])
            }
        }
    }

    @Test("Whoever was overtaken by another process adds nothing to the answer any more", arguments: Dialect.allCases)
    func overtaken(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
            let fixture = ChatFixture(database, model: Self.stuck)
            let (answer, store, user) = (try await fixture.ask("What is osmosis?"), ChatStore(), fixture.ada)
            @Sendable func append(_ numbers: ClosedRange<Int>, _ content: String) async throws -> Bool {
                let events = numbers.map { AnswerEvent(number: $0, event: .delta, data: "{\"text\":\"\(content)\"}") }
                return try await database.transaction(as: .user(user)) { tx in
                    try await store.append(
                        events, to: answer.id, user: user, content: content, leaseUntil: Date(), now: Date(), in: tx)
                }
            }
            #expect(try await append(1...2, "first"))
            #expect(try await append(3...3, "second"))
            for late in [2...2, 3...3, 3...5, 1...2, 5...5] {
                await #expect { try await append(late, "late") } throws: { ($0 as? ChatFailure)?.kind == .takenOver }
            }
            let stored = try await database.read(as: .user(user)) { tx in
                (
                    try await store.message(answer.id, user: user, in: tx).content,
                    try await store.events(of: answer.id, after: 0, user: user, in: tx).map(\.number)
                )
            }
            #expect(stored.0 == "second" && stored.1 == [1, 2, 3])
            #expect(try await append(4...4, "third"))
        }
    }

    @Test("A conversation renamed while its answer ends keeps its new name")
    func renamed() async throws {
        try await withSecondDatabase(.postgres, migrations: ChatMigrations.all) { first, second in
            let gate = Gate()
            let model = ScriptedModel { _, continuation in
                continuation.yield(.text("Water moves [1]."))
                await gate.wait()
                continuation.yield(.finished(.stop))
            }
            let fixture = ChatFixture(first, model: model)
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                try await fixture.events(of: answer.id, until: .delta)
                try await second.transaction(as: .user(fixture.ada)) { tx in
                    try await tx.execute("UPDATE chat_conversations SET title = 'Cells' WHERE id = \(answer.conversationID)")
                    gate.trigger()
                    // Until the end of the answer waits for this very transaction.
                    while try await tx.query(
                        """
                        SELECT pid FROM pg_locks
                        WHERE NOT granted AND locktype = 'transactionid' AND transactionid = pg_current_xact_id()::xid
                        """
                    ).isEmpty { try await Task.sleep(for: .milliseconds(10)) }
                }
                #expect(try await fixture.chat.finished(answer.id, user: fixture.ada).status == .completed)
                #expect(try await fixture.chat.conversation(answer.conversationID, user: fixture.ada).title == "Cells")
            }
        }
    }

    @Test("When the service ends, nobody waits for an answer that it never began")
    func neverBegun() async throws {
        try await withDatabase(.sqlite, migrations: ChatMigrations.all) { database in
            let fixture = ChatFixture(database, model: Self.stuck)
            let answer = try await fixture.ask("What is osmosis?")
            let feed = try #require(fixture.service.feed(of: answer.id))
            await withTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask { try? await fixture.service.run(until: ShutdownSignal()) }
            }
            try await feed.waitForEnd()
            await #expect { try await fixture.chat.finished(answer.id, user: fixture.ada) } throws: {
                ($0 as? ChatFailure)?.kind == .shuttingDown
            }
        }
    }

    @Test("Where the documents of a conversation are gone the answer does not say that there are none")
    func documentsGone() async throws {
        try await withDatabase(.sqlite, migrations: ChatMigrations.all) { database in
            let before = ChatFixture(database, model: Self.stuck)
            let chosen = try await before.chat.create(title: nil, documentIDs: [ChatFixture.documentID], user: before.ada)
            let left = ChatDocument(id: .init(UUID()), title: "Genes")
            let fixture = ChatFixture(database, model: Self.stuck, documents: [left])
            try await fixture.running {
                let answer = try await fixture.chat.ask("What is osmosis?", in: chosen.id, user: before.ada)
                let message = try await fixture.chat.finished(answer.id, user: before.ada)
                #expect(message.status == .completed && message.content.contains("chosen for this conversation"))
            }
        }
    }
}
