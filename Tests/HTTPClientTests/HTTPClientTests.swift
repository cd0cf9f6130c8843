import Failures
import HTTPClient
import HTTPMessages
import ScriptedServing
import Synchronization
import Testing

func quickClient(_ change: (inout HTTPClientConfiguration) -> Void = { _ in }) throws -> HTTPClient {
    var configuration = HTTPClientConfiguration(usesProxyOfEnvironment: false)
    configuration.sleep = { _ in }
    configuration.random = { 0.5 }
    change(&configuration)
    return try HTTPClient(configuration)
}

func kind(of body: () async throws -> Void) async -> HTTPClientFailure.Kind? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? HTTPClientFailure)?.kind
    }
}

@Suite(.timeLimit(.minutes(3)))
struct HTTPClientTests {
    @Test("A request carries its method, headers and body, and the response comes back whole")
    func exchange() async throws {
        let server = try ScriptedServer { connection, _ in connection.respond(201, ["X-Answer": "\t yes \t"], "hello") }
        let client = try quickClient()
        let request = ClientRequest(
            .post, server.url + "/a?b=c#d", headers: ["Content-Type": "text/plain", "X-Mine": "1"], body: .bytes(Array("ping".utf8))
        )
        let response = try await client.send(request)
        #expect(response.status == 201)
        #expect(response.headers["x-answer"] == "yes")
        #expect(try await response.body.collect() == Array("hello".utf8))
        let seen = try #require(server.requests.first)
        #expect(seen.method == "POST" && seen.target == "/a?b=c" && seen.text == "ping")
        #expect(seen.headers["x-mine"] == "1" && seen.headers["content-type"] == "text/plain")
        #expect(seen.headers["expect"] == nil && seen.headers["user-agent"] == "LittleMonster/1")
    }

