import Glibc
import Concurrency
import Failures
import HTTPEngine
import HTTPMessages
import HTTPServing
import Lifecycle
import Testing
import WebSockets

/// WebSockets over a real socket: the handshake, the closing handshake, back-pressure, and the end of the server.
@Suite("WebSocket over a socket", .timeLimit(.minutes(3)))
struct WebSocketTests {
    private static func handshake(
        _ target: String = "/echo", key: String? = "dGhlIHNhbXBsZSBub25jZQ==", version: String = "13", extra: String = ""
    ) -> String {
        "GET \(target) HTTP/1.1\r\nHost: study.example:8080\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"
            + (key.map { "Sec-WebSocket-Key: \($0)\r\n" } ?? "") + "Sec-WebSocket-Version: \(version)\r\n\(extra)\r\n"
    }

    private static func frame(_ opcode: UInt8, _ payload: [UInt8] = []) -> [UInt8] {
        var out: [UInt8] = [0x80 | opcode]
        switch payload.count {
        case ..<126: out.append(0x80 | UInt8(payload.count))
        case ..<65_536: out += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default: out += [0x80 | 127] + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: payload.count >> $0) }
        }
        let mask: [UInt8] = [9, 200, 31, 4]
        return out + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    /// The next frame of the server: first byte and payload; nil at the end of the connection.
    private static func read(_ client: TestClient, _ held: inout [UInt8]) -> (first: UInt8, payload: [UInt8])? {
        func fill(_ count: Int) -> Bool {
            while held.count < count {
                guard let part = client.receive(), !part.isEmpty else { return false }
                held += part
            }
            return true
        }
        guard fill(2) else { return nil }
        var (start, length) = (2, Int(held[1]))
        if length >= 126 {
            start = length == 126 ? 4 : 10
            guard fill(start) else { return nil }
            length = held[2..<start].reduce(0) { $0 << 8 | Int($1) }
        }
        guard fill(start + length) else { return nil }
        defer { held.removeFirst(start + length) }
        return (held[0], Array(held[start..<(start + length)]))
    }

    private static func echo(_ limits: WebSocketLimits = WebSocketLimits()) -> Respond {
        let router = Router(
            [
                Sockets(routes: [
                    Route.webSocket("/echo", "Echo", tag: "Test", access: .anyone, subprotocol: "echo", limits: limits) { _ in
                        { socket in
                            while let message = try await socket.receive() {
                                switch message {
                                case .text(let text): try await socket.send(text)
                                case .binary(let bytes): try await socket.send(bytes)
                                }
                            }
                        }
                    },
                    Route.webSocket("/once", "Once", tag: "Test", access: .anyone, subprotocol: "once") { _ in
                        { socket in try await socket.send("only this") }
                    },
                ])
            ])
        return Respond { await router.respond(to: $0) }
    }

    private struct Sockets: RouteCollection { let routes: [Route] }

    @Test("the handshake of the standard's example is answered, with the subprotocol and without an extension")
    func accept() async throws {
        try await withServer(Self.echo()) { server in
            try await server.talk { client in
                client.send(
                    Self.handshake(extra: "Sec-WebSocket-Protocol: other, echo\r\nSec-WebSocket-Extensions: permessage-deflate\r\n")
                )
                let head = try #require(client.receive(until: "\r\n\r\n"))
                #expect(head.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
                #expect(head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
                #expect(head.contains("Connection: Upgrade\r\n"))
                #expect(head.contains("Sec-WebSocket-Protocol: echo\r\n"))
                #expect(!head.contains("Extensions") && !head.contains("Content-Length") && !head.contains("chunked"))
            }
        }
    }

    @Test(
        "a handshake that is none is refused as HTTP",
        arguments: [
            (handshake(version: "8"), 426), (handshake(key: nil), 400), (handshake(key: "short"), 400),
            ("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n", 426), (handshake(extra: "Origin: https://evil.example\r\n"), 403),
            (handshake(extra: "Origin: http://study.example:8081\r\n"), 403), (handshake("/nowhere"), 404),
            (handshake(extra: "Content-Length: 2\r\n") + "ab", 400), (handshake(extra: "Origin: null\r\n"), 403),
        ])
    func refused(_ request: String, _ status: Int) async throws {
        let response = try await withServer(Self.echo()) { try await $0.ask(request) }
        #expect(response?.status == status)
    }

    @Test("a page of the same place may connect", arguments: ["http://study.example:8080", "https://study.example:8080"])
    func sameOrigin(_ origin: String) async throws {
        try await withServer(Self.echo()) { server in
            let line = try await server.talk { client in
                client.send(Self.handshake(extra: "Origin: \(origin)\r\n"))
                return client.receive(until: "\r\n")
            }
            #expect(line == "HTTP/1.1 101 Switching Protocols\r\n")
        }
    }

    @Test("messages come back, also those sent with the handshake and those of a megabyte; then both say goodbye")
    func conversation() async throws {
        try await withServer(Self.echo()) { server in
            try await server.talk { client in
                client.send(Array(Self.handshake().utf8) + Self.frame(1, Array("early".utf8)))
                _ = try #require(client.receive(until: "\r\n\r\n"))
                var held: [UInt8] = []
                let early = try #require(Self.read(client, &held))
                #expect(early.first == 0x81 && early.payload == Array("early".utf8))
                client.send(Self.frame(9, [1, 2]))
                let pong = try #require(Self.read(client, &held))
                #expect(pong.first == 0x8A && pong.payload == [1, 2])
                let large = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31) }
                client.send(Self.frame(2, large))
                let back = try #require(Self.read(client, &held))
                #expect(back.first == 0x82 && back.payload == large)
                client.send(Self.frame(8, [0x03, 0xE8]))
                let close = try #require(Self.read(client, &held))
                #expect(close.first == 0x88 && close.payload == [0x03, 0xE8])
                #expect(client.receive() == [])
            }
        }
    }

    @Test("a client that sends and does not read is held back, and loses nothing")
    func backPressure() async throws {
        try await withServer(Self.echo()) { server in
            try await TestClient.pool.run {
                let client = try #require(TestClient(port: server.port, receiveBuffer: 4096))
                defer { client.close() }
                client.send(Self.handshake())
                _ = try #require(client.receive(until: "\r\n\r\n"))
                client.setTimeout(SO_SNDTIMEO, seconds: 1)
                let frame = Self.frame(2, [UInt8](repeating: 7, count: 60_000))
                var sent = 0
                // Nobody reads, so the system's buffers fill, and the server takes no more than its own.
                while sent < 2_000 {
                    let count = client.send(frame)
                    if count < frame.count {
                        #expect(sent > 2)
                        break
                    }
                    sent += 1
                }
                #expect(sent < 2_000)
                var held: [UInt8] = []
                for _ in 0..<sent {
                    let back = try #require(Self.read(client, &held))
                    #expect(back.payload.count == 60_000)
                }
            }
        }
    }

    private static let violations: [([UInt8], UInt16)] = [
        ([0x81, 1, 65], 1002), (frame(1, [0xFF]), 1007), (frame(2, [UInt8](repeating: 0, count: 1000)), 1009),
    ]

    @Test(
        "what breaks the protocol is told so", arguments: violations)
    func violation(_ bytes: [UInt8], _ code: UInt16) async throws {
        var limits = WebSocketLimits()
        limits.message = 999
        try await withServer(Self.echo(limits)) { server in
            try await server.talk { client in
                client.send(Array(Self.handshake().utf8) + bytes)
                _ = try #require(client.receive(until: "\r\n\r\n"))
                var held: [UInt8] = []
                let close = try #require(Self.read(client, &held))
                #expect(close.first == 0x88)
                #expect(close.payload.prefix(2) == [UInt8(code >> 8), UInt8(code & 255)])
                #expect(Self.read(client, &held) == nil)
            }
        }
    }

    @Test("a handler that is done closes with 1000")
    func done() async throws {
        try await withServer(Self.echo()) { server in
            try await server.talk { client in
                client.send(Self.handshake("/once"))
                _ = try #require(client.receive(until: "\r\n\r\n"))
                var held: [UInt8] = []
                #expect(Self.read(client, &held)?.payload == Array("only this".utf8))
                let close = try #require(Self.read(client, &held))
                #expect(close.first == 0x88 && close.payload == [0x03, 0xE8])
                client.send(Self.frame(8, [0x03, 0xE8]))
                #expect(client.receive() == [])
            }
        }
    }

    @Test("a server that stops says 1001 to everyone")
    func goingAway() async throws {
        try await withServer(Self.echo(), configure: { $0.drainDeadline = .seconds(30) }) { server in
            try await server.talk { client in
                client.send(Array(Self.handshake().utf8) + Self.frame(1, [65]))
                _ = try #require(client.receive(until: "\r\n\r\n"))
                var held: [UInt8] = []
                #expect(Self.read(client, &held)?.payload == [65])
                server.shutdown.trigger()
                let close = try #require(Self.read(client, &held))
                #expect(close.first == 0x88 && close.payload.prefix(2) == [0x03, 0xE9])
                client.send(Self.frame(8, [0x03, 0xE9]))
                #expect(client.receive() == [])
            }
        }
    }

    @Test("a client that is gone ends its handler")
    func gone() async throws {
        let ended = Signal(Bool.self)
        let router = Router([
            Sockets(routes: [
                Route.webSocket("/", "Wait", tag: "Test", access: .anyone, subprotocol: "wait") { _ in
                    { socket in
                        do {
                            while try await socket.receive() != nil {}
                            ended.send(true)
                        } catch {
                            ended.send(true)
                            throw error
                        }
                    }
                }
            ])
        ])
        try await withServer(Respond { await router.respond(to: $0) }) { server in
            try await server.talk { client in
                client.send(Self.handshake("/"))
                _ = client.receive(until: "\r\n\r\n")
            }
            #expect(try await ended.wait())
        }
    }
}
