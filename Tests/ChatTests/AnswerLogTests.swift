import Ambient
@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import LanguageModels
import Lifecycle
import Synchronization
import Testing

/// How much an answer writes, and how long that stays.
@Suite(.timeLimit(.minutes(2)))
struct AnswerLogTests {
    private struct Row: Equatable {
        var rows: Int
        var content: String
    }

    private func stored(_ id: MessageID, _ fixture: ChatFixture) async throws -> Row {
        try await fixture.database.read(as: .user(fixture.ada)) { tx in
            let count = try await tx.first("SELECT count(*) AS n FROM chat_message_log WHERE message_id = \(id)")
            let content = try await tx.first("SELECT content FROM chat_messages WHERE id = \(id)")
            return Row(rows: try count?.get("n") ?? 0, content: try content?.get("content") ?? "")
        }
    }

    @Test("What is written is not written again until the end, and read all the same", arguments: Dialect.allCases)
    func whileWritten(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let gate = Gate()
            let model = ScriptedModel { _, continuation in
                continuation.yield(.text("Water moves [1]."))
                await gate.wait()
                continuation.yield(.text(" That is all."))
                continuation.yield(.finished(.stop))
            }
            let fixture = ChatFixture(database, model: model)
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                try await fixture.events(of: answer.id, until: .citation)
                #expect(try await stored(answer.id, fixture).content.isEmpty)
                let (one, list) = (
                    try await fixture.chat.message(answer.id, user: fixture.ada),
                    try await fixture.chat.messages(of: answer.conversationID, user: fixture.ada, limit: 10).list
                )
                #expect(one.status == .streaming && one.content.hasPrefix("Water moves [1]") && one.citations.map(\.number) == [1])
                #expect(list.last == one)
                gate.trigger()
                let done = try await fixture.chat.finished(answer.id, user: fixture.ada)
                #expect(try await stored(answer.id, fixture) == Row(rows: 1, content: "Water moves [1]. That is all."))
                #expect(done.content == "Water moves [1]. That is all.")
            }
        }
    }

    @Test("Words that come while others are written down are one event, and few are written a second", arguments: Dialect.allCases)
    func gathered(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let model = ScriptedModel { _, continuation in
                for number in 0..<2000 { continuation.yield(.text("word\(number) ")) }
                continuation.yield(.finished(.stop))
            }
            let fixture = ChatFixture(database, model: model, configure: { $0.pieceInterval = .seconds(60) })
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                let message = try await fixture.chat.finished(answer.id, user: fixture.ada)
                let events = try await fixture.log(of: answer.id)
                #expect(try ChatFixture.text(events) == message.content && message.content.hasSuffix("word1999"))
                // The head, what was found, the words, the end; the words may have been caught in two.
                #expect(events.count <= 5)
            }
        }
    }

    @Test(
        "The log of an answer that ended long ago is pruned: its last event is left, and numbers go on", arguments: Dialect.allCases
    )
    func pruned(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: ScriptedModel.saying("Water moves [1]."))
            let later = ChatFixture(
                database, model: ScriptedModel.saying("Water moves [1]."), configure: { $0.resumeWindow = .seconds(-1) })
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                let message = try await fixture.chat.finished(answer.id, user: fixture.ada)
                let whole = try await fixture.log(of: answer.id)
                #expect(try await fixture.service.pruneLogs() == 0)
                #expect(try await later.service.pruneLogs() == 1)
                #expect(try await stored(answer.id, fixture).rows == 0)
                let left = try await fixture.log(of: answer.id)
                #expect(left.map(\.number) == [whole.count] && left.first?.event == .completed)
                #expect(try JSONColumn.value(try #require(left.first).data, as: ChatMessage.self) == message)
                #expect(try await fixture.chat.finished(answer.id, user: fixture.ada) == message)

                let (_, after) = try await fixture.chat.regenerate(answer.id, user: fixture.ada)
                #expect(after == whole.count)
                _ = try await fixture.chat.finished(answer.id, user: fixture.ada)
                let again = try await fixture.log(of: answer.id)
                #expect(again.first?.number == whole.count + 1 && again.first?.event == .restarted)
                #expect(try ChatFixture.text(again) == message.content)
            }
        }
    }

    @Test("An answer that the database never takes is given up, and what was seen of it stays", arguments: Dialect.allCases)
    func givenUp(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            struct Refused: Error {}
            let asked = Mutex(0)
            let model = ScriptedModel(isDeterministic: true) { _, continuation in
                asked.withLock { $0 += 1 }
                continuation.yield(.text("Water moves [1]."))
                continuation.yield(.finished(.stop))
            }
            let fixture = ChatFixture(
                database, model: model, announce: { _, _, _ in throw Refused() },
                configure: {
                    $0.lease = .milliseconds(100)
                    $0.followInterval = .milliseconds(50)
                    $0.attempts = 2
                })
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                let message = try await fixture.chat.finished(answer.id, user: fixture.ada)
                #expect(
                    message.status == .failed && message.content == "Water moves [1]." && message.citations.map(\.number) == [1])
                // An attempt whose lease runs out before it begins does not ask.
                #expect((1...3).contains(asked.withLock { $0 }))
                #expect(try await fixture.log(of: answer.id).last?.event == .error)
                _ = try await fixture.chat.ask("And why?", in: answer.conversationID, user: fixture.ada)
            }
        }
    }

    @Test("A model that says U+0000 is not refused by the database", arguments: Dialect.allCases)
    func nul(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: ScriptedModel.saying("Water\0 moves [1]."))
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                #expect(try await fixture.chat.finished(answer.id, user: fixture.ada).content == "Water moves [1].")
            }
        }
    }

    @Test("What an earlier run said is met however it is cut")
    func earlierRun() throws {
        let events = ["Wäter", " moves 🌊"].enumerated().map {
            AnswerEvent(number: $0.offset + 1, event: .delta, data: "{\"text\":\"\($0.element)\"}")
        }
        let text = "Wäter moves 🌊"
        for cut in 0...text.count {
            let at = text.index(text.startIndex, offsetBy: cut)
            var run = try EarlierRun(events)
            #expect(run.meet(.text(String(text[..<at]))) == .same)
            #expect(run.isMet == (cut == text.count))
            if cut < text.count { #expect(run.meet(.text(text[at...] + " on")) == .goesOn(" on") && run.isMet) }
        }
        var run = try EarlierRun(events)
        #expect(run.meet(.text("Wäter and")) == .differs && run.meet(.event(.citation, "{}")) == .differs && !run.isMet)
        let followed = try EarlierRun(events + [AnswerEvent(number: 3, event: .citation, data: "{}")])
        run = followed
        // Something came behind the text: it ends there.
        #expect(run.meet(.text(text + " on")) == .differs)
        #expect(run.meet(.text(text)) == .same && run.meet(.event(.citation, "{}")) == .same && run.isMet)
    }
}
