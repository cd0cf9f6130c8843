import Concurrency
import Failures
import Glibc
import HTTPEngine
import HTTPMessages
import HTTPServing
import Synchronization
import Testing

@Suite("Request bodies", .timeLimit(.minutes(3)))
struct RequestBodyTests {
    private static func head(_ length: Int, _ more: String = "") -> String {
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\(more)\r\n"
    }

    /// Counts what comes.
    private static let count = Respond { request in
        do {
            var count = 0
            for try await part in request.body { count += part.count }
            return .text("\(count)")
        } catch {
            return HTTPResponse(status: FailureCode(of: error).status)
        }
    }

    /// What the engine holds is what the client has sent and the responder has not got; no other test of this process counts in that.
    @Test("of half a gigabyte are never held whole", arguments: [true, false])
    func large(isChunked: Bool) async throws {
        let total = 512 << 20
        let read = Mutex(0)
        let responder = Respond { request in
            do {
                for try await part in request.body { read.withLock { $0 += part.count } }
            } catch {
                return .text("\(error)", status: 400)
            }
            return .text("\(read.withLock(\.self))")
        }
        try await withServer(responder) { server in
            let (response, held) = try await server.talk { client in
                let piece = [UInt8](repeating: 0x61, count: 1 << 20)
                var (sent, held) = (0, 0)
                client.send(
                    isChunked ? "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" : RequestBodyTests.head(total))
                for _ in 0..<(total / piece.count) {
                    client.send(isChunked ? Array("100000\r\n".utf8) + piece + [13, 10] : piece)
                    sent += piece.count
                    held = max(held, sent - read.withLock(\.self))
                }
                if isChunked { client.send("0\r\n\r\n") }
                return (client.response(), held)
            }
            #expect(response?.text == "\(total)")
            // The kernel's two socket buffers, some megabytes each, are part of it.
            #expect(held < 64 << 20)
        }
    }

    @Test("push back on a client while nobody reads them")
    func backPressure() async throws {
        let open = Signal(Void.self)
        let responder = Respond { request in
            try? await open.wait()
            return await RequestBodyTests.count.respond(to: request)
        }
        let total = 64 << 20
        try await withServer(responder) { server in
            let (stalled, response) = try await server.talk { client in
                client.send(RequestBodyTests.head(total))
                client.setTimeout(SO_SNDTIMEO, seconds: 1)
                let stalled = client.send([UInt8](repeating: 0x61, count: total))
                open.send(())
                client.setTimeout(SO_SNDTIMEO, seconds: 60)
                client.send([UInt8](repeating: 0x61, count: total - stalled))
                return (stalled, client.response())
            }
            #expect(stalled < 32 << 20)
            #expect(response?.text == "\(total)")
        }
    }

    @Test("go on after one read filled the pipe while its reader was about to sleep")
    func markBelowOneRead() async throws {
        // A thread of its own makes the handler meet the loop at every point between looking and sleeping.
        let executor = ThreadExecutor(name: "reader")
        defer { executor.retire() }
        let responder = Respond { request in
            await withTaskExecutorPreference(executor) { await RequestBodyTests.count.respond(to: request) }
        }
        let total = 32 << 20
        try await withServer(responder, configure: { $0.bodyHighWater = 1 }) { server in
            // A pass meets the moment in two runs of three.
            for _ in 0..<2 {
                let response = try await server.talk { client in
                    client.send(RequestBodyTests.head(total))
                    let piece = [UInt8](repeating: 0x61, count: 512)
                    for _ in 0..<(total / piece.count) { client.send(piece) }
                    return client.response()
                }
                #expect(response?.text == "\(total)")
            }
        }
    }

    @Test("are asked for with 100 only when the handler reads them")
    func expectContinue() async throws {
        let open = Signal(Void.self)
        let responder = Respond { request in
            try? await open.wait()
            return await RequestBodyTests.count.respond(to: request)
        }
        try await withServer(responder) { server in
            let (early, line, response) = try await server.talk { client in
                client.send(RequestBodyTests.head(3, "Expect: 100-continue\r\n"))
                client.setTimeout(SO_RCVTIMEO, seconds: 1)
                let early = client.receive()
                client.setTimeout(SO_RCVTIMEO, seconds: 60)
                open.send(())
                let line = client.receive(until: "\r\n\r\n")
                client.send("abc")
                return (early, line, client.response())
            }
            #expect(early == nil)
            #expect(line == "HTTP/1.1 100 Continue\r\n\r\n")
            #expect(response?.text == "3")
        }
    }

