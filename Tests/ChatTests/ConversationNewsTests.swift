import Ambient
@testable import Chat
import Database
import DatabaseTesting
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct ConversationNewsTests {
    @Test(arguments: Dialect.allCases) func `whatever changes a conversation is told with the change, and a refused change is not`(
        _ dialect: Dialect
    ) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let told = Mutex<[ChatService.News]>([])
            let fixture = ChatFixture(
                database, model: ScriptedModel.saying("Osmosis moves water [1]."),
                news: { news, user, _ in
                    #expect(user == ChatFixture.adaID)
                    told.withLock { $0.append(news) }
                })
            try await fixture.running {
                let (chat, ada) = (fixture.chat, fixture.ada)
                let made = try await chat.create(title: nil, documentIDs: nil, user: ada)
                let answer = try await chat.ask("What is osmosis?", in: made.id, user: ada)
                _ = try await chat.finished(answer.id, user: ada)
                let renamed = try await chat.change(made.id, title: "Water", documentIDs: nil, user: ada)
                await #expect(throws: ChatFailure.self) { try await chat.delete(made.id, user: fixture.bob) }
                try await chat.delete(made.id, user: ada)
                let news = told.withLock { $0 }
                try #require(news.count == 4)
                #expect(news[0] == .created(made) && news[2] == .updated(renamed) && news[3] == .deleted(made.id))
                guard case .updated(let asked) = news[1] else { throw TestFailure() }
                #expect(asked.id == made.id && asked.title == "What is osmosis?")
            }
        }
    }

    private struct TestFailure: Error {}
}
