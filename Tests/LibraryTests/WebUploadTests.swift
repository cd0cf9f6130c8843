import Database
import Failures
import FoundationEssentials
import HTTPClient
import HTTPMessages
import Jobs
import ScriptedServing
import Testing

@testable import Library

/// Documents that are brought by an address.
@Suite(.timeLimit(.minutes(3)))
struct WebUploadTests {
    /// A client that may ask this machine.
    private static func web() throws -> WebUpload {
        var configuration = WebUpload.configuration(limit: 1 << 20)
        configuration.policy = .operatorConfigured
        return WebUpload(client: try HTTPClient(configuration))
    }

    @Test func `a page is kept as its readable text, under its own title`() async throws {
        let server = try ScriptedServer { connection, _ in
            connection.respond(
                200, ["Content-Type": "text/html; charset=utf-8"],
                """
                <title>Otters</title><nav><a href=/>Home</a> <a href=/about>About</a></nav>
                <main><h1>Otters</h1><p>The otter of the weir eats eels.</p></main>
                """)
        }
        try await LibraryStage.with(.sqlite, web: Self.web()) { stage in
            let added = try await stage.service.add(
                address: server.url + "/otters?x=1", title: nil, filing: .nowhere, user: stage.ann)
            #expect(added.document.filename == "otters.html")
            try await stage.worker.drain()
            let document = try await stage.service.document(added.document.id, user: stage.ann)
            #expect(document.status == .completed)
            #expect(document.title == "Otters")
            let pages = try await stage.service.pages(document.id, offset: 0, limit: 9, user: stage.ann)
                .pages
            #expect(pages.map(\.text) == ["Otters\n\nThe otter of the weir eats eels."])
        }
    }

    @Test func `a page that is not there, or not for everybody, is told in words`() async throws {
        let server = try ScriptedServer { connection, request in
            connection.respond(request.target == "/gone" ? 404 : 403)
        }
        let web = try Self.web()
        for (path, words) in [("/gone", "has no page"), ("/mine", "Save the page in your browser")] {
            let failure = await #expect(throws: LibraryFailure.self) {
                try await web.open(server.url + path)
            }
            #expect(failure?.code == .unprocessable)
            #expect(failure?.message.contains(words) == true)
        }
    }

    @Test(arguments: [
        "http://127.0.0.1/", "localhost/admin", "http://169.254.169.254/latest", "http://[::1]/",
        "ftp://example.org/a", "http://example.org:8080/",
    ])
    func `an address within is never asked`(address: String) async throws {
        let web = WebUpload(client: try HTTPClient(WebUpload.configuration(limit: 1 << 20)))
        let failure = await #expect(throws: LibraryFailure.self) { try await web.open(address) }
        #expect(failure?.code == .unprocessable)
        #expect(failure?.message.contains("may not be opened") == true)
    }

    @Test(arguments: [
        (
            "https://en.example.org/wiki/Cell_%28biology%29", "text/html; charset=UTF-8",
            "Cell_(biology).html"
        ),
        ("https://example.org/", "text/html", "example.org.html"),
        ("https://example.org/a/paper.pdf", "application/pdf", "paper.pdf"),
        ("https://example.org/get?id=7", "application/pdf", "get.pdf"),
        ("https://example.org/notes.md", "text/plain", "notes.md"),
        ("https://example.org/page.html#top", "text/html", "page.html"),
    ])
    func `a file is named by its address and by what it is`(
        address: String, type: String, name: String
    ) {
        #expect(WebUpload.filename(of: address, ["Content-Type": type]) == name)
    }
}
