import Ambient
@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import Graphs
import LanguageModels
import Passages
import Recollection
import Synchronization
import Testing

/// Writes always the same, and keeps what it was asked.
final class ScriptedText: TextModel {
    let name = "scripted"
    let contextWindow = 8192
    let says: String?
    let asked = Mutex<[ModelRequest]>([])

    /// - Parameter says: nil fails.
    init(_ says: String?) { self.says = says }

    func check() async throws -> ModelStatus { ModelStatus(summary: name) }

    func complete(_ request: ModelRequest, for user: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
        asked.withLock { $0.append(request) }
        return AsyncThrowingStream { continuation in
            guard let says else { return continuation.finish(throwing: LanguageModelFailure(.overloaded, model: name)) }
            continuation.yield(.text(says))
            continuation.yield(.finished(.stop))
            continuation.finish()
        }
    }
}

@Suite(.timeLimit(.minutes(3)))
struct SummaryTests {
    /// What models were given to answer from.
    private final class Prompts: Sendable {
        let all = Mutex<[AnswerPrompt]>([])

        var model: ScriptedModel {
            ScriptedModel(readsNotes: true) { prompt, continuation in
                self.all.withLock { $0.append(prompt) }
                continuation.yield(.text("Osmosis moves water [1]."))
                continuation.yield(.finished(.stop))
            }
        }
    }

    private static func talk(_ fixture: ChatFixture, turns: ClosedRange<Int>, in id: ConversationID) async throws {
        for number in turns {
            let asked = try await fixture.chat.ask("What does osmosis do in place \(number)?", in: id, user: fixture.ada)
            _ = try await fixture.chat.finished(asked.id, user: fixture.ada)
            // Its last steps run when it has been given.
            while try await unfinished(fixture, id) { await Task.yield() }
        }
    }

    private static func last(_ fixture: ChatFixture, _ id: ConversationID) async throws -> GraphCheckpoint? {
        try await fixture.database.read(as: .user(fixture.ada)) {
            try await GraphCheckpointStore().last(of: GraphThreadID(id.uuid), graph: "chat", user: fixture.ada, in: $0)
        }
    }

    private static func unfinished(_ fixture: ChatFixture, _ id: ConversationID) async throws -> Bool {
        try await last(fixture, id)?.next != nil
    }

