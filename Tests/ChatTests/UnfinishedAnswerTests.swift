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
