import Ambient
@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import LanguageModels
import Passages
import Testing

@Suite(.timeLimit(.minutes(3)))
struct ChatRoutesTests {
    private func withFixture(_ dialect: Dialect, _ body: @Sendable (ChatFixture) async throws -> Void) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: ScriptedModel.saying("Water moves [1]."))
            try await fixture.running { try await body(fixture) }
        }
    }

    @Test("Conversations are made, listed, changed and deleted", arguments: Dialect.allCases)
    func conversations(_ dialect: Dialect) async throws {
        try await withFixture(dialect) { fixture in
            let client = fixture.client
            let made = try await client.post("/chat/conversations", json: #"{"title": "Biology"}"#)
            #expect(made.status == 201)
            let id = try made.json(Conversation.self).id
            #expect(made.headers["Location"] == "/api/v1/chat/conversations/\(id)")
            for blank in [#"{"title": "  "}"#, #"{"title": ""}"#] {
                let refused = try await client.post("/chat/conversations", json: blank)
                #expect(refused.status == 400)
                #expect(try refused.error().details["title"] != nil)
            }
            #expect(try made.json(Conversation.self).title == "Biology")
            _ = try await client.post("/chat/conversations", json: "{}")
            let list = try await client.get("/chat/conversations?limit=1").json(Page<Conversation>.self)
            #expect(list.pagination.total == 2 && list.data.count == 1)

            let path = "/chat/conversations/\(id)"
            let document = ChatFixture.documentID
            let narrowed = try await client.send(.patch, path, json: ["document_ids": ["\(document)"]])
            #expect(try narrowed.json(Conversation.self).documentIDs == [document])
            let renamed = try await client.send(.patch, path, json: ["title": "Cells"]).json(Conversation.self)
            #expect(renamed.title == "Cells" && renamed.documentIDs == [document])
            let widened = try await client.send(
                .patch, path, headers: ["Content-Type": "application/json"], body: Array("{\"document_ids\": null}".utf8))
            #expect(try widened.json(Conversation.self).documentIDs == nil)
            let unknown = try await client.send(.patch, path, json: ["document_ids": ["\(DocumentID(UUID()))"]])
            #expect(unknown.status == 400)
            #expect(try unknown.error().details["document_ids"] != nil)

            // Nobody else sees or touches it.
            let bob = client.bearing("bob")
            for answer in [
                try await bob.get(path), try await bob.get(path + "/messages"), try await bob.delete(path),
                try await bob.send(.patch, path, json: ["title": "mine"]),
                try await bob.post(path + "/messages", json: #"{"content": "hi"}"#),
            ] { #expect(answer.status == 404) }
            #expect(try await bob.get("/chat/conversations").json(Page<Conversation>.self).pagination.total == 0)

            #expect(try await client.delete(path).status == 204)
            #expect(try await client.get(path).status == 404)
        }
    }

    @Test("A question is answered as JSON", arguments: Dialect.allCases)
    func json(_ dialect: Dialect) async throws {
        try await withFixture(dialect) { fixture in
            let client = fixture.client
            let id = try await client.post("/chat/conversations", json: "{}").json(Conversation.self).id
            let answer = try await client.post("/chat/conversations/\(id)/messages", json: #"{"content": "What is osmosis?"}"#)
            #expect(answer.status == 200)
            let message = try answer.json(ChatMessage.self)
            #expect(message.role == .assistant && message.content == "Water moves [1]." && message.status == .completed)
            for name in [
                "\"number\":1", "document_id", "chunk_id", "title", "page", "section", "quote", "start", "end", "score", "usage",
                "prompt_tokens", "completion_tokens", "total_tokens", "duration_ms", "model",
            ] {
                #expect(answer.text.contains(name), "\(name)")
            }
            let list = try await client.get("/chat/conversations/\(id)/messages").json(Page<ChatMessage>.self)
            #expect(list.data.map(\.content) == ["What is osmosis?", "Water moves [1]."])
            #expect(try await client.get("/chat/messages/\(message.id)").json(ChatMessage.self) == message)
            #expect(try await client.bearing("bob").get("/chat/messages/\(message.id)").status == 404)
            #expect(try await client.bearing("bob").get("/chat/messages/\(message.id)/stream").status == 404)
            #expect(try await client.bearing("bob").post("/chat/messages/\(message.id)/stop").status == 404)
        }
    }

    @Test("A question is answered as events, and resumed byte for byte", arguments: Dialect.allCases)
    func events(_ dialect: Dialect) async throws {
        try await withFixture(dialect) { fixture in
            let client = fixture.client
            let id = try await client.post("/chat/conversations", json: "{}").json(Conversation.self).id
            let answer = try await client.post(
                "/chat/conversations/\(id)/messages", json: #"{"content": "What is osmosis?"}"#,
                headers: ["Accept": "*/*", "Accept": "text/event-stream"])
            #expect(answer.status == 200 && answer.headers["Content-Type"]?.hasPrefix("text/event-stream") == true)
            let events = Self.events(in: answer.text)
            // How many deltas there are is a matter of time.
            let names = events.compactMap(\.name)
            let distinct = names.indices.filter { $0 == 0 || names[$0] != names[$0 - 1] }.map { names[$0] }
            #expect(distinct == ["message.started", "retrieval", "delta", "citation", "delta", "message.completed"])
            #expect(events.map(\.id) == (1...events.count).map(String.init))
            let started = try JSONCoding.decoder.decode(StartedPayload.self, from: Data(events[0].data.utf8))
            let completed = try JSONCoding.decoder.decode(ChatMessage.self, from: Data(try #require(events.last).data.utf8))
            #expect(completed.id == started.id && completed.content == "Water moves [1].")
            for last in 0..<events.count {
                let again = try await client.get("/chat/messages/\(started.id)/stream", headers: ["Last-Event-ID": "\(last)"])
                #expect(Self.events(in: again.text) == Array(events[last...]))
            }
            #expect(try await client.get("/chat/messages/\(started.id)/stream", headers: ["Last-Event-ID": "x"]).status == 400)
            let regenerated = try await client.post(
                "/chat/messages/\(started.id)/regenerate", headers: ["Accept": "text/event-stream"])
            let second = Self.events(in: regenerated.text)
            #expect(
                second.first?.name == "message.restarted" && second.first?.id == "\(events.count + 1)"
                    && second.last?.name == "message.completed")
            #expect(try await client.post("/chat/messages/\(started.id)/stop").json(ChatMessage.self).status == .completed)
        }
    }

    @Test(
        "Questions have 1 to 8,000 characters",
        arguments: [
            ("{}", 400), (#"{"content": ""}"#, 400), (#"{"content": "  \n"}"#, 400), ("not json", 400), (#"{"content": 5}"#, 400),
        ])
    func limits(body: String, status: Int) async throws {
        try await withFixture(.sqlite) { fixture in
            let client = fixture.client
            let id = try await client.post("/chat/conversations", json: "{}").json(Conversation.self).id
            #expect(try await client.post("/chat/conversations/\(id)/messages", json: body).status == status)
            let long = #"{"content": ""# + String(repeating: "x", count: 8001) + "\"}"
            #expect(try await client.post("/chat/conversations/\(id)/messages", json: long).status == 400)
            let fits = #"{"content": ""# + String(repeating: "x", count: 8000) + "\"}"
            #expect(try await client.post("/chat/conversations/\(id)/messages", json: fits).status == 200)
        }
    }

    @Test("A conversation is read by the numbers of its messages, from either end", arguments: Dialect.allCases)
    func stretches(_ dialect: Dialect) async throws {
        try await withFixture(dialect) { fixture in
            let client = fixture.client
            let id = try await client.post("/chat/conversations", json: "{}").json(Conversation.self).id
            let path = "/chat/conversations/\(id)/messages"
            for question in ["One?", "Two?", "Three?"] { _ = try await client.post(path, json: #"{"content": "\#(question)"}"#) }
            func numbers(_ query: String) async throws -> [Int] {
                let page = try await client.get(path + query).json(Page<ChatMessage>.self)
                #expect(page.pagination.total == 6)
                return page.data.map(\.number)
            }
            for (query, expected) in [
                ("", [1, 2, 3, 4, 5, 6]), ("?page=2&limit=4", [5, 6]), ("?after=4", [5, 6]), ("?after=2&limit=2", [3, 4]),
                ("?before=7&limit=2", [5, 6]), ("?before=5&limit=3", [2, 3, 4]), ("?after=6", []), ("?before=1", []),
            ] { #expect(try await numbers(query) == expected, "\(query)") }
            for wrong in ["?after=1&before=3", "?after=-1", "?before=x"] {
                #expect(try await client.get(path + wrong).status == 400)
            }
        }
    }

    @Test("Nothing is for those who are not signed in")
    func anonymous() async throws {
        try await withFixture(.sqlite) { fixture in
            var client = fixture.client
            client.headers = [:]
            for path in ["/chat/conversations", "/chat/messages/\(UUID())", "/chat/conversations/\(UUID())/messages"] {
                let answer = try await client.get(path)
                #expect(answer.status == 401)
            }
        }
    }

    struct Event: Equatable {
        var id: String?
        var name: String?
        var data: String
    }

    static func events(in text: String) -> [Event] {
        text.split(separator: "\n\n").compactMap { block in
            var event = Event(data: "")
            for line in block.split(separator: "\n") {
                if line.hasPrefix("id: ") { event.id = String(line.dropFirst(4)) }
                if line.hasPrefix("event: ") { event.name = String(line.dropFirst(7)) }
                if line.hasPrefix("data: ") { event.data += line.dropFirst(6) }
            }
            return event.name == nil ? nil : event
        }
    }
}
