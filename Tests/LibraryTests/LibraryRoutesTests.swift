import Ambient
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Jobs
@testable import Library
import Passages
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct LibraryRoutesTests {
    func form(_ name: String, _ bytes: [UInt8]? = nil) -> TestForm {
        TestForm().file("file", filename: name, bytes ?? Fixture.bytes(name))
    }

    @Test func `the way of a document over HTTP`() async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let client = stage.client()
            let uploaded = try await client.post(
                "/documents/upload",
                form: TestForm().text("title", "Cells").file("file", filename: "../x/cells.pdf", Fixture.bytes("cells.pdf")).text(
                    "subject", "Biology"))
            #expect(uploaded.status == 202)
            let document: DocumentView = try uploaded.json()
            #expect(document.title == "Cells" && document.subject == "Biology" && document.filename == "cells.pdf")
            #expect(document.status == .pending && document.jobID != nil && document.duplicate == false)
            #expect(uploaded.headers["Location"] == "/api/v1/documents/\(document.id)")
            try await stage.worker.drain()

            let shown: DocumentView = try await client.get("/documents/\(document.id)").json()
            #expect(shown.status == .completed && shown.pageCount == 3)
            let again = try await client.post("/documents/upload", form: form("cells.pdf"))
            #expect(again.status == 200)
            #expect(try again.json(DocumentView.self).duplicate == true)

            let list = try await client.get("/documents?page=1&limit=5").text
            #expect(list.contains("\"pagination\":{") && list.contains("\"total\":1"))

            let found: SearchAnswer = try await client.post(
                "/documents/search", json: "{\"query\": \"ATP synthase\", \"limit\": 2, \"mode\": \"hybrid\"}"
            ).json()
            let hit = try #require(found.data.first)
            #expect(hit.text.contains("ATP synthase") && hit.documentID == document.id)
            let chunk: ChunkView = try await client.get("/documents/\(document.id)/chunks/\(hit.chunkID)").json()
            let page: Page<PageView> = try await client.get("/documents/\(document.id)/pages?page=\(chunk.page ?? 1)&limit=1")
                .json()
            let text = Array(try #require(page.data.first).text.unicodeScalars)
            #expect(
                String(String.UnicodeScalarView(text[chunk.start..<chunk.end]))
                    == String(chunk.text.unicodeScalars.prefix(chunk.end - chunk.start)))
            let outline: OutlineView = try await client.get("/documents/\(document.id)/outline").json()
            #expect(outline.data.contains { $0.title == "2 Membranes" && $0.page == 2 })
            let outlined: DocumentView = try await client.get("/documents/\(document.id)?include=outline").json()
            #expect(outlined.outline == outline.data && shown.outline == nil)
            #expect(try await client.get("/documents/\(document.id)?include=pages").status == 400)

            let file = try await client.get("/documents/\(document.id)/file", headers: ["Range": "bytes=0-4"])
            #expect(file.status == 206 && file.text == "%PDF-")
            #expect(file.headers["Content-Disposition"]?.hasPrefix("inline") == true)

            let changed = try await client.send(
                .patch, "/documents/\(document.id)", headers: ["Content-Type": "application/json"],
                body: Array("{\"subject\": null}".utf8))
            #expect(try changed.json(DocumentView.self).subject == nil)
            #expect(try await client.delete("/documents/\(document.id)").status == 204)
            #expect(try await client.get("/documents/\(document.id)").status == 404)
        }
    }

    @Test func `an uploaded page never runs as ours`() async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let document: DocumentView = try await stage.client().post("/documents/upload", form: form("cells.html")).json()
            let file = try await stage.client().get("/documents/\(document.id)/file")
            #expect(file.headers["Content-Security-Policy"] == "sandbox; default-src 'none'")
            #expect(file.headers["Content-Disposition"]?.hasPrefix("attachment") == true)
        }
    }

    /// Little-endian, with its mark.
    static func utf16(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xFE]
        for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        return bytes
    }

    @Test(arguments: [
        ("notes.txt", "text/plain; charset=windows-1252", [0x63, 0x61, 0x66, 0xE9] as [UInt8]),
        ("notes.md", "text/plain; charset=utf-8", Array("# café".utf8)),
        ("page.html", "text/html; charset=utf-16le", LibraryRoutesTests.utf16("<html>café</html>")),
    ])
    func `a text is sent with the encoding that it has`(name: String, type: String, bytes: [UInt8]) async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let document: DocumentView = try await stage.client().post("/documents/upload", form: form(name, bytes)).json()
            // An older encoding is found out when the text is read.
            let before = try await stage.client().get("/documents/\(document.id)/file").headers["Content-Type"]
            #expect(before?.hasPrefix(type.prefix { $0 != ";" }) == true)
            try await stage.worker.drain()
            #expect(try await stage.service.document(#require(DocumentID(document.id)), user: stage.ann).status == .completed)
            let file = try await stage.client().get("/documents/\(document.id)/file")
            #expect(file.headers["Content-Type"] == type)
            #expect(file.body == bytes)
        }
    }

    @Test func `what cannot be taken is said clearly`() async throws {
        try await LibraryStage.with(.sqlite, uploadLimit: 1 << 20) { stage in
            let client = stage.client()
            let wrong = try await client.post(
                "/documents/upload", form: form("slides.pdf", [UInt8]("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0, 0x3B]))
            #expect(wrong.status == 415 && wrong.text.contains("PDF, Word"))
            #expect(try await client.post("/documents/upload", form: form("empty.pdf", [])).status == 422)
            #expect(try await client.post("/documents/upload", form: TestForm().text("title", "x")).status == 400)
            #expect(try await client.post("/documents/upload", json: "{}").status == 415)
            let long = try await client.post("/documents/upload", form: form("a.txt", Array(repeating: 97, count: (1 << 20) + 1)))
            #expect(long.status == 413 && long.text.contains("1 MB"))
            // Refused by what it announces, without a byte being read.
            let announced = HTTPRequestBody(length: 300 << 20, source: UnreadSource())
            let huge = try await client.send(
                .post, "/documents/upload", headers: ["Content-Type": TestForm().contentType], body: announced)
            #expect(huge.status == 413)
            #expect(try await TestClient(Router([LibraryRoutes(service: stage.service)])).get("/documents").status == 401)
        }
    }

    @Test(arguments: [
        "{}", "{\"query\": \"\"}", "{\"query\": \"a\", \"limit\": 0}", "{\"query\": \"a\", \"mode\": \"psychic\"}",
        "{\"query\": \"a\", \"document_ids\": [\"x\"]}",
    ])
    func `a search that makes no sense is refused`(json: String) async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let answer = try await stage.client().post("/documents/search", json: json)
            #expect(answer.status == 400)
        }
    }

    @Test func `another's document is not found`() async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let document: DocumentView = try await stage.client().post("/documents/upload", form: form("cells.md")).json()
            for path in ["", "/file", "/pages", "/outline"] {
                #expect(try await stage.client("ben").get("/documents/\(document.id)\(path)").status == 404)
            }
            #expect(try await stage.client("ben").delete("/documents/\(document.id)").status == 404)
            #expect(try await stage.client("ben").get("/documents/nonsense").status == 404)
        }
    }
}

/// Fails if it is read.
final class UnreadSource: HTTPBodySource {
    func next() async throws -> [UInt8]? {
        Issue.record("the body was read")
        return nil
    }
    func limit(to bytes: Int) {}
}

/// A long film, which counts how much of it was asked for.
struct CountedPieces: AsyncSequence, Sendable {
    typealias Element = [UInt8]
    final class Count: Sendable {
        let value = Mutex(0)
        func withLock<Value>(_ body: (inout Int) -> Value) -> Value where Value: Sendable { value.withLock { body(&$0) } }
    }

    let total: Int
    let given = Count()

    init(total: Int) { self.total = total }

    struct AsyncIterator: AsyncIteratorProtocol {
        let total: Int
        let given: Count
        mutating func next() async throws -> [UInt8]? {
            let number = given.withLock { count -> Int in
                count += 1
                return count
            }
            return number > total ? nil : [0, 0, 0, 0x18] + Array("ftypmp42".utf8) + [UInt8](repeating: 0, count: 10_000)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(total: total, given: given) }
}