    @Test("announced as too long are refused before they are sent")
    func tooLongAnnounced() async throws {
        try await withServer(configure: { $0.maximumBodyBytes = 10 }) { server in
            let text = try await server.talk { client in
                client.send(RequestBodyTests.head(11, "Expect: 100-continue\r\n"))
                return client.receive(until: "\r\n")
            }
            #expect(text == "HTTP/1.1 413 Content Too Large\r\n")
        }
    }

    @Test("refused by the handler's own limit get 413, and no 100")
    func tooLongForHandler() async throws {
        let responder = Respond { request in
            do {
                return .text("\(try await request.body.collect(upTo: 10).count)")
            } catch {
                return HTTPResponse(status: FailureCode(of: error).status)
            }
        }
        try await withServer(responder) { server in
            let text = try await server.talk { client in
                client.send(RequestBodyTests.head(11, "Expect: 100-continue\r\n"))
                return client.receive(until: "\r\n")
            }
            #expect(text == "HTTP/1.1 413 Content Too Large\r\n")
            let chunked = try await server.ask(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n12345678\r\n8\r\n12345678\r\n0\r\n\r\n")
            #expect(chunked?.status == 413)
        }
    }

    @Test("too long in chunks: the answer arrives while the client still sends")
    func tooLongWhileSending() async throws {
        try await withServer(RequestBodyTests.count, configure: { $0.maximumBodyBytes = 1 << 20 }) { server in
            let status = try await server.talk { client in
                client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
                let piece = Array("100000\r\n".utf8) + [UInt8](repeating: 0x61, count: 1 << 20) + [13, 10]
                for _ in 0..<8 { client.send(piece) }
                return client.response()?.status
            }
            #expect(status == 413)
        }
    }

    @Test("that nobody reads are thrown away if short, and the connection lives on")
    func unreadShort() async throws {
        try await withServer(Respond { .text($0.target) }) { server in
            let texts = try await server.talk { client in
                client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
                let first = client.response()?.text
                client.send([UInt8](repeating: 0x61, count: 100_000))
                client.send("GET /b HTTP/1.1\r\nHost: a\r\n\r\n")
                return [first, client.response()?.text]
            }
            #expect(texts == ["/a", "/b"])
        }
    }

    @Test(
        "that nobody reads end the connection if long or of unknown length",
        arguments: ["Content-Length: 10000000", "Transfer-Encoding: chunked"])
    func unreadLong(line: String) async throws {
        try await withServer(Respond { .text($0.target) }) { server in
            let (response, end) = try await server.talk { client in
                client.send("POST /a HTTP/1.1\r\nHost: a\r\n\(line)\r\n\r\n")
                return (client.response(), client.receive())
            }
            #expect(response?.text == "/a")
            #expect(response?.headers["connection"] == "close")
            #expect(end == [])
        }
    }

    @Test("cut off by the client fail for the reader")
    func cutOff() async throws {
        let outcome = Signal(FailureCode.self)
        let responder = Respond { request in
            do { for try await _ in request.body {} } catch { outcome.send(FailureCode(of: error)) }
            return HTTPResponse(status: 400)
        }
        try await withServer(responder) { server in
            try await server.talk { client in
                client.send(RequestBodyTests.head(10) + "abc")
                client.finishSending()
                #expect(client.response()?.status == 400)
            }
            #expect(try await outcome.wait() == .badRequest)
        }
    }

    @Test("that stop coming fail with a timeout")
    func stalled() async throws {
        try await withServer(RequestBodyTests.count, configure: { $0.bodyDeadline = .milliseconds(200) }) { server in
            let response = try await server.ask(RequestBodyTests.head(10) + "abc")
            #expect(response?.status == 408)
        }
    }
}
