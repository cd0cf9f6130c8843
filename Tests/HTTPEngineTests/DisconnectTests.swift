import Failures
import Glibc
import HTTPEngine
import HTTPMessages
import HTTPServing
import Synchronization
import Telemetry
import Testing

@Suite("Clients that go, wait or are slow", .timeLimit(.minutes(3)))
struct DisconnectTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("a client that closes cancels the handler which makes its answer")
    func closeCancels() async throws {
        let began = Signal(Void.self)
        let cancelled = Signal(Bool.self)
        let responder = Respond { _ in
            began.send(())
            do { try await Task.sleep(for: .seconds(50)) } catch { cancelled.send(Task.isCancelled) }
            return .text("late")
        }
        try await withServer(responder) { server in
            let client = try #require(TestClient(port: server.port))
            client.send(DisconnectTests.get)
            try await began.wait()
            client.close()
            #expect(try await cancelled.wait())
        }
    }

    @Test("a client that closes ends an event stream that waits for its next event")
    func closeEndsStream() async throws {
        let cancelled = Signal(Bool.self)
        let responder = Respond { _ in
            HTTPResponse(
                headers: ["Content-Type": "text/event-stream"],
                body: .stream { writer in
                    try await writer.write(Array("data: a\n\n".utf8))
                    do { try await Task.sleep(for: .seconds(50)) } catch { cancelled.send(Task.isCancelled) }
                })
        }
        try await withServer(responder) { server in
            let client = try #require(TestClient(port: server.port))
            client.send(DisconnectTests.get)
            #expect(client.receive(until: "data: a\n\n") != nil)
            client.close()
            #expect(try await cancelled.wait())
        }
    }

    @Test("a writer whose client is gone gets an error")
    func writerFails() async throws {
        let failed = Signal(FailureCode.self)
        let responder = Respond { _ in
            HTTPResponse(
                body: .stream { writer in
                    do {
                        while true { try await writer.write([UInt8](repeating: 0x61, count: 1000)) }
                    } catch {
                        failed.send(FailureCode(of: error))
                        throw error
                    }
                })
        }
        try await withServer(responder) { server in
            let client = try #require(TestClient(port: server.port))
            client.send(DisconnectTests.get)
            #expect(client.receive(until: "\r\n\r\n") != nil)
            client.close()
            #expect(try await failed.wait() == .cancelled)
        }
    }

    @Test("a client that only finished sending still gets its answer", arguments: ["HTTP/1.1", "HTTP/1.0"])
    func halfClose(version: String) async throws {
        let open = Signal(Void.self)
        let responder = Respond { _ in
            try? await open.wait()
            return .text(Task.isCancelled ? "cancelled" : "answer")
        }
        try await withServer(responder) { server in
            let response = try await server.talk { client in
                client.send("GET / \(version)\r\nHost: a\r\n\r\n")
                client.finishSending()
                // On 1.1 an interim response shows that the server has seen the end; the answer comes after it.
                if version == "HTTP/1.1" { #expect(client.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n") }
                open.send(())
                return client.response()
            }
            #expect(response?.text == "answer")
        }
    }

    @Test("a client that only finished sending still gets its event stream")
    func halfClosedStream() async throws {
        let open = Signal(Void.self)
        let responder = Respond { _ in
            HTTPResponse(
                headers: ["Content-Type": "text/event-stream"],
                body: .stream { writer in
                    try await open.wait()
                    try await writer.write(Array("data: a\n\n".utf8))
                })
        }
        try await withServer(responder) { server in
            let response = try await server.talk { client in
                client.send(DisconnectTests.get)
                #expect(client.receive(until: "\r\n\r\n") != nil)
                client.finishSending()
                #expect(client.receive(until: ":\n\n") != nil)
                open.send(())
                return client.receiveToEnd().map { String(decoding: $0, as: UTF8.self) }
            }
            #expect(response?.contains("data: a\n\n") == true)
            #expect(response?.hasSuffix("0\r\n\r\n") == true)
        }
    }

    @Test("a client that does not read holds the writer back, and is dropped")
    func slowReader() async throws {
        let written = Mutex(0)
        let failed = Signal(Void.self)
        let responder = Respond { _ in
            HTTPResponse(
                body: .stream { writer in
                    do {
                        for _ in 0..<1024 {
                            try await writer.write([UInt8](repeating: 0x61, count: 1 << 16))
                            written.withLock { $0 += 1 << 16 }
                        }
                    } catch {
                        failed.send(())
                        throw error
                    }
                })
        }
        try await withServer(responder, configure: { $0.writeDeadline = .milliseconds(500) }) { server in
            let client = try #require(TestClient(port: server.port, receiveBuffer: 4096))
            client.send(DisconnectTests.get)
            try await failed.wait()
            #expect(written.withLock { $0 } < 32 << 20)
        }
    }

    @Test("a head that drips gets 408 at its deadline, however often a byte comes")
    func drip() async throws {
        try await withServer(configure: { $0.headDeadline = .milliseconds(400) }) { server in
            let (sent, status) = try await server.talk { client in
                client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ")
                var sent = 0
                // A byte each 50 ms would keep an inactivity timer alive for ever.
                while sent < 1000, client.send("a") == 1, !client.isReadable(within: 50) { sent += 1 }
                return (sent, client.response()?.status)
            }
            #expect(status == 408)
            #expect(sent < 1000)
        }
    }

    @Test("a connection without a request is closed without a word")
    func idle() async throws {
        try await withServer(configure: { $0.idleDeadline = .milliseconds(200) }) { server in
            let ends = try await server.talk { client in
                client.send(DisconnectTests.get)
                let answered = client.response()?.status
                return (answered, client.receive())
            }
            #expect(ends.0 == 200)
            #expect(ends.1 == [])
            #expect(try await server.talk { $0.receive() } == [])
        }
    }

    @Test("a connection over the cap waits until another closes, which is told once")
    func cap() async throws {
        let warnings = Mutex(0)
        let sink = LogSink(minimum: .warning, write: { _ in warnings.withLock { $0 += 1 } })
        let configure = { (configuration: inout HTTPServerConfiguration) in
            configuration.maximumConnections = 2
            configuration.loops = 1
        }
        try await withServer(configure: configure, logger: Logger(label: "test", sink: sink)) { server in
            let first = try #require(TestClient(port: server.port))
            let second = try #require(TestClient(port: server.port))
            for client in [first, second] {
                client.send(DisconnectTests.get)
                #expect(client.response()?.status == 200)
            }
            let third = try #require(TestClient(port: server.port))
            third.send(DisconnectTests.get)
            #expect(!third.isReadable(within: 200))
            first.close()
            #expect(third.response()?.status == 200)
        }
        #expect(warnings.withLock { $0 } == 1)
    }

    @Test("open connections are counted")
    func gauge() async throws {
        try await withServer { server in
            let client = try #require(TestClient(port: server.port))
            client.send(DisconnectTests.get)
            #expect(client.response()?.status == 200)
            #expect(server.metrics.rendered().contains("http_connections_open 1.0"))
        }
    }
}
