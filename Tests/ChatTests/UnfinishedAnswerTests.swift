import Ambient
import Signals
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

    @Test("A crash in the middle: the same message is finished at the next start", arguments: Dialect.allCases, [true, false])
    func crash(_ dialect: Dialect, deterministic: Bool) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let text = "Osmosis moves water [1]. Pumps use ATP [2]. That is all."
            let words = AnswerText.words(of: text)
            let first = ChatFixture(
                database,
                model: ScriptedModel(isDeterministic: deterministic) { _, continuation in
                    for word in words.prefix(6) { continuation.yield(.text(word)) }
                    await Gate().wait()
                })
            let seen = Mutex<[AnswerEvent]>([])
            struct Killed: Error {}
            let answer = Mutex<ChatMessage?>(nil)
            do {
                try await first.running {
                    let asked = try await first.ask("What is osmosis?")
                    answer.withLock { $0 = asked }
                    try await first.chat.follow(asked.id, after: 0, user: first.ada) { events in
                        seen.withLock { $0 += events }
                        let text = try seen.withLock { try ChatFixture.text($0) }
                        if text.contains("water [1]") { throw Killed() }
                    }
                }
                Issue.record("not killed")
            } catch is Killed {}
            let asked = try #require(answer.withLock { $0 })
            let acknowledged = seen.withLock { $0 }
            let stored = try await database.read(as: .user(first.ada)) { tx in
                try await ChatStore().message(asked.id, user: first.ada, in: tx)
            }
            #expect(stored?.status == .streaming)

            // Another server on the same database, with the same users.
            let second = ChatFixture(database, model: ScriptedModel.saying(text, deterministic: deterministic))
            try await second.running {
                let all = Mutex<[AnswerEvent]>([])
                try await second.chat.follow(asked.id, after: 0, user: first.ada) { events in all.withLock { $0 += events } }
                let events = all.withLock { $0 }
                let message = try await second.chat.message(asked.id, user: first.ada)
                #expect(message.status == .completed && message.content == text && message.citations.count == 2)
                #expect(Array(events.prefix(acknowledged.count)) == acknowledged)
                #expect(events.map(\.number) == Array(1...events.count))
                #expect(events.contains { $0.event == .restarted } == !deterministic)
                #expect(try ChatFixture.text(events) == text)
                #expect(events.count { $0.event == .started } == 1)
            }
        }
    }

    @Test("Stop ends the answer where it stands", arguments: Dialect.allCases)
    func stop(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let model = ScriptedModel { _, continuation in
                continuation.yield(.text("Water moves [1]. More"))
                await Gate().wait()
            }
            let fixture = ChatFixture(database, model: model)
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                try await fixture.chat.follow(answer.id, after: 0, user: fixture.ada) { events in
                    if events.contains(where: { $0.data.contains("More") }) {
                        let stopped = try await fixture.chat.stop(answer.id, user: fixture.ada)
                        #expect(stopped.status == .stopped)
                    }
                }
                let message = try await fixture.chat.message(answer.id, user: fixture.ada)
                #expect(message.status == .stopped && message.content == "Water moves [1]. More" && message.citations.count == 1)
                #expect(try await fixture.log(of: answer.id).last?.event == .completed)
                // It is over: the next question may come, and stopping again changes nothing.
                #expect(try await fixture.chat.stop(answer.id, user: fixture.ada) == message)
                _ = try await fixture.chat.ask("And why?", in: answer.conversationID, user: fixture.ada)
            }
        }
    }

    @Test("An answer that waits for its turn can be followed and stopped like any other")
    func stopInLine() async throws {
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let model = ScriptedModel { _, continuation in
                continuation.yield(.text("Water moves [1]."))
                await Gate().wait()
            }
            let fixture = ChatFixture(database, model: model, places: 1)
            try await fixture.running {
                let first = try await fixture.ask("What is osmosis?")
                // The first has the only place once it says something.
                try await fixture.chat.follow(first.id, after: 0, user: fixture.ada) { events in
                    guard events.contains(where: { $0.event == .delta }) else { return }
                    let second = try await fixture.ask("What is active transport?")
                    try await fixture.events(of: second.id, until: .waiting)
                    let stopped = try await fixture.chat.stop(second.id, user: fixture.ada)
                    #expect(stopped.status == .stopped && stopped.content.isEmpty)
                    #expect(try await fixture.log(of: second.id).map(\.event) == [.started, .retrieval, .waiting, .completed])
                    #expect(try await fixture.chat.stop(first.id, user: fixture.ada).status == .stopped)
                }
            }
        }
    }

    @Test("Stopped in another process, the answer ends here at once, though its model is silent", arguments: Dialect.allCases)
    func stoppedElsewhereAtOnce(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: ChatFixture.migrations) { first, second in
            let model = ScriptedModel { _, continuation in
                continuation.yield(.text("Water moves [1]. More"))
                await Gate().wait()
            }
            // Without the signal it would be found out after minutes.
            let here = ChatFixture(first, model: model, configure: { $0.lease = .seconds(600) })
            let there = ChatFixture(second, model: model)
            let listener = SignalListener(channel: first.signals)
            here.service.follow(listener)
            try await here.running {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await listener.run(until: ShutdownSignal()) }
                    let answer = try await here.ask("What is osmosis?")
                    let feed = try #require(here.service.feed(of: answer.id))
                    try await here.chat.follow(answer.id, after: 0, user: here.ada) { events in
                        guard events.contains(where: { $0.data.contains("More") }) else { return }
                        #expect(try await there.chat.stop(answer.id, user: here.ada).status == .stopped)
                        try await feed.waitForEnd()
                    }
                    let message = try await here.chat.message(answer.id, user: here.ada)
                    #expect(message.status == .stopped && message.content == "Water moves [1]. More")
                    group.cancelAll()
                }
            }
        }
    }

    @Test("A failing model leaves a failed message that can be written anew", arguments: Dialect.allCases)
    func failure(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let attempts = Mutex(0)
            let model = ScriptedModel { _, continuation in
                let attempt = attempts.withLock {
                    $0 += 1; return $0
                }
                continuation.yield(.text("Water "))
                if attempt == 1 { throw LanguageModelFailure(.overloaded, model: "scripted") }
                continuation.yield(.text("moves [1]."))
                continuation.yield(.finished(.stop))
            }
            let fixture = ChatFixture(database, model: model)
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                let failed = try await fixture.chat.finished(answer.id, user: fixture.ada)
                #expect(failed.status == .failed && failed.error?.contains("overloaded") == true)
                let events = try await fixture.log(of: answer.id)
                #expect(events.last?.event == .error && events.last?.data.contains("ServiceUnavailable") == true)

                let (again, after) = try await fixture.chat.regenerate(answer.id, user: fixture.ada)
                #expect(again.id == answer.id && after == events.count)
                let done = try await fixture.chat.finished(answer.id, user: fixture.ada)
                #expect(done.status == .completed && done.content == "Water moves [1]." && done.error == nil)
                let all = try await fixture.log(of: answer.id)
                #expect(try ChatFixture.text(all) == "Water moves [1].")
                #expect(all.count { $0.event == .restarted } == 1 && all.count { $0.event == .started } == 1)
            }
        }
    }

    @Test("A model that breaks off without an end has failed")
    func cutOff() async throws {
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: ScriptedModel { _, continuation in continuation.yield(.text("Half")) })
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                #expect(try await fixture.chat.finished(answer.id, user: fixture.ada).status == .failed)
            }
        }
    }

    @Test("Shutdown leaves the answer for the next start, and the question is kept")
    func shutdown() async throws {
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let signal = ShutdownSignal()
            let fixture = ChatFixture(
                database,
                model: ScriptedModel { _, continuation in
                    continuation.yield(.text("Half"))
                    signal.trigger()
                    await Gate().wait()
                })
            let answer = try await fixture.ask("What is osmosis?")
            try await fixture.service.run(until: signal)
            let found = try await fixture.chat.messages(of: answer.conversationID, user: fixture.ada, limit: 10)
            #expect(found.list.map(\.status) == [.completed, .streaming])
        }
    }

    @Test("Stopped in another process, what is written stays with its citations", arguments: Dialect.allCases)
    func stoppedElsewhere(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: ChatFixture.migrations) { first, second in
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
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
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
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
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
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: Self.stuck)
            let (answer, store, user) = (try await fixture.ask("What is osmosis?"), ChatStore(), fixture.ada)
            @Sendable func append(_ numbers: ClosedRange<Int>, _ text: String) async throws {
                let events = try numbers.map {
                    AnswerEvent(number: $0, event: .delta, data: try JSONColumn.text(DeltaPayload(text: "\(text)\($0) ")))
                }
                try await database.transaction(as: .user(user)) { tx in
                    #expect(try await store.hold(answer.id, user: user, leaseUntil: nil, in: tx))
                    try await store.append(events, to: answer.id, user: user, in: tx)
                }
            }
            try await append(1...2, "a")
            try await append(3...3, "b")
            for late in [2...2, 3...3, 3...5, 1...2, 5...5] {
                await #expect { try await append(late, "late") } throws: { ($0 as? ChatFailure)?.kind == .takenOver }
            }
            #expect(try await fixture.chat.message(answer.id, user: user).content == "a1 a2 b3 ")
            try await append(4...4, "c")
            let end = AnswerEvent(number: 4, event: .completed, data: "{}")
            await #expect {
                try await database.transaction(as: .user(user)) { tx in
                    _ = try await store.finish(answer, user: user, events: [end], in: tx)
                }
            } throws: { ($0 as? ChatFailure)?.kind == .takenOver }
            let stored = try await database.read(as: .user(user)) { tx in
                try await store.events(of: answer.id, after: 0, user: user, in: tx).map(\.number)
            }
            #expect(stored == [1, 2, 3, 4])
        }
    }

    @Test("A conversation renamed while its answer ends keeps its new name")
    func renamed() async throws {
        try await withSecondDatabase(.postgres, migrations: ChatFixture.migrations) { first, second in
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
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: Self.stuck)
            let answer = try await fixture.ask("What is osmosis?")
            let feed = try #require(fixture.service.feed(of: answer.id))
            await withTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask { try? await fixture.service.run(until: ShutdownSignal()) }
            }
            try await feed.waitForEnd()
            let late = try await fixture.ask("What is osmosis?")
            for id in [answer.id, late.id] {
                await #expect { try await fixture.chat.finished(id, user: fixture.ada) } throws: {
                    ($0 as? ChatFailure)?.kind == .shuttingDown
                }
            }
        }
    }

    @Test("Where the documents of a conversation are gone the answer does not say that there are none")
    func documentsGone() async throws {
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let before = ChatFixture(database, model: Self.stuck)
            let chosen = try await before.chat.create(title: nil, documentIDs: [ChatFixture.documentID], user: before.ada)
            let left = ChatDocument(id: .init(UUID()), title: "Genes")
            let fixture = ChatFixture(database, model: Self.stuck, documents: [left])
            try await fixture.running {
                for question in ["What is osmosis?", "Which documents do I have?"] {
                    let answer = try await fixture.chat.ask(question, in: chosen.id, user: before.ada)
                    let message = try await fixture.chat.finished(answer.id, user: before.ada)
                    #expect(message.status == .completed && message.content.contains("chosen for this conversation"))
                }
            }
        }
    }
}