    @Test("A streamed request body arrives in order", arguments: [nil, 300_000] as [Int?])
    func upload(length: Int?) async throws {
        let server = try ScriptedServer { connection, request in connection.respond(200, [:], "\(request.body.count)") }
        let pieces = Mutex((0..<30).map { [UInt8](repeating: UInt8($0), count: 10_000) })
        let body = ClientRequest.Body.stream(length: length) { pieces.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
        let response = try await quickClient().send(ClientRequest(.put, server.url, body: body))
        #expect(try await response.body.collect() == Array("300000".utf8))
        let received = try #require(server.requests.first?.body)
        #expect(received == (0..<30).flatMap { [UInt8](repeating: UInt8($0), count: 10_000) })
    }

    @Test("A body that fails to come about fails the request")
    func brokenUpload() async throws {
        struct Broken: Error {}
        let server = try ScriptedServer { connection, _ in connection.respond(200) }
        let body = ClientRequest.Body.stream(length: nil) { throw Broken() }
        await #expect(throws: Broken.self) { try await quickClient().send(ClientRequest(.put, server.url, body: body)) }
    }

    @Test("A slow reader holds the server back, and nothing is lost")
    func backPressure() async throws {
        let sent = Atomic(0)
        let server = try ScriptedServer { connection, _ in
            connection.begin()
            for _ in 0..<400 where connection.chunk(String(repeating: "x", count: 65_536)) { sent.add(1, ordering: .relaxed) }
            connection.end()
        }
        let response = try await quickClient().send(ClientRequest(.get, server.url))
        var total = 0
        var first = true
        for try await part in response.body {
            if first {
                first = false
                // The kernel's buffers and ours hold a few megabytes at most; 26 MB are on offer.
                var before = -1
                while before != sent.load(ordering: .relaxed) {
                    before = sent.load(ordering: .relaxed)
                    try await Task.sleep(for: .milliseconds(100))
                }
                #expect(before < 300)
            }
            total += part.count
        }
        #expect(total == 400 * 65_536)
        _ = server
    }

    @Test("Cancelling the reader ends the transfer at once")
    func cancellation() async throws {
        let (gone, signal) = AsyncStream<Void>.makeStream()
        let server = try ScriptedServer { connection, _ in
            connection.begin()
            connection.chunk("first")
            connection.waitForDisconnect()
            signal.yield()
        }
        let client = try quickClient()
        let url = server.url
        let (started, begun) = AsyncStream<Void>.makeStream()
        let task = Task {  // awaited below
            let response = try await client.send(ClientRequest(.get, url))
            for try await _ in response.body { begun.yield() }
        }
        for await _ in started { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        for await _ in gone { break }
    }

    @Test("Dropping the response ends the transfer")
    func dropping() async throws {
        let (gone, signal) = AsyncStream<Void>.makeStream()
        let server = try ScriptedServer { connection, _ in
            connection.begin()
            connection.waitForDisconnect()
            signal.yield()
        }
        let client = try quickClient()
        #expect(try await client.send(ClientRequest(.get, server.url)).status == 200)
        for await _ in gone { break }
    }

    @Test("A response beyond the limit is refused")
    func tooLarge() async throws {
        let server = try ScriptedServer { connection, _ in connection.respond(200, [:], String(repeating: "x", count: 2000)) }
        let client = try quickClient { $0.responseLimit = 1000 }
        let found = await kind { _ = try await client.send(ClientRequest(.get, server.url)).body.collect() }
        #expect(found == .tooLarge(limit: 1000))
    }

    @Test("Silence and slowness end by their deadlines")
    func deadlines() async throws {
        let server = try ScriptedServer { connection, _ in connection.waitForDisconnect() }
        let client = try quickClient { $0.retry = .never }
        var request = ClientRequest(.get, server.url)
        request.timeouts = ClientTimeouts(total: nil, idle: .milliseconds(100))
        #expect(await kind { _ = try await client.send(request) } == .timeout(.idle))
        request.timeouts = ClientTimeouts(total: .milliseconds(100), idle: nil)
        #expect(await kind { _ = try await client.send(request) } == .timeout(.total))
    }

    @Test("A connection that breaks off in the body is an error, not a short body")
    func brokenBody() async throws {
        let server = try ScriptedServer { connection, _ in
            connection.begin()
            connection.chunk("half")
            connection.close()
        }
        let response = try await quickClient().send(ClientRequest(.get, server.url))
        #expect(await kind { _ = try await response.body.collect() } == .broken)
        _ = server
    }

    @Test("Idempotent requests and refusals are tried again; a POST that may have had an effect is not")
    func retries() async throws {
        let count = Mutex(0)
        let server = try ScriptedServer { connection, request in
            let number = count.withLock {
                $0 += 1; return $0
            }
            switch (request.target, number) {
            case ("/busy", 1): connection.respond(503, ["Retry-After": "2"])
            case ("/drop", 1), ("/post", 1): connection.close()
            default: connection.respond(200)
            }
        }
        let waits = Mutex<[Duration]>([])
        let client = try quickClient { $0.sleep = { wait in waits.withLock { $0.append(wait) } } }
        #expect(try await client.send(ClientRequest(.post, server.url + "/busy")).status == 200)
        #expect(waits.withLock { $0 } == [.seconds(2)])
        count.withLock { $0 = 0 }
        #expect(try await client.send(ClientRequest(.get, server.url + "/drop")).status == 200)
        count.withLock { $0 = 0 }
        #expect(await kind { _ = try await quickClient().send(ClientRequest(.post, server.url + "/post")) } == .broken)
    }

    @Test("A server that keeps failing is left alone until the pause is over")
    func breaker() async throws {
        let clock = Mutex(ContinuousClock.now)
        let server = try ScriptedServer { connection, request in connection.respond(request.target == "/ok" ? 200 : 500) }
        let client = try quickClient {
            $0.retry = .never
            $0.breaker = .init(failures: 2, pause: .seconds(10))
            $0.now = { clock.withLock { $0 } }
        }
        for _ in 0..<2 { #expect(try await client.send(ClientRequest(.get, server.url)).status == 500) }
        #expect(await kind { _ = try await client.send(ClientRequest(.get, server.url)) } == .circuitOpen)
        #expect(server.requests.count == 2)
        clock.withLock { $0 += .seconds(11) }
        #expect(try await client.send(ClientRequest(.get, server.url + "/ok")).status == 200)
        #expect(try await client.send(ClientRequest(.get, server.url + "/ok")).status == 200)
    }

    @Test("Redirects are not followed unless asked for, and lose the credentials on the way to another origin")
    func redirects() async throws {
        let target = try ScriptedServer { connection, _ in connection.respond(200, [:], "there") }
        let place = target.url
        let server = try ScriptedServer { connection, request in
            if request.target == "/loop" {
                connection.respond(302, ["Location": "/loop"])
            } else {
                connection.respond(303, ["Location": place + "/new"])
            }
        }
        let request = ClientRequest(.post, server.url, headers: ["Authorization": "Bearer x"], body: .bytes([1]))
        #expect(try await quickClient().send(request).status == 303)
        let following = try quickClient { $0.redirects = 3 }
        #expect(try await following.send(request).body.collect() == Array("there".utf8))
        let seen = try #require(target.requests.first)
        #expect(seen.method == "GET" && seen.target == "/new" && seen.headers["authorization"] == nil && seen.body.isEmpty)
        #expect(await kind { _ = try await following.send(ClientRequest(.get, server.url + "/loop")) } == .tooManyRedirects)
    }

    @Test("Header values cannot break into the head", arguments: ["a\r\nX: y", "a\nb", "\u{0}"])
    func headerInjection(value: String) async throws {
        let found = await kind {
            _ = try await quickClient().send(ClientRequest(.get, "http://127.0.0.1:1", headers: ["X-A": value]))
        }
        #expect(found == .invalidURL)
    }

    @Test("No server, no name")
    func absent() async throws {
        let client = try quickClient { $0.retry = .never }
        #expect(await kind { _ = try await client.send(ClientRequest(.get, "http://127.0.0.1:1/")) } == .connect)
        #expect(await kind { _ = try await client.send(ClientRequest(.get, "http://nothing.invalid/")) } == .unresolved)
    }
}