    @Test(arguments: Dialect.allCases)
    func `past twenty messages all but the last five are summed up, and a model is told of all of it`(_ dialect: Dialect)
        async throws
    {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let (prompts, text) = (Prompts(), ScriptedText("They spoke of osmosis in many places."))
            let fixture = ChatFixture(database, model: prompts.model, text: text)
            try await fixture.running {
                let id = try await fixture.chat.create(title: nil, documentIDs: nil, user: fixture.ada).id
                try await Self.talk(fixture, turns: 1...10, in: id)
                #expect(try await fixture.chat.summary(of: id, user: fixture.ada) == nil)
                // Nothing of twenty messages is lost to a model before they are summed up.
                try await Self.talk(fixture, turns: 11...11, in: id)
                #expect(prompts.all.withLock { $0.last?.history.count } == 20)
                #expect(prompts.all.withLock { $0.last?.summary } == nil)
                #expect(try await fixture.chat.summary(of: id, user: fixture.ada) == "They spoke of osmosis in many places.")
                try await Self.talk(fixture, turns: 12...12, in: id)
            }
            let summed = try #require(text.asked.withLock { $0.count == 1 ? $0[0] : nil })
            guard case .user(let talk, _)? = summed.messages.last else { return #expect(Bool(false)) }
            #expect(talk.hasPrefix("Student: What does osmosis do in place 1?\nTutor: Osmosis moves water"))
            #expect(
                talk.contains("in place 9?") && !talk.contains("in place 10?") && talk.hasSuffix("Tutor: Osmosis moves water [1]."))
            // What is summed up and the last five messages are all that was said.
            let last = try #require(prompts.all.withLock { $0.last })
            #expect(last.summary == "They spoke of osmosis in many places.")
            #expect(last.history.map(\.role) == [.assistant, .user, .assistant, .user, .assistant])
            #expect(last.history[1].content.hasSuffix("place 10?"))
        }
    }

    @Test(arguments: [ScriptedText("  \n"), ScriptedText(nil), nil])
    func `without a model, or where it fails, what was asked stands for it`(_ text: ScriptedText?) async throws {
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: ScriptedModel.saying("Osmosis moves water [1]."), text: text)
            try await fixture.running {
                let id = try await fixture.chat.create(title: nil, documentIDs: nil, user: fixture.ada).id
                try await Self.talk(fixture, turns: 1...11, in: id)
                let summary = try #require(try await fixture.chat.summary(of: id, user: fixture.ada))
                #expect(summary.hasPrefix("Asked: “What does osmosis do in place 1?”, “") && summary.hasSuffix("place 9?”."))
                // The next one takes it in.
                try await Self.talk(fixture, turns: 12...19, in: id)
                let next = try #require(try await fixture.chat.summary(of: id, user: fixture.ada))
                #expect(next.hasPrefix(summary) && next.hasSuffix("place 17?”."))
                #expect(try await fixture.chat.summary(of: id, user: fixture.bob) == nil)
            }
        }
    }

    @Test(arguments: Dialect.allCases)
    func `each step of an answer leaves a checkpoint that holds no words, and goes with its conversation`(_ dialect: Dialect)
        async throws
    {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: ScriptedModel.saying("Osmosis moves water [1]."))
            try await fixture.running {
                let id = try await fixture.chat.create(title: nil, documentIDs: nil, user: fixture.ada).id
                try await Self.talk(fixture, turns: 1...1, in: id)
                let left = try await fixture.checkpoints(of: id)
                #expect(left.map(\.node) == [nil, "memory", "router", "context", "answer", "summary"])
                #expect(left.last?.next == nil && left.allSatisfy { $0.metadata.milliseconds >= 0 })
                let state: AnswerState = try JSONColumn.value(left[4].state)
                #expect(state.route == "documents" && state.citations == 1)
                #expect(state.passages == ChatFixture.passages.map(\.chunkID))
                #expect(left.allSatisfy { !$0.state.lowercased().contains("osmosis") })
                let greeted = try await fixture.chat.ask("Hello!", in: id, user: fixture.ada)
                _ = try await fixture.chat.finished(greeted.id, user: fixture.ada)
                while try await Self.unfinished(fixture, id) { await Task.yield() }
                #expect(try await Self.last(fixture, id)?.state.contains("\"own\"") == true)
                try await fixture.chat.delete(id, user: fixture.ada)
                #expect(try await fixture.checkpoints(of: id).isEmpty)
            }
        }
    }

    @Test(arguments: Dialect.allCases) func `a turn that was answered elsewhere says by what`(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: ScriptedModel.saying("No."))
            let id = try await fixture.chat.create(title: nil, documentIDs: nil, user: fixture.ada).id
            let noted = try await fixture.chat.note("Hi", answered: "Hello", by: "rose", in: id, user: fixture.ada)
            #expect(try await fixture.chat.message(noted.id, user: fixture.ada).usage?.model == "rose")
        }
    }

    @Test func `the manner that a student chose reaches a model's cited answers`() async throws {
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let prompts = Prompts()
            let manner = ChatManner { _, user, _ in user == ChatFixture.adaID ? "Speak like a gardener." : nil }
            let fixture = ChatFixture(database, model: prompts.model, manner: manner)
            try await fixture.running {
                for user in [fixture.ada, fixture.bob] {
                    let asked = try await fixture.ask("What does osmosis move?", user: user)
                    #expect(try await fixture.chat.finished(asked.id, user: user).citations.count == 1)
                }
            }
            #expect(prompts.all.withLock { $0.map(\.manner) } == ["Speak like a gardener.", nil])
        }
    }
}

extension ChatFixture {
    fileprivate func checkpoints(of id: ConversationID) async throws -> [GraphCheckpoint] {
        try await database.read(as: .user(ada)) {
            try await GraphCheckpointStore().all(of: GraphThreadID(id.uuid), user: ada, in: $0)
        }
    }
}
