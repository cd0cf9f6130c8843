import Ambient
@testable import Chat
import Courses
import Database
import DatabaseTesting
import Failures
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
import Passages
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct CourseConversationsTests {
    /// A course of Ada's, by the maker that files documents.
    private func course(_ name: String, of user: UserID, in database: any Database) async throws -> CourseID {
        let name = try #require(CourseName(name))
        return try await database.transaction(as: .user(user)) {
            try await CourseMaker(events: nil).course(named: name, user: user, in: $0)
        }
    }

    private func withChat(_ dialect: Dialect, _ body: @escaping @Sendable (ChatFixture, any Database) async throws -> Void)
        async throws
    {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: ScriptedModel.saying("Osmosis moves water [1]."))
            try await fixture.running { try await body(fixture, database) }
        }
    }

    @Test(arguments: Dialect.allCases) func `a conversation is begun in a course, listed there, moved and left`(
        _ dialect: Dialect
    ) async throws {
        try await withChat(dialect) { fixture, database in
            let (biology, physics) = (
                try await course("Biology", of: fixture.ada, in: database),
                try await course("Physics", of: fixture.ada, in: database)
            )
            let made = try await fixture.client.post("/chat/conversations", json: #"{"course_id": "\#(biology)"}"#)
            #expect(made.status == 201)
            let conversation: Conversation = try made.json()
            #expect(conversation.courseID == biology)
            _ = try await fixture.client.post("/chat/conversations", json: "{}")
            func total(_ query: String) async throws -> Int {
                try await fixture.client.get("/chat/conversations?\(query)").json(Page<Conversation>.self).pagination.total
            }
            #expect(try await total("course_id=\(biology)") == 1)
            #expect(try await total("course_id=none") == 1)
            #expect(try await total("limit=1") == 2)
            let path = "/chat/conversations/\(conversation.id)"
            #expect(try await fixture.client.patch(path, json: #"{"title": "Water"}"#).json(Conversation.self).courseID == biology)
            #expect(
                try await fixture.client.patch(path, json: #"{"course_id": "\#(physics)"}"#).json(Conversation.self).courseID
                    == physics)
            let counts = try await database.read(as: .user(fixture.ada)) { try await ChatService.countByCourse(fixture.ada, $0) }
            #expect(counts == [physics: 1])
            // A course that goes leaves its conversations.
            try await database.transaction(as: .user(fixture.ada)) {
                try await $0.execute("DELETE FROM courses WHERE id = \(physics)")
            }
            let left: Conversation = try await fixture.client.get(path).json()
            #expect(left.courseID == nil && left.title == "Water")
        }
    }

    @Test(arguments: Dialect.allCases) func `another student's course is none`(_ dialect: Dialect) async throws {
        try await withChat(dialect) { fixture, database in
            let foreign = try await course("Biology", of: fixture.bob, in: database)
            let made = try await fixture.client.post("/chat/conversations", json: #"{"course_id": "\#(foreign)"}"#)
            #expect(made.status == 422 && made.text.contains("course_id"))
            let own = try await fixture.chat.create(title: nil, documentIDs: nil, user: fixture.ada)
            let moved = try await fixture.client.patch(
                "/chat/conversations/\(own.id)", json: #"{"course_id": "\#(foreign)"}"#)
            #expect(moved.status == 422)
            #expect(try await fixture.client.get("/chat/conversations?course_id=\(foreign)").status == 404)
            #expect(try await fixture.client.get("/chat/conversations?course_id=biology").status == 400)
            #expect(try await fixture.chat.conversations(user: fixture.ada, limit: 9, offset: 0).list.map(\.courseID) == [nil])
        }
    }

    @Test(arguments: Dialect.allCases) func `conversations are found by their titles and by what was said, in whatever case`(
        _ dialect: Dialect
    ) async throws {
        try await withChat(dialect) { fixture, database in
            let titled = try await fixture.chat.create(title: "Über Bäume", documentIDs: nil, user: fixture.ada)
            let asked = try await fixture.chat.create(title: "Monday", documentIDs: nil, user: fixture.ada)
            let question = try await fixture.chat.ask("What is 100% ÉLASTICITÉ?", in: asked.id, user: fixture.ada)
            _ = try await fixture.chat.finished(question.id, user: fixture.ada)
            let foreign = try await fixture.chat.create(title: "Bäume", documentIDs: nil, user: fixture.bob)
            #expect(foreign.id != titled.id)
            func found(_ text: String) async throws -> [ConversationID] {
                try await fixture.chat.conversations(.init(text: text), user: fixture.ada, limit: 9, offset: 0).list.map(\.id)
            }
            #expect(try await found("ÜBER bäume") == [titled.id])
            #expect(try await found("élasticité") == [asked.id])
            #expect(try await found("MOVES WATER") == [asked.id])
            #expect(try await found("100%") == [asked.id])
            #expect(try await found("1%0").isEmpty)
            let page = try await fixture.client.get("/chat/conversations?q=b%C3%84ume").json(Page<Conversation>.self)
            #expect(page.pagination.total == 1 && page.data.map(\.id) == [titled.id])
        }
    }

    @Test(arguments: Dialect.allCases) func `an answer in a course is made from its documents, unless some are chosen`(
        _ dialect: Dialect
    ) async throws {
        try await withChat(dialect) { fixture, database in
            let full = try await course("Biology", of: fixture.ada, in: database)
            func scope(_ course: CourseID?, _ documents: [DocumentID]?) async throws -> [DocumentID]? {
                let conversation = try await fixture.chat.create(
                    title: nil, courseID: course, documentIDs: documents, user: fixture.ada)
                let answer = try await fixture.chat.ask("What is osmosis?", in: conversation.id, user: fixture.ada)
                _ = try await fixture.chat.finished(answer.id, user: fixture.ada)
                return fixture.search.asked.scopes.withLock { $0.last } ?? nil
            }
            #expect(try await scope(nil, nil) == nil)
            #expect(try await scope(full, nil) == [ChatFixture.documentID, ChatFixture.otherID])
            #expect(try await scope(full, [ChatFixture.documentID]) == [ChatFixture.documentID])
        }
    }

    @Test func `a course without documents says so`() async throws {
        try await withChat(.sqlite) { fixture, database in
            try await database.transaction(as: .system) { [ada = fixture.ada] in
                try await $0.execute(
                    """
                    INSERT INTO courses (id, user_id, name, name_key, colour, is_archived, position, created_at, updated_at)
                    VALUES (\(ChatFixture.emptyCourse), \(ada), 'Empty', 'empty', 'blue', \(false), 0, \(Date()), \(Date()))
                    """)
            }
            let conversation = try await fixture.chat.create(
                title: nil, courseID: ChatFixture.emptyCourse, documentIDs: nil, user: fixture.ada)
            for question in ["What is osmosis?", "Which documents do I have?"] {
                let answer = try await fixture.chat.ask(question, in: conversation.id, user: fixture.ada)
                let message = try await fixture.chat.finished(answer.id, user: fixture.ada)
                #expect(message.content.hasPrefix("This course has no documents yet"))
            }
            #expect(fixture.search.asked.queries.withLock { $0.isEmpty })
        }
    }
}
