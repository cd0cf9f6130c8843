import Ambient
@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import LanguageModels
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2)))
struct MessageNumberTests {
    @Test("Messages stand in the order in which they were asked, whatever the clocks say", arguments: Dialect.allCases)
    func clocks(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let hours = Mutex(0)
            // Each question comes from a server whose clock is behind the one before.
            let ambient = Ambient(
                now: { Date(timeIntervalSince1970: 1_800_000_000 - Double(hours.withLock { $0 }) * 3600) },
                newUUID: { UUID(uuidString: "0000000\(9 - hours.withLock { $0 })" + UUID().uuidString.dropFirst(8)) ?? UUID() })
            let fixture = ChatFixture(database, model: ScriptedModel.saying("Yes [1]."), ambient: ambient)
            try await fixture.running {
                let conversation = try await fixture.chat.create(title: nil, documentIDs: nil, user: fixture.ada)
                for question in ["First?", "Second?", "Third?"] {
                    let answer = try await fixture.chat.ask(question, in: conversation.id, user: fixture.ada)
                    _ = try await fixture.chat.finished(answer.id, user: fixture.ada)
                    hours.withLock { $0 += 1 }
                }
                let list = try await fixture.chat.messages(of: conversation.id, user: fixture.ada, limit: 10).list
                #expect(list.filter { $0.role == .user }.map(\.content) == ["First?", "Second?", "Third?"])
                #expect(list.map(\.number) == Array(1...6))
                #expect(try await fixture.chat.regenerate(list[5].id, user: fixture.ada).message.id == list[5].id)
            }
        }
    }

    private static let before = ChatFixture.migrations.filter { $0.feature != "chat" || $0.number < 4 }

    @Test("Conversations of before get their numbers", arguments: Dialect.allCases)
    func migrated(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: Self.before) { database in
            let (user, conversations) = (ChatFixture.adaID, [ConversationID(UUID()), ConversationID(UUID())])
            let ids = (0..<6).compactMap { MessageID("00000000-0000-7000-8000-00000000000\($0)") }
            try await database.transaction(as: .user(user)) { tx in
                for id in conversations {
                    try await tx.execute(
                        "INSERT INTO chat_conversations (id, user_id, created_at, updated_at) VALUES (\(id), \(user), \(Date()), \(Date()))"
                    )
                }
                for (index, id) in ids.enumerated().reversed() {
                    try await tx.execute(
                        """
                        INSERT INTO chat_messages (id, conversation_id, user_id, role, content, status, citations, created_at, updated_at)
                        VALUES (\(id), \(conversations[index % 2]), \(user), 'user', \("text \(index)"), 'completed', '[]', \(Date()),
                                \(Date()))
                        """)
                }
                try await tx.execute(
                    """
                    INSERT INTO chat_message_log (message_id, user_id, first_number, last_number, events)
                    VALUES (\(ids[0]), \(user), 1, 7, '[]')
                    """)
            }
            try await Migrator(database: database).apply(ChatFixture.migrations)
            let fixture = ChatFixture(database, model: ScriptedModel.saying(""))
            for (index, id) in conversations.enumerated() {
                let list = try await fixture.chat.messages(of: id, user: user, limit: 10).list
                #expect(list.map(\.content) == [0, 2, 4].map { "text \($0 + index)" } && list.map(\.number) == [1, 2, 3])
            }
            let last = try await database.read(as: .user(user)) { tx in
                try await ChatStore().lastEventNumber(of: ids[0], user: user, in: tx)
            }
            #expect(last == 7)
        }
    }
}
