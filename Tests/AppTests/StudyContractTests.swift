import Database
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Testing

@Suite(.timeLimit(.minutes(3)))
struct StudyContractTests {
    @Test(arguments: Dialect.allCases) func `an upload becomes searchable in every mode`(_ dialect: Dialect) async throws {
        try await Stage.with(dialect) { stage in
            let ann = try await stage.person("ann")
            let form = TestForm().text("title", "Energy").text("subject", "Biology")
                .file("file", filename: "cell.md", Course.markdown)
            let uploaded = try await ann.client.post("/api/v1/documents/upload", form: form)
            #expect(uploaded.status == 202)
            let first = try uploaded.json(JSONValue.self)
            #expect(first["title"]?.text == "Energy")
            #expect(first.names.isSuperset(of: ["id", "title", "status", "job_id"]))
            let id = try #require(first["id"]?.text)

            let document = try await ann.settled(id)
            #expect(document["status"]?.text == "completed")
            #expect(document["error"] == nil)
            #expect(document["progress"]?.names == ["stage", "done", "total"])
            #expect((document["page_count"]?.integer ?? 0) >= 1)
            #expect((document["chunk_count"]?.integer ?? 0) >= 1)
            // The two change in one transaction.
            let job = try await ann.client.get("/api/v1/jobs/\(try #require(first["job_id"]?.text))").json(JSONValue.self)
            #expect(job["state"]?.text == "succeeded")

            let file = try await ann.client.get("/api/v1/documents/\(id)/file", headers: ["Range": "bytes=2-12"])
            #expect(file.status == 206)
            #expect(file.text == "Cell energy")

            for mode in ["hybrid", "vector", "keyword"] {
                let answer = try await ann.client.post(
                    "/api/v1/documents/search", json: #"{"query": "rubisco carbon dioxide", "limit": 3, "mode": "\#(mode)"}"#)
                #expect(answer.status == 200)
                let body = try answer.json(JSONValue.self)
                #expect(body.names == ["data", "nothing_close"])
                #expect(body["nothing_close"] == .bool(false))
                let passage = try #require(body["data"]?.list.first, "\(mode)")
                #expect(passage.names.isSuperset(of: ["chunk_id", "document_id", "title", "text", "score"]))
                #expect(passage["document_id"]?.text == id)
                #expect(passage["text"]?.text?.contains("rubisco") == true)
            }
            let elsewhere = try await ann.client.post(
                "/api/v1/documents/search",
                json: #"{"query": "rubisco", "document_ids": ["0192f0c1-2345-7abc-8def-0123456789ab"]}"#)
            #expect(try elsewhere.json(JSONValue.self)["data"]?.list.isEmpty == true)
        }
    }

    @Test(arguments: Dialect.allCases) func `a PDF's pages and headings come through the sandbox`(_ dialect: Dialect) async throws {
        try await Stage.with(dialect) { stage in
            let ann = try await stage.person("ann")
            let document = try await ann.bring("outline.pdf", Course.fixture("outline.pdf"))
            try #require(document["status"]?.text == "completed", "\(document)")
            let id = try #require(document["id"]?.text)
            let pages = try await ann.client.get("/api/v1/documents/\(id)/pages?limit=1").json(JSONValue.self)
            #expect(pages["pagination"]?["total"] == document["page_count"])
            #expect(pages["data"]?.list.first?["number"]?.integer == 1)
            let outline = try await ann.client.get("/api/v1/documents/\(id)/outline").json(JSONValue.self)
            #expect(outline["data"]?.list.isEmpty == false)
        }
    }

    @Test(arguments: Dialect.allCases) func `an answer cites the passages letter for letter`(_ dialect: Dialect) async throws {
        try await Stage.with(dialect) { stage in
            let ann = try await stage.person("ann")
            _ = try await ann.bring("cell.md", Course.markdown)
            let conversation = try await ann.conversation()
            let message = try await ann.ask(Course.question, in: conversation)
            #expect(message.names.isSuperset(of: ["id", "role", "content", "citations", "usage"]))
            #expect(message["role"]?.text == "assistant")
            #expect(message["content"]?.text?.contains("[1]") == true)
            let citations = message["citations"]?.list ?? []
            #expect(!citations.isEmpty)
            #expect(citations.map { $0["number"]?.integer } == (1...max(1, citations.count)).map { $0 })
            for citation in citations {
                #expect(
                    citation.names.isSuperset(
                        of: ["number", "document_id", "chunk_id", "title", "quote", "start", "end", "score"]))
                let (document, chunk) = (citation["document_id"]?.text ?? "", citation["chunk_id"]?.text ?? "")
                let passage = try await ann.client.get("/api/v1/documents/\(document)/chunks/\(chunk)").json(JSONValue.self)
                let text = Array(try #require(passage["text"]?.text).unicodeScalars)
                let (start, end) = (try #require(citation["start"]?.integer), try #require(citation["end"]?.integer))
                try #require(0 <= start && start < end && end <= text.count)
                #expect(String(String.UnicodeScalarView(text[start..<end])) == citation["quote"]?.text)
            }
            let kept = try await ann.client.get("/api/v1/chat/messages/\(try #require(message["id"]?.text))")
            #expect(try kept.json(JSONValue.self) == message)
            let list = try await ann.client.get("/api/v1/chat/conversations/\(conversation)/messages").json(JSONValue.self)
            #expect(list["data"]?.list.map { $0["role"]?.text } == ["user", "assistant"])
        }
    }

    @Test(arguments: Dialect.allCases) func `a stream has named events with ids, and resumes byte for byte after each of them`(
        _ dialect: Dialect
    ) async throws {
        try await Stage.with(dialect) { stage in
            let ann = try await stage.person("ann")
            _ = try await ann.bring("cell.md", Course.markdown)
            let conversation = try await ann.conversation()
            let answer = try await ann.client.send(
                .post, "/api/v1/chat/conversations/\(conversation)/messages", json: ["content": Course.question],
                headers: ["Accept": "text/event-stream"])
            #expect(answer.status == 200)
            #expect(answer.headers["Content-Type"]?.hasPrefix("text/event-stream") == true)
            let events = try StreamEvent.all(in: answer.body)
            #expect(events.first?.name == "message.started")
            #expect(events.last?.name == "message.completed")
            #expect(Set(events.map(\.name)) == ["message.started", "retrieval", "delta", "citation", "message.completed"])
            #expect(Set(events.map(\.id)).count == events.count)

            let last = try #require(events.last?.data)
            let id = try #require(events.first?.data["id"]?.text)
            let message = try await ann.client.get("/api/v1/chat/messages/\(id)").json(JSONValue.self)
            let words = events.filter { $0.name == "delta" }.compactMap { $0.data["text"]?.text }.joined()
            #expect(words == message["content"]?.text)
            #expect(last["id"]?.text == id)
            #expect(last["citations"] == message["citations"])
            // An event tells of a citation when it is first used, and again when a later sentence lengthens its quote.
            var told: [Int: JSONValue] = [:]
            for event in events where event.name == "citation" { told[try #require(event.data["number"]?.integer)] = event.data }
            #expect(told.sorted { $0.key < $1.key }.map(\.value) == message["citations"]?.list)

            for event in events {
                let rest = try await ann.client.get(
                    "/api/v1/chat/messages/\(id)/stream", headers: ["Last-Event-ID": event.id])
                #expect(rest.body == Array(answer.body[event.end...]), "after \(event.id)")
            }
            #expect(try await ann.client.get("/api/v1/chat/messages/\(id)/stream").body == answer.body)
            let odd = try await ann.client.get("/api/v1/chat/messages/\(id)/stream", headers: ["Last-Event-ID": "x"])
            #expect(odd.status == 400)
        }
    }

    @Test(arguments: Dialect.allCases) func `lists come in pages`(_ dialect: Dialect) async throws {
        try await Stage.with(dialect) { stage in
            let ann = try await stage.person("ann")
            for number in 1...3 { _ = try await ann.bring("notes.txt", Array("Osmosis, lecture \(number).".utf8)) }
            for _ in 1...3 { _ = try await ann.conversation() }
            for list in ["documents", "chat/conversations", "jobs"] {
                let page = try await ann.client.get("/api/v1/\(list)?page=2&limit=2").json(JSONValue.self)
                #expect(page.names == ["data", "pagination"])
                #expect(page["data"]?.list.count == 1, "\(list)")
                #expect(page["pagination"] == .fields([("limit", 2), ("page", 2), ("pages", 2), ("total", 3)]))
                for query in ["limit=0", "limit=101", "page=0", "limit=x"] {
                    let refused = try await ann.client.get("/api/v1/\(list)?\(query)")
                    #expect([400, 422].contains(refused.status), "\(list)?\(query)")
                }
            }
        }
    }

    @Test(arguments: Dialect.allCases) func `events tell what happened to a document, also to one who comes back`(
        _ dialect: Dialect
    ) async throws {
        try await Stage.with(dialect) { stage in
            let ann = try await stage.person("ann")
            _ = try await ann.bring("cell.md", Course.markdown)
            let response = await ann.client.open(.get, "/api/v1/events", headers: ["Last-Event-ID": "0"])
            #expect(response.status == 200)
            guard case .stream(let write) = response.body else {
                Issue.record("no stream")
                return
            }
            let seen = CollectingBodyWriter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await write(seen) }
                let deadline = ContinuousClock.now + .seconds(60)
                while !seen.text.contains("event: document.processed"), ContinuousClock.now < deadline {
                    try await Task.sleep(for: .milliseconds(10))
                }
                group.cancelAll()
                while await group.nextResult() != nil {}
            }
            #expect(seen.text.contains("event: document.processed"))
        }
    }

    @Test(arguments: Dialect.allCases) func `a second start on the same folder finds everything, and its migrations change nothing`(
        _ dialect: Dialect
    ) async throws {
        try await withFreshPlace(dialect) { source in
            try await Stage.on(source) { stage in
                _ = try await stage.person("ann").bring("cell.md", Course.markdown)
            }
            try await Stage.on(source) { stage in
                let login = try await stage.client.post(
                    "/api/v1/auth/login", json: #"{"email": "ann@example.org", "password": "\#(Stage.password)"}"#)
                let token = try #require(try login.json(JSONValue.self)["access_token"]?.text)
                let found = try await stage.client.bearing(token).post(
                    "/api/v1/documents/search", json: #"{"query": "What does the Calvin cycle make?", "mode": "vector"}"#)
                #expect(try found.json(JSONValue.self)["data"]?.list.isEmpty == false)
            }
        }
    }
}
