import Concurrency
import Failures
import Glibc
import HTTPEngine
import HTTPMessages
import HTTPServing
import Lifecycle
import Telemetry
import Testing

@Suite("Listening and shutting down", .timeLimit(.minutes(3)))
struct DrainTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("a shutdown closes idle connections, takes no new ones and finishes the request in hand")
    func drain() async throws {
        let began = Signal(Void.self)
        let open = Signal(Void.self)
        let responder = Respond { request in
            guard request.target == "/slow" else { return .text("fast") }
            began.send(())
            try? await open.wait()
            return .text("slow")
        }
        try await withServer(responder, configure: { $0.drainDeadline = .seconds(30) }) { server in
            let idle = try #require(TestClient(port: server.port))
            idle.send(DrainTests.get)
            #expect(idle.response()?.text == "fast")
            let busy = try #require(TestClient(port: server.port))
            busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            try await began.wait()

            server.shutdown.trigger()
            #expect(idle.receive() == [])
            // Both loops close their listener at the shutdown; the idle connection belongs to one of them.
            try await until { TestClient(port: server.port) == nil }
            open.send(())
            let response = busy.response()
            #expect(response?.text == "slow")
            #expect(response?.headers["connection"] == "close")
            #expect(busy.receive() == [])
        }
    }

    @Test("a shutdown cancels what does not end in time")
    func force() async throws {
        let began = Signal(Void.self)
        let cancelled = Signal(Bool.self)
        let responder = Respond { _ in
            began.send(())
            try? await Task.sleep(for: .seconds(50))
            cancelled.send(Task.isCancelled)
            return .text("late")
        }
        try await withServer(responder, configure: { $0.drainDeadline = .milliseconds(100) }) { server in
            let client = try #require(TestClient(port: server.port))
            client.send(DrainTests.get)
            try await began.wait()
            server.shutdown.trigger()
            #expect(try await cancelled.wait())
            #expect(client.receive() == nil)
        }
    }

    @Test("a cancelled server ends at once")
    func cancel() async throws {
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(port: 0, loops: 2), responder: Respond.echo, logger: .silent, metrics: Metrics())
        let port = try server.bind()
        let task = Task { try await server.run(until: ShutdownSignal()) }  // cancelled and awaited below
        let status = try await TestClient.pool.run {
            let client = try #require(TestClient(port: port))
            client.send(DrainTests.get)
            return client.response()?.status
        }
        #expect(status == 200)
        task.cancel()
        try await task.value
        #expect(server.port == 0)
    }

    @Test("listens on either family", arguments: ["127.0.0.1", "::1", "::", "0.0.0.0", "localhost"])
    func families(host: String) async throws {
        let address = Signal(String.self)
        let responder = Respond { request in
            address.send(request.remoteAddress)
            return .text("a")
        }
        try await withServer(responder, configure: { $0.host = host }) { server in
            let target = host == "::1" ? "::1" : host == "localhost" ? "localhost" : "127.0.0.1"
            let client = try #require(TestClient(port: server.port, host: target))
            client.send(DrainTests.get)
            #expect(client.response()?.status == 200)
            let seen = try await address.wait()
            #expect(seen == (target == "localhost" ? seen : target))
        }
    }

    @Test("a second server on the port is refused, though the first shares it among its loops")
    func portInUse() async throws {
        try await withServer { server in
            let second = HTTPServer(
                configuration: HTTPServerConfiguration(port: server.port, loops: 2), responder: Respond.echo, logger: .silent,
                metrics: Metrics())
            #expect { try second.bind() } throws: { FailureCode(of: $0) == .unavailable && "\($0)".contains("in use") }
        }
    }

    @Test("an address that is not this machine's is refused with its name")
    func badAddress() {
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(host: "192.0.2.1", port: 0), responder: Respond.echo, logger: .silent,
            metrics: Metrics())
        #expect { try server.bind() } throws: { "\($0)".contains("192.0.2.1") }
    }

    @Test("many clients at once are all answered")
    func many() async throws {
        try await withServer(Respond { .text($0.target) }) { server in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        try await server.talk { client in
                            (0..<50).allSatisfy { round in
                                client.send("GET /\(number)/\(round) HTTP/1.1\r\nHost: a\r\n\r\n")
                                return client.response()?.text == "/\(number)/\(round)"
                            }
                        }
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    /// Asks again and again; gives up only when the test would hang.
    private func until(_ condition: () -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(50)
        while !condition() {
            try #require(ContinuousClock.now < deadline)
            await Task.yield()
        }
    }
}
