import Glibc
import HTTPEngine
import HTTPMessages
import HTTPServing
import Testing

@Suite("Responses")
struct ResponseTests {
    static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("carry length, date and type", .timeLimit(.minutes(3)))
    func bytes() async throws {
        try await withServer(Respond { _ in .text("hello") }) { server in
            let response = try #require(try await server.ask(ResponseTests.get))
            #expect(response.text == "hello")
            #expect(response.headers["content-length"] == "5")
            #expect(response.headers["date"]?.hasSuffix(" GMT") == true)
            #expect(response.headers["connection"] == nil)
        }
    }

    @Test("of many megabytes arrive whole", .timeLimit(.minutes(3)))
    func large() async throws {
        let bytes = pattern(20_000_000)
        try await withServer(Respond { _ in HTTPResponse(body: .bytes(bytes)) }) { server in
            let response = try await server.ask(ResponseTests.get)
            #expect(response?.body == bytes)
        }
    }

    @Test("send a range of a file", .timeLimit(.minutes(3)), arguments: [(0, 5_000_000), (1_234_567, 3_000_000), (17, 1), (17, 0)])
    func file(offset: Int, length: Int) async throws {
        let bytes = pattern(5_000_000)
        try await withTemporaryFile(bytes) { path in
            let responder = Respond { _ in HTTPResponse(body: .file(path: path, offset: offset, length: length)) }
            try await withServer(responder) { server in
                let two = try await server.talk { client in
                    client.send(ResponseTests.get + ResponseTests.get)
                    return [client.response(), client.response()]
                }
                for response in two { #expect(response?.body == Array(bytes[offset..<offset + length])) }
            }
        }
    }

    @Test("that name a file which is not there, or shorter, are 500", .timeLimit(.minutes(3)))
    func missingFile() async throws {
        try await withTemporaryFile([1, 2, 3]) { path in
            for (path, length) in [(path + ".not", 3), (path, 4)] {
                let responder = Respond { _ in HTTPResponse(body: .file(path: path, offset: 0, length: length)) }
                try await withServer(responder) { server in
                    let response = try await server.ask(ResponseTests.get)
                    #expect(response?.status == 500)
                }
            }
        }
    }

    @Test("stream in chunks, and the connection lives on", .timeLimit(.minutes(3)))
    func stream() async throws {
        let responder = Respond { _ in
            HTTPResponse(
                body: .stream { writer in
                    for number in 0..<100 {
                        try await writer.write(Array("\(number),".utf8))
                        if number % 10 == 0 { await Task.yield() }
                    }
                })
        }
        let expected = (0..<100).map { "\($0)," }.joined()
        try await withServer(responder) { server in
            let two = try await server.talk { client in
                client.send(ResponseTests.get)
                let first = client.response()
                client.send(ResponseTests.get)
                return [first, client.response()]
            }
            for response in two {
                #expect(response?.text == expected)
                #expect(response?.headers["transfer-encoding"] == "chunked")
            }
        }
    }

    @Test("stream to the end of the connection on HTTP/1.0", .timeLimit(.minutes(3)))
    func oldStream() async throws {
        let responder = Respond { _ in HTTPResponse(body: .stream { try await $0.write(Array("abc".utf8)) }) }
        try await withServer(responder) { server in
            let bytes = try await server.talk { client in
                client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                return client.receiveToEnd()
            }
            let text = String(decoding: try #require(bytes), as: UTF8.self)
            #expect(text.hasSuffix("\r\n\r\nabc"))
            #expect(!text.contains("chunked"))
            #expect(text.contains("Connection: close"))
        }
    }

    @Test("that break off midway look broken, not short", .timeLimit(.minutes(3)), arguments: ["HTTP/1.1", "HTTP/1.0"])
    func broken(version: String) async throws {
        struct Broken: Error {}
        let responder = Respond { _ in
            HTTPResponse(
                body: .stream { writer in
                    try await writer.write(Array("abc".utf8))
                    throw Broken()
                })
        }
        try await withServer(responder) { server in
            let response = try await server.ask("GET / \(version)\r\nHost: a\r\n\r\n")
            #expect(response == nil)
        }
    }

    @Test("to HEAD have the head of GET and no body", .timeLimit(.minutes(3)))
    func head() async throws {
        let responder = Respond { request in
            switch request.target {
            case "/bytes": .text("hello")
            case "/file": HTTPResponse(body: .file(path: "/dev/null", offset: 0, length: 77))
            case "/given": HTTPResponse(headers: ["Content-Length": "99"])
            default: HTTPResponse(body: .stream { _ in Issue.record("a stream runs for HEAD") })
            }
        }
        try await withServer(responder) { server in
            let lengths = try await server.talk { client in
                ["/bytes", "/file", "/given", "/stream"].map { target in
                    client.send("HEAD \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
                    return client.response(toHead: true)?.headers["content-length"] ?? "none"
                }
            }
            #expect(lengths == ["5", "77", "99", "none"])
        }
    }

    @Test("without a body have none, whatever the handler gives", .timeLimit(.minutes(3)), arguments: [204, 304])
    func bodiless(status: Int) async throws {
        try await withServer(Respond { _ in .text("x", status: status) }) { server in
            let bytes = try await server.talk { client in
                client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                return client.receiveToEnd()
            }
            let text = String(decoding: try #require(bytes), as: UTF8.self)
            #expect(text.hasSuffix("\r\n\r\n"))
            #expect(!text.lowercased().contains("content-length"))
        }
    }

    @Test("cannot be split by a header's value or name", .timeLimit(.minutes(3)))
    func splitting() async throws {
        let responder = Respond { _ in
            HTTPResponse(
                headers: ["X": "a\r\nSet-Cookie: b", "Y\r\nZ": "c", "Transfer-Encoding": "chunked", "Content-Length": "9"],
                body: .bytes([0x61]))
        }
        try await withServer(responder) { server in
            let response = try #require(try await server.ask(ResponseTests.get))
            #expect(response.headers["x"] == "a  Set-Cookie: b")
            #expect(response.headers["set-cookie"] == nil)
            #expect(response.headers["z"] == nil)
            #expect(response.headers["transfer-encoding"] == nil)
            #expect(response.text == "a")
        }
    }

    @Test("come in order to requests that are sent at once", .timeLimit(.minutes(3)))
    func pipelining() async throws {
        let responder = Respond { request in
            await Task.yield()
            let body = (try? await request.body.collect(upTo: 100)) ?? []
            return .text(request.target + ":" + String(decoding: body, as: UTF8.self))
        }
        try await withServer(responder) { server in
            let texts = try await server.talk { client in
                client.send(
                    (0..<500).map { "POST /\($0) HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab" }.joined())
                return (0..<500).map { _ in client.response()?.text }
            }
            #expect(texts == (0..<500).map { "/\($0):ab" })
        }
    }

    @Test("close the connection where the client or the handler asks", .timeLimit(.minutes(3)))
    func close() async throws {
        try await withServer(Respond { _ in HTTPResponse(headers: ["Connection": "close"], body: .bytes([0x61])) }) { server in
            let closed = try await server.talk { client in
                client.send(ResponseTests.get)
                return (client.response()?.headers["connection"], client.receive()?.isEmpty)
            }
            #expect(closed.0 == "close")
            #expect(closed.1 == true)
        }
    }

    /// Bytes of a period that is no power of two, so that a shifted range shows.
    private func pattern(_ count: Int) -> [UInt8] {
        var bytes = Array(UInt8(0)..<251)
        while bytes.count < count { bytes += bytes }
        return Array(bytes.prefix(count))
    }

    private func withTemporaryFile(_ bytes: [UInt8], _ body: (String) async throws -> Void) async throws {
        var template = Array("/tmp/http-engine-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        #expect(write(descriptor, bytes, bytes.count) == bytes.count)
        Glibc.close(descriptor)
        try await body(path)
    }
}
