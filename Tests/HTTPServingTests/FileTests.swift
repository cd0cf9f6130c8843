import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServingTesting
import Testing

@testable import HTTPServing

@Suite struct FileTests {
    /// A folder of its own with the named files, removed afterwards.
    func withFolder(_ files: [String: String], _ body: (String) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.path + "/serving-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: root) }
        for (name, text) in files {
            let path = "\(root)/\(name)"
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(filePath: path))
        }
        try await body(root)
    }

    func get(_ path: String, _ headers: HTTPHeaders = [:]) async throws -> TestAnswer {
        try await TestAnswer(
            try await .file(
                path: path, contentType: "text/plain", etag: "tag",
                request: HTTPRequest(method: .get, target: "/", headers: headers),
                filename: "naïve \"notes\".txt"))
    }

    @Test(arguments: [
        ("bytes=0-3", "0123", "bytes 0-3/10"), ("bytes=4-", "456789", "bytes 4-9/10"), ("bytes=-3", "789", "bytes 7-9/10"),
        ("bytes=0-99", "0123456789", "bytes 0-9/10"), ("bytes=9-9", "9", "bytes 9-9/10"),
        ("bytes=-99", "0123456789", "bytes 0-9/10"),
    ])
    func `gives a part of a file`(_ range: String, _ text: String, _ content: String) async throws {
        try await withFolder(["a.txt": "0123456789"]) { root in
            let answer = try await get("\(root)/a.txt", ["Range": range])
            #expect(answer.status == 206)
            #expect(answer.text == text)
            #expect(answer.headers["Content-Range"] == content)
        }
    }

    @Test(
        arguments: [
            (nil, 200, "0123456789"), ("bytes=0-3", 206, "0123"), ("bytes=-3", 206, "789"), ("bytes=10-", 416, ""),
        ] as [(String?, Int, String)])
    func `gives bytes that are elsewhere as it gives a file`(_ range: String?, _ status: Int, _ text: String) async throws {
        let bytes = Array("0123456789".utf8)
        let route = Route.raw(.get, "/a", "A", tag: "A", access: .anyone) { call in
            try .ranged(
                size: bytes.count, modified: Date(timeIntervalSince1970: 1_700_000_000), contentType: "text/plain", etag: "x",
                request: call.request
            ) { writer, offset, length in try await writer.write(Array(bytes[offset..<offset + length])) }
        }
        let answer = try await TestClient(Router([[route]])).get("/a", headers: range.map { ["Range": $0] } ?? [:])
        #expect(answer.status == status)
        if status != 416 { #expect(answer.text == text) }
        let again = try await TestClient(Router([[route]])).get("/a", headers: ["If-None-Match": "\"x\""])
        #expect(again.status == 304)
    }

    @Test(arguments: [
        "bytes=5-2", "bytes=a-b", "bytes=0-1,3-4", "lines=0-1", "bytes=", "bytes=-", "bytes=--1", "bytes=+1-2", "bytes=1",
    ])
    func `ignores a range that is none`(_ range: String) async throws {
        try await withFolder(["a.txt": "0123456789"]) { root in
            let answer = try await get("\(root)/a.txt", ["Range": range])
            #expect(answer.status == 200)
            #expect(answer.text == "0123456789")
        }
    }

    @Test(arguments: ["bytes=10-", "bytes=10-20", "bytes=-0"]) func `a range beyond the end is 416`(_ range: String) async throws {
        try await withFolder(["a.txt": "0123456789"]) { root in
            let route = Route.raw(.get, "/a", "A", tag: "A", access: .anyone) { call in
                try await .file(path: "\(root)/a.txt", contentType: "text/plain", request: call.request)
            }
            let answer = try await TestClient(Router([[route]])).get("/a", headers: ["Range": range])
            #expect(answer.status == 416)
            #expect(answer.headers["Content-Range"] == "bytes */10")
            #expect(try answer.error().error == "RangeNotSatisfiable")
        }
    }

    @Test func `is conditional by tag and by date`() async throws {
        try await withFolder(["a.txt": "0123456789"]) { root in
            let path = "\(root)/a.txt"
            let first = try await get(path)
            #expect(first.headers["ETag"] == "\"tag\"")
            let modified = try #require(first.headers["Last-Modified"])
            for same in ["\"tag\"", "W/\"tag\"", "\"x\", \"tag\"", "*"] {
                let answer = try await get(path, ["If-None-Match": same])
                #expect(answer.status == 304)
                #expect(answer.body.isEmpty)
                #expect(answer.headers["Content-Type"] == nil)
            }
            #expect(try await get(path, ["If-None-Match": "\"other\"", "If-Modified-Since": modified]).status == 200)
            #expect(try await get(path, ["If-Modified-Since": modified]).status == 304)
            #expect(try await get(path, ["If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"]).status == 200)
            #expect(try await get(path, ["Range": "bytes=0-1", "If-Range": "\"tag\""]).status == 206)
            #expect(try await get(path, ["Range": "bytes=0-1", "If-Range": modified]).status == 206)
            #expect(try await get(path, ["Range": "bytes=0-1", "If-Range": "\"other\""]).status == 200)
            #expect(try await get(path, ["Range": "bytes=0-1", "If-Range": "W/\"tag\""]).status == 200)
        }
    }

    @Test func `is refused where the client wants it only as it was`() async throws {
        try await withFolder(["a.txt": "0123456789"]) { root in
            let path = "\(root)/a.txt"
            let modified = try #require(try await get(path).headers["Last-Modified"])
            for headers: HTTPHeaders in [
                ["If-Match": "\"other\""], ["If-Match": "W/\"tag\""], ["If-Unmodified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"],
                ["If-Match": "\"other\"", "If-None-Match": "\"tag\""], ["If-Match": "\"x\"", "If-Unmodified-Since": modified],
            ] {
                await #expect(throws: HTTPFailure.self) { _ = try await get(path, headers) }
                do { _ = try await get(path, headers) } catch { #expect(FailureCode(of: error).status == 412) }
            }
            for headers: HTTPHeaders in [
                ["If-Match": "*"], ["If-Match": "\"x\", \"tag\""], ["If-Unmodified-Since": modified],
                ["If-Match": "\"tag\"", "If-Unmodified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"], ["If-Unmodified-Since": "lately"],
            ] { #expect(try await get(path, headers).status == 200) }
        }
    }

    @Test func `names the file in a way any client reads`() async throws {
        try await withFolder(["a.txt": "x"]) { root in
            let value = try await get("\(root)/a.txt").headers["Content-Disposition"]
            #expect(value == "inline; filename=\"na__ve _notes_.txt\"; filename*=UTF-8''na%C3%AFve%20%22notes%22.txt")
        }
    }

    @Test func `what is no file is 404`() async throws {
        try await withFolder(["d/a.txt": "x"]) { root in
            for path in ["\(root)/none", "\(root)/d"] {
                await #expect(throws: HTTPFailure.self) { try await get(path) }
            }
        }
    }

    @Test func `serves the web app`() async throws {
        try await withFolder([
            "dist/index.html": "<page>", "dist/assets/app-5QZ2K7AB.js": "app", "dist/assets/app-5QZ2K7AB.js.gz": "gz",
            "dist/favicon.svg": "<svg>", "dist/.secret": "s", "outside.txt": "outside",
        ]) { root in
            let files = try StaticFiles(root: "\(root)/dist")
            let client = TestClient(sampleRouter(fallback: { try await files.response(for: $0) }))
            let page = try await client.get("/documents/7?x=1")
            #expect(page.text == "<page>")
            #expect(page.headers["Cache-Control"] == "no-cache")
            #expect(page.headers["Content-Type"] == "text/html; charset=utf-8")
            #expect(page.headers["Content-Security-Policy"]?.contains("frame-ancestors 'none'") == true)
            #expect(try await client.get("/").text == "<page>")
            let asset = try await client.get("/assets/app-5QZ2K7AB.js")
            #expect(asset.text == "app")
            #expect(asset.headers["Cache-Control"] == "public, max-age=31536000, immutable")
            #expect(asset.headers["Vary"] == "Accept-Encoding")
            let packed = try await client.get("/assets/app-5QZ2K7AB.js", headers: ["Accept-Encoding": "br, gzip"])
            #expect(packed.text == "gz")
            #expect(packed.headers["Content-Encoding"] == "gzip")
            #expect(packed.headers["Content-Type"] == "text/javascript; charset=utf-8")
            let icon = try await client.get("/favicon.svg")
            #expect(icon.headers["Content-Type"] == "image/svg+xml")
            #expect(icon.headers["Cache-Control"] == "no-cache")
            let tag = try #require(icon.headers["ETag"])
            #expect(try await client.get("/favicon.svg", headers: ["If-None-Match": tag]).status == 304)
            for hidden in [
                "/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/assets/../../outside.txt", "/.secret",
                "/assets/none.js",
                "/api/none", "/..%5coutside.txt", "/%00",
            ] {
                let answer = try await client.get(hidden)
                #expect(answer.status == 404 || answer.status == 400, "\(hidden)")
            }
            #expect(try await client.post("/documents").status == 404)
        }
    }

    @Test(arguments: [
        ("/", "./"), ("/library", "./"), ("/library/", "../"), ("/documents/7?page=2", "../"), ("/a/b/c", "../../"),
        ("/a%2Fb", "./"),
    ])
    func `the web app's page names its files relative to the address asked`(_ target: String, _ root: String) async throws {
        try await withFolder(["index.html": #"<script src="./assets/app.js"></script><link href="./icon.svg">"#]) { folder in
            let files = try StaticFiles(root: folder)
            let client = TestClient(sampleRouter(fallback: { try await files.response(for: $0) }))
            let page = try await client.get(target)
            #expect(page.text == "<script src=\"\(root)assets/app.js\"></script><link href=\"\(root)icon.svg\">")
            let tag = try #require(page.headers["ETag"])
            #expect(try await client.get(target, headers: ["If-None-Match": tag]).status == 304)
            #expect(try await client.get("/one/level", headers: ["If-None-Match": tag]).status == (root == "../" ? 304 : 200))
        }
    }

    @Test func `a folder of the web app may be a link to it`() async throws {
        try await withFolder(["release-7/index.html": "<page>", "release-7/icon.svg": "<svg>"]) { folder in
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/current", withDestinationPath: "release-7")
            let files = try StaticFiles(root: "\(folder)/current")
            let client = TestClient(sampleRouter(fallback: { try await files.response(for: $0) }))
            #expect(try await client.get("/icon.svg").text == "<svg>")
        }
    }

    @Test func `an app that is not built is said so`() {
        #expect(throws: HTTPFailure.self) { try StaticFiles(root: "/nowhere") }
    }
}
