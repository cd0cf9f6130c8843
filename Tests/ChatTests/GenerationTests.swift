import Ambient
@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import LanguageModels
import Library
import Lifecycle
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct GenerationTests {
    @Test("An answer is written, cited, stored and announced", arguments: Dialect.allCases)
    func answer(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
            let announced = Mutex<[MessageID]>([])
            let fixture = ChatFixture(
                database, model: ScriptedModel.saying("No energy is needed [1]. Pumps use ATP [2], water moves [1] and more [7]."),
                announce: { message, _, _ in announced.withLock { $0.append(message.id) } })
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                let message = try await fixture.chat.finished(answer.id, user: fixture.ada)
                #expect(message.status == .completed)
                #expect(message.content == "No energy is needed [1]. Pumps use ATP [2], water moves [1] and more.")
                #expect(message.citations.map(\.number) == [1, 2])
                #expect(message.citations[1].quote.hasPrefix("Active transport uses ATP."))
                for citation in message.citations {
                    let passage = try #require(ChatFixture.passages.first { $0.chunkID == citation.chunkID })
                    #expect(QuoteFinder.text(at: citation.start..<citation.end, of: passage.text) == citation.quote)
                }
                #expect(message.citations[0].quote.contains("It needs no energy.") && message.citations[0].page == 3)
                let usage = try #require(message.usage)
                #expect(usage.model == "scripted" && usage.totalTokens == 15)
                #expect(announced.withLock { $0 } == [answer.id])

                let events = try await fixture.log(of: answer.id)
                #expect(events.map(\.number) == Array(1...events.count))
                #expect(events.first?.event == .started && events[1].event == .retrieval && events.last?.event == .completed)
                #expect(try ChatFixture.text(events) == message.content)
                let conversation = try await fixture.chat.conversation(answer.conversationID, user: fixture.ada)
                #expect(conversation.title == "What is osmosis?")
            }
        }
    }

    @Test("The last citation event under each number is the finished message's citation", arguments: Dialect.allCases)
    func lastCitations(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
            let fixture = ChatFixture(
                database,
                model: ScriptedModel.saying("No energy is needed [1]. Pumps use ATP [2]. A cell in pure water swells [1]."))
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                let message = try await fixture.chat.finished(answer.id, user: fixture.ada)
                let sent = try await fixture.log(of: answer.id).filter { $0.event == .citation }
                    .map { try ChatCoding.value($0.data, as: Citation.self) }
                #expect(message.citations.map(\.number) == [1, 2] && sent.count == 3)
                #expect(message.citations[0].quote == "It needs no energy. A cell in pure water swells.")
                for citation in message.citations { #expect(sent.last { $0.number == citation.number } == citation) }
            }
        }
    }

    @Test("A stopped answer keeps the longest quote of each citation", arguments: Dialect.allCases)
    func stoppedCitations(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
            let model = ScriptedModel { _, continuation in
                continuation.yield(.text("No energy is needed [1]. Pumps use ATP [2]. A cell in pure water swells [1]. More"))
                await Gate().wait()
            }
            let fixture = ChatFixture(database, model: model)
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                try await fixture.chat.follow(answer.id, after: 0, user: fixture.ada) { events in
                    guard events.contains(where: { $0.data.contains("More") }) else { return }
                    let stopped = try await fixture.chat.stop(answer.id, user: fixture.ada)
                    #expect(stopped.citations.map(\.number) == [1, 2])
                    #expect(stopped.citations[0].quote == "It needs no energy. A cell in pure water swells.")
                }
            }
        }
    }

    @Test("Any Last-Event-ID resumes with exactly what follows, during and after", arguments: Dialect.allCases)
    func resume(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
            let gate = Gate()
            let model = ScriptedModel { _, continuation in
                for word in 0..<20 { continuation.yield(.text("word\(word) ")) }
                await gate.wait()
                continuation.yield(.text("end [2]."))
                continuation.yield(.finished(.stop))
            }
            let fixture = ChatFixture(database, model: model)
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                try await withThrowingTaskGroup(of: [AnswerEvent].self) { group in
                    for start in 0..<8 {
                        group.addTask {
                            let seen = Mutex<[AnswerEvent]>([])
                            try await fixture.chat.follow(answer.id, after: start, user: fixture.ada) { events in
                                seen.withLock { $0 += events }
                                if events.contains(where: { $0.number >= 20 }) { gate.trigger() }
                            }
                            return seen.withLock { $0 }
                        }
                    }
                    var live: [[AnswerEvent]] = []
                    for try await events in group { live.append(events) }
                    let whole = try await fixture.log(of: answer.id)
                    for events in live { #expect(events == Array(whole.suffix(events.count))) }
                    #expect(Set(live.map(\.count)) == Set((0..<8).map { whole.count - $0 }))
                    for start in 0...whole.count {
                        let after = Mutex<[AnswerEvent]>([])
                        try await fixture.chat.follow(answer.id, after: start, user: fixture.ada) { events in
                            after.withLock { $0 += events }
                        }
                        #expect(after.withLock { $0 } == Array(whole[start...]))
                    }
                }
            }
        }
    }

    @Test("A crash in the middle: the same message is finished at the next start", arguments: Dialect.allCases, [true, false])
    func crash(_ dialect: Dialect, deterministic: Bool) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
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
            #expect(stored.status == .streaming)

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

    @Test("A deterministic answer that comes out differently after a crash says so", arguments: Dialect.allCases)
    func divergence(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
            let first = ChatFixture(
                database,
                model: ScriptedModel(isDeterministic: true) { _, continuation in
                    continuation.yield(.text("Old"))
                    continuation.yield(.text(" words"))
                    await Gate().wait()
                })
            struct Killed: Error {}
            let id = Mutex<MessageID?>(nil)
            try? await first.running {
                let asked = try await first.ask("What is osmosis?")
                id.withLock { $0 = asked.id }
                try await first.chat.follow(asked.id, after: 0, user: first.ada) { events in
                    if events.contains(where: { $0.data.contains("words") }) { throw Killed() }
                }
            }
            let asked = try #require(id.withLock { $0 })
            let second = ChatFixture(database, model: ScriptedModel.saying("Old truths [1].", deterministic: true))
            try await second.running {
                let all = Mutex<[AnswerEvent]>([])
                try await second.chat.follow(asked, after: 0, user: first.ada) { events in all.withLock { $0 += events } }
                let events = all.withLock { $0 }
                #expect(events.count { $0.event == .restarted } == 1)
                #expect(try ChatFixture.text(events) == "Old truths [1].")
                #expect(try await second.chat.message(asked, user: first.ada).content == "Old truths [1].")
            }
        }
    }

    @Test("Stop ends the answer where it stands", arguments: Dialect.allCases)
    func stop(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
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
        try await withDatabase(.sqlite, migrations: ChatMigrations.all) { database in
            let model = ScriptedModel { _, continuation in
                continuation.yield(.text("Water moves [1]."))
                await Gate().wait()
            }
            let fixture = ChatFixture(database, model: model, configure: { $0.parallelAnswers = 1 })
            try await fixture.running {
                let first = try await fixture.ask("What is osmosis?")
                // The first has the only place once it says something.
                try await fixture.chat.follow(first.id, after: 0, user: fixture.ada) { events in
                    guard events.contains(where: { $0.event == .delta }) else { return }
                    let second = try await fixture.ask("What is active transport?")
                    try await fixture.events(of: second.id, until: .waiting)
                    let stopped = try await fixture.chat.stop(second.id, user: fixture.ada)
                    #expect(stopped.status == .stopped && stopped.content.isEmpty)
                    #expect(try await fixture.log(of: second.id).map(\.event) == [.started, .waiting, .completed])
                    #expect(try await fixture.chat.stop(first.id, user: fixture.ada).status == .stopped)
                }
            }
        }
    }

    @Test("Stopped in another process, the answer ends here at once, though its model is silent", arguments: Dialect.allCases)
    func stoppedElsewhere(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: ChatMigrations.all) { first, second in
            let model = ScriptedModel { _, continuation in
                continuation.yield(.text("Water moves [1]. More"))
                await Gate().wait()
            }
            // Without the signal it would be found out after minutes.
            let here = ChatFixture(first, model: model, configure: { $0.lease = .seconds(600) })
            let there = ChatFixture(second, model: model)
            let listener = SignalListener(database: first)
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

    @Test(
        "Whoever follows what another process writes hears of every word, and of the end, by signals alone",
        arguments: Dialect.allCases)
    func followedElsewhere(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: ChatMigrations.all) { first, second in
            let gates = (0..<4).map { _ in Gate() }
            let model = ScriptedModel { _, continuation in
                for (number, gate) in gates.enumerated() {
                    continuation.yield(.text("word\(number) "))
                    await gate.wait()
                }
                continuation.yield(.text("end [1]."))
                continuation.yield(.finished(.stop))
            }
            let here = ChatFixture(first, model: model)
            // Looking by itself would take longer than the test may.
            let there = ChatFixture(second, model: model, configure: { $0.followInterval = .seconds(600) })
            let listener = SignalListener(database: second)
            there.service.follow(listener)
            try await here.running {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await listener.run(until: ShutdownSignal()) }
                    let answer = try await here.ask("What is osmosis?")
                    try await withThrowingTaskGroup(of: [AnswerEvent].self) { followers in
                        for _ in 0..<3 {
                            followers.addTask {
                                let seen = Mutex<[AnswerEvent]>([])
                                try await there.chat.follow(answer.id, after: 0, user: here.ada) { events in
                                    seen.withLock { $0 += events }
                                    let text = try seen.withLock { try ChatFixture.text($0) }
                                    for (number, gate) in gates.enumerated() where text.contains("word\(number)") { gate.trigger() }
                                }
                                return seen.withLock { $0 }
                            }
                        }
                        for try await events in followers {
                            #expect(try ChatFixture.text(events) == "word0 word1 word2 word3 end [1].")
                            #expect(events.map(\.number) == Array(1...events.count) && events.last?.event == .completed)
                        }
                    }
                    group.cancelAll()
                }
            }
        }
    }

    @Test(
        "Whoever follows an answer that nobody writes hears at once that it was stopped, or is written here",
        arguments: [true, false])
    func followedNowhere(isStopped: Bool) async throws {
        try await withDatabase(.sqlite, migrations: ChatMigrations.all) { database in
            let model = ScriptedModel.saying("Water moves [1].")
            let gone = ChatFixture(database, model: model)
            // Committed, and never begun: its process does not run.
            let answer = try await gone.ask("What is osmosis?")
            let fixture = ChatFixture(database, model: model, configure: { $0.followInterval = .seconds(600) })
            let isWaiting = Gate()
            try await withThrowingTaskGroup(of: ChatMessage?.self) { group in
                group.addTask {
                    isWaiting.trigger()
                    return try await fixture.chat.finished(answer.id, user: gone.ada)
                }
                await isWaiting.wait()
                if isStopped {
                    _ = try await fixture.chat.stop(answer.id, user: gone.ada)
                } else {
                    group.addTask {
                        try await fixture.service.run(until: ShutdownSignal())
                        return nil
                    }
                }
                let message = try #require(try await group.next() ?? nil)
                #expect(message.status == (isStopped ? .stopped : .completed))
                group.cancelAll()
            }
        }
    }

    @Test("One answer at a time in a conversation", arguments: Dialect.allCases)
    func busy(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
            let fixture = ChatFixture(database, model: ScriptedModel { _, _ in await Gate().wait() })
            try await fixture.running {
                let conversation = try await fixture.chat.create(title: nil, documentIDs: nil, user: fixture.ada)
                let results = await withTaskGroup(of: ChatFailure.Kind?.self) { group in
                    for _ in 0..<6 {
                        group.addTask {
                            do {
                                _ = try await fixture.chat.ask("What is osmosis?", in: conversation.id, user: fixture.ada)
                                return nil
                            } catch {
                                return (error as? ChatFailure)?.kind ?? .tooSlow
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(results.count { $0 == nil } == 1)
                #expect(results.count { $0 == .busy } == 5)
                let found = try await fixture.chat.messages(of: conversation.id, user: fixture.ada, limit: 10, offset: 0)
                #expect(found.list.map(\.role) == [.user, .assistant])
            }
        }
    }

    @Test("A failing model leaves a failed message that can be written anew", arguments: Dialect.allCases)
    func failure(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
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

    @Test("A deterministic answer can be written anew as well", arguments: Dialect.allCases)
    func again(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
            let fixture = ChatFixture(database, model: ScriptedModel.saying("Water moves [1].", deterministic: true))
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                let first = try await fixture.chat.finished(answer.id, user: fixture.ada)
                let (_, after) = try await fixture.chat.regenerate(answer.id, user: fixture.ada)
                let events = Mutex<[AnswerEvent]>([])
                try await fixture.chat.follow(answer.id, after: after, user: fixture.ada) { more in events.withLock { $0 += more } }
                let second = events.withLock { $0 }
                #expect(second.first?.event == .restarted && second.last?.event == .completed)
                #expect(try ChatFixture.text(second) == first.content)
            }
        }
    }

    @Test("From the beginning of an answer that is written anew, the log and what is being written follow without a pause")
    func followFromLog() async throws {
        try await withDatabase(.sqlite, migrations: ChatMigrations.all) { database in
            let runs = Mutex(0)
            let gate = Gate()
            let model = ScriptedModel { _, continuation in
                let run = runs.withLock {
                    $0 += 1; return $0
                }
                continuation.yield(.text("run \(run)"))
                if run == 2 { await gate.wait() }
                continuation.yield(.text(" is over"))
                continuation.yield(.finished(.stop))
            }
            // Looking by itself would take longer than the test may.
            let fixture = ChatFixture(database, model: model, configure: { $0.followInterval = .seconds(600) })
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                _ = try await fixture.chat.finished(answer.id, user: fixture.ada)
                _ = try await fixture.chat.regenerate(answer.id, user: fixture.ada)
                let seen = Mutex<[AnswerEvent]>([])
                try await fixture.chat.follow(answer.id, after: 0, user: fixture.ada) { events in
                    seen.withLock { $0 += events }
                    if events.contains(where: { $0.data.contains("run 2") }) { gate.trigger() }
                }
                #expect(try ChatFixture.text(seen.withLock { $0 }) == "run 2 is over")
            }
        }
    }

    @Test("Who follows from before a feed's beginning is sent to the log")
    func feedBeginsLate() async throws {
        let feed = MessageFeed()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { if case .readLog = try await feed.next(after: 0) { true } else { false } }
            group.addTask {
                feed.begin(after: 5)
                return true
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    @Test("A model that breaks off without an end has failed")
    func cutOff() async throws {
        try await withDatabase(.sqlite, migrations: ChatMigrations.all) { database in
            let fixture = ChatFixture(database, model: ScriptedModel { _, continuation in continuation.yield(.text("Half")) })
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                #expect(try await fixture.chat.finished(answer.id, user: fixture.ada).status == .failed)
            }
        }
    }

    @Test("Shutdown leaves the answer for the next start, and the question is kept")
    func shutdown() async throws {
        try await withDatabase(.sqlite, migrations: ChatMigrations.all) { database in
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
            let found = try await fixture.chat.messages(of: answer.conversationID, user: fixture.ada, limit: 10, offset: 0)
            #expect(found.list.map(\.status) == [.completed, .streaming])
        }
    }

    @Test(
        "What needs no passages is answered without a search",
        arguments: [
            ("Hello", "Hello!"), ("Thanks!", "You're welcome"), ("What can you do?", "your own documents"),
            ("Which documents do I have?", "- Cells (12 pages)"),
        ])
    func plain(question: String, expected: String) async throws {
        try await withDatabase(.sqlite, migrations: ChatMigrations.all) { database in
            let fixture = ChatFixture(database, model: ScriptedModel { _, _ in Issue.record("the model was asked") })
            try await fixture.running {
                let answer = try await fixture.ask(question)
                let message = try await fixture.chat.finished(answer.id, user: fixture.ada)
                #expect(message.status == .completed && message.content.contains(expected) && message.citations.isEmpty)
                #expect(fixture.search.asked.queries.withLock { $0 }.isEmpty)
            }
        }
    }

    @Test("Without documents, or with none ready, the answer says what to do")
    func noDocuments() async throws {
        try await withDatabase(.sqlite, migrations: ChatMigrations.all) { database in
            let id = ChatFixture.documentID
            for (documents, expected) in [
                ([], "You have no documents yet"),
                ([ChatDocument(id: id, title: "Cells", state: .preparing)], "Still reading “Cells”"),
                ([ChatDocument(id: id, title: "Cells", state: .failed)], "“Cells” could not be read"),
            ] {
                let fixture = ChatFixture(database, model: ScriptedModel.saying("x"), documents: documents)
                try await fixture.running {
                    let answer = try await fixture.ask("What is osmosis?")
                    let message = try await fixture.chat.finished(answer.id, user: fixture.ada)
                    #expect(message.status == .completed && message.content.contains(expected))
                }
            }
        }
    }

    @Test("A follow-up is searched for with what it points to, and the model is told of the turns before")
    func followUp() async throws {
        try await withDatabase(.sqlite, migrations: ChatMigrations.all) { database in
            let prompts = Mutex<[ChatPrompt]>([])
            let model = ScriptedModel { prompt, continuation in
                prompts.withLock { $0.append(prompt) }
                continuation.yield(.text("Yes [1]."))
                continuation.yield(.finished(.stop))
            }
            let fixture = ChatFixture(database, model: model)
            try await fixture.running {
                let first = try await fixture.ask("What is osmosis?")
                _ = try await fixture.chat.finished(first.id, user: fixture.ada)
                let second = try await fixture.chat.ask("Why does it matter?", in: first.conversationID, user: fixture.ada)
                _ = try await fixture.chat.finished(second.id, user: fixture.ada)
                #expect(fixture.search.asked.queries.withLock { $0 } == ["What is osmosis?", "Why does osmosis matter?"])
                let prompt = try #require(prompts.withLock { $0.last })
                #expect(prompt.question == "Why does it matter?" && prompt.standaloneQuestion == "Why does osmosis matter?")
                #expect(prompt.history == [ChatTurn(.user, "What is osmosis?"), ChatTurn(.assistant, "Yes [1].")])
            }
        }
    }
}
