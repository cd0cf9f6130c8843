@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
import Testing

@Suite(.timeLimit(.minutes(3)))
struct ConversationListTests {
    private func withConversations(
        _ count: Int, _ dialect: Dialect, _ body: @Sendable (ChatFixture, any Database, [ConversationID]) async throws -> Void
    ) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: ScriptedModel.saying("Water moves [1]."))
            var ids: [ConversationID] = []
            for number in 0..<count {
                let made = try await fixture.chat.create(title: "Number \(number)", documentIDs: nil, user: fixture.ada)
                ids.append(made.id)
                // Every three of them at one moment, so that the time alone does not tell them apart.
                let time = Date(timeIntervalSince1970: 1_800_000_000.123456 + Double(number / 3))
                try await database.transaction(as: .user(fixture.ada)) {
                    try await fixture.chat.store.touch(made.id, at: time, user: fixture.ada, in: $0)
                }
            }
            try await body(fixture, database, ids)
        }
    }

    @Test(arguments: Dialect.allCases) func `who reads on meets each once, though others move to the front and go`(
        _ dialect: Dialect
    ) async throws {
        try await withConversations(23, dialect) { fixture, database, ids in
            var seen: [ConversationID] = []
            var query = "limit=4"
            while true {
                let page = try await fixture.client.get("/chat/conversations?\(query)").json(Page<Conversation>.self)
                seen += page.data.map(\.id)
                guard let next = page.pagination.next else { break }
                query = "limit=4&after=\(next)"
                // What was read just now moves to the front, or goes.
                let last = try #require(page.data.last).id
                try await database.transaction(as: .user(fixture.ada)) {
                    try await fixture.chat.store.touch(
                        last, at: Date(timeIntervalSince1970: 1_900_000_000), user: fixture.ada, in: $0)
                }
                try await fixture.chat.delete(try #require(page.data.first).id, user: fixture.ada)
            }
            #expect(seen.count == ids.count)
            #expect(Set(seen) == Set(ids))
        }
    }

    @Test(arguments: Dialect.allCases) func `a page by its number says where what follows begins`(_ dialect: Dialect) async throws {
        try await withConversations(7, dialect) { fixture, _, ids in
            func page(_ query: String) async throws -> Page<Conversation> {
                try await fixture.client.get("/chat/conversations?\(query)").json()
            }
            let second = try await page("page=2&limit=3")
            #expect(second.pagination.total == 7 && second.pagination.pages == 3)
            let third = try await page("limit=3&after=\(try #require(second.pagination.next))")
            let same = try await page("page=3&limit=3").data
            #expect(third.data == same && third.data.count == 1)
            #expect(third.pagination.next == nil && third.pagination.total == 7)
            // A full last page is the last one.
            #expect(try await page("limit=7").pagination.next == nil)
            // A course's list is read on in the same way.
            let none = try await page("course_id=none&limit=6")
            let rest = try await page("course_id=none&after=\(try #require(none.pagination.next))")
            #expect(none.data.count == 6 && rest.data.count == 1)
        }
    }

    @Test func `a place that is none is refused, as is a page beside one`() async throws {
        try await withConversations(3, .sqlite) { fixture, _, _ in
            let page = try await fixture.client.get("/chat/conversations?limit=1").json(Page<Conversation>.self)
            let next = try #require(page.pagination.next)
            for wrong in ["x", "_", "2026-01-01T00:00:00Z_", "_\(page.data[0].id)", "\(next)_"] {
                let refused = try await fixture.client.get("/chat/conversations?after=\(wrong)")
                #expect(refused.status == 400)
                #expect(try refused.error().details["after"] != nil)
            }
            let both = try await fixture.client.get("/chat/conversations?after=\(next)&page=2")
            #expect(both.status == 400)
            #expect(try both.error().details["page"] != nil)
        }
    }
}
