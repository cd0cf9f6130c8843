import Ambient
@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import LanguageModels
import Recollection
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct MemoryTests {
    /// Remembers always the same, and what it is told.
    private final class FixedMemory: MemoryRecall {
        let recollection: Recollection
        let noted = Mutex<[String]>([])
        let usedIDs = Mutex<[MemoryID]>([])

        init(_ recollection: Recollection) { self.recollection = recollection }

        func recall(for user: UserID, question: String, limit: Int) async throws -> Recollection { recollection }
        func note(_ utterance: UtteranceID, _ text: String, of user: UserID, in transaction: any Transaction) async throws {
            noted.withLock { $0.append(text) }
        }
        func used(_ ids: [MemoryID], by user: UserID, in transaction: any Transaction) async throws {
            usedIDs.withLock { $0 += ids }
        }
    }

    private static let wish = RecalledMemory(
        id: MemoryID(UUID()), kind: .preference, text: "Keep your answers short", slot: Recollected.lengthSlot,
        toldAt: Date(timeIntervalSince1970: 0))

    private static var model: ScriptedModel {
        ScriptedModel(readsNotes: true) { prompt, continuation in
            continuation.yield(.text("Notes: \(prompt.notes.map(\.text).joined()). Osmosis moves water [1]."))
            continuation.yield(.finished(.stop))
        }
    }

    @Test(arguments: Dialect.allCases) func `a model is told what is remembered, and the answer says so`(_ dialect: Dialect)
        async throws
    {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let memory = FixedMemory(Recollection(memories: [Self.wish]))
            let fixture = ChatFixture(database, model: Self.model, memory: memory)
            try await fixture.running {
                let asked = try await fixture.ask("What does osmosis move?")
                let answer = try await fixture.chat.finished(asked.id, user: fixture.ada)
                #expect(answer.content.hasPrefix("Notes: Keep your answers short.") && answer.citations.count == 1)
                #expect(answer.memories == [Self.wish.id])
                #expect(try await fixture.chat.message(asked.id, user: fixture.ada).memories == [Self.wish.id])
            }
            #expect(memory.noted.withLock { $0 } == ["What does osmosis move?"])
            #expect(memory.usedIDs.withLock { $0 } == [Self.wish.id])
        }
    }

    @Test(arguments: Dialect.allCases) func `a conversation that is not to be remembered neither tells nor is told`(
        _ dialect: Dialect
    )
        async throws
    {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let memory = FixedMemory(Recollection(memories: [Self.wish]))
            let fixture = ChatFixture(database, model: Self.model, memory: memory)
            try await fixture.running {
                let talk = try await fixture.chat.create(title: nil, documentIDs: nil, user: fixture.ada)
                let changed = try await fixture.chat.change(
                    talk.id, title: nil, documentIDs: nil, remembers: false, user: fixture.ada)
                #expect(!changed.remembers)
                let asked = try await fixture.chat.ask("What does osmosis move?", in: talk.id, user: fixture.ada)
                let answer = try await fixture.chat.finished(asked.id, user: fixture.ada)
                #expect(answer.content.hasPrefix("Notes: .") && answer.memories.isEmpty)
                let question = try #require(answer.questionID)
                let text = try await database.read(as: .user(fixture.ada)) {
                    try await ChatService.utterance(UtteranceID(question.uuid), of: fixture.ada, in: $0)
                }
                #expect(text == nil)
            }
            #expect(memory.noted.withLock { $0 }.isEmpty)
        }
    }

    @Test func `who tells of themself and asks nothing is told what is kept, and not searched for`() async throws {
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let told = [
                Recollected(.fact, "I study law"),
                Recollected(.preference, "Explain everything simply", slot: Recollected.simplicitySlot),
            ]
            let fixture = ChatFixture(database, model: ScriptedModel.saying("No."), memory: FixedMemory(Recollection(told: told)))
            try await fixture.running {
                let asked = try await fixture.ask("I study law. Explain everything simply, please.")
                let answer = try await fixture.chat.finished(asked.id, user: fixture.ada)
                #expect(answer.content.contains("“I study law” “Explain everything simply”"))
                #expect(answer.content.contains("I cannot say them otherwise"))
                #expect(fixture.search.asked.queries.withLock { $0 }.isEmpty)
            }
        }
    }

    @Test(arguments: [
        ("My name is lena", "Lena"), ("You can call me Ben", "Ben"), ("Ich heiße Jonas und studiere Physik", "Jonas"),
        ("I'm Tomasz by the way", "Tomasz"),
        ("I study law", nil),
    ]) func `a student is greeted by the name that they gave`(_ text: String, _ name: String?) {
        #expect(StudentName.told(in: text) == name)
    }
}
