import Ambient
@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import LanguageModels
import Lifecycle
import Passages
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct GenerationTests {
    @Test("An answer is written, cited, stored and announced", arguments: Dialect.allCases)
    func answer(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let announced = Mutex<[MessageID]>([])
            let fixture = ChatFixture(
                database, model: ScriptedModel.saying("No energy is needed [1]. Pumps use ATP [2], water moves [1] and more [7]."),
                announce: { message, _, _ in announced.withLock { $0.append(message.id) } })
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                let message = try await fixture.chat.finished(answer.id, user: fixture.ada)
                #expect(message.status == .completed)
                #expect(message.content == "No energy is needed [1]. Pumps use ATP [2], water moves [1] and more [7].")
                #expect(message.citations.map(\.number) == [1, 2])
                #expect(message.citations[1].quote.hasPrefix("Active transport uses ATP."))
                for citation in message.citations {
                    let passage = try #require(ChatFixture.passages.first { $0.chunkID == citation.chunkID })
                    #expect(PassageText.text(at: citation.start..<citation.end, of: passage.text) == citation.quote)
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
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(
                database,
                model: ScriptedModel.saying("No energy is needed [1]. Pumps use ATP [2]. A cell in pure water swells [1]."))
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                let message = try await fixture.chat.finished(answer.id, user: fixture.ada)
                let sent = try await fixture.log(of: answer.id).filter { $0.event == .citation }
                    .map { try JSONColumn.value($0.data, as: Citation.self) }
                #expect(message.citations.map(\.number) == [1, 2] && sent.count == 3)
                #expect(message.citations[0].quote == "It needs no energy. A cell in pure water swells.")
                for citation in message.citations { #expect(sent.last { $0.number == citation.number } == citation) }
            }
        }
    }

    @Test("A stopped answer keeps the longest quote of each citation", arguments: Dialect.allCases)
    func stoppedCitations(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
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

    @Test("A deterministic answer that comes out differently after a crash says so", arguments: Dialect.allCases)
    func divergence(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
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

    @Test("One answer at a time in a conversation", arguments: Dialect.allCases)
    func busy(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
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
                let found = try await fixture.chat.messages(of: conversation.id, user: fixture.ada, limit: 10)
                #expect(found.list.map(\.role) == [.user, .assistant])
            }
        }
    }

    @Test("A deterministic answer can be written anew as well", arguments: Dialect.allCases)
    func again(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
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

    @Test(
        "What needs no passages is answered without a search",
        arguments: [
            ("Hello", "Hello!"), ("Thanks!", "You're welcome"), ("What can you do?", "your own documents"),
            ("Which documents do I have?", "- Cells (12 pages)"),
        ])
    func plain(question: String, expected: String) async throws {
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
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
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
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
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let prompts = Mutex<[AnswerPrompt]>([])
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
