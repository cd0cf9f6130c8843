import Ambient
import CZlib
import Failures
import HTTPMessages
import HTTPServingTesting
import Synchronization
import Telemetry
import Testing

@testable import HTTPServing

@Suite struct MiddlewareTests {
    @Test(arguments: ["gzip", "br, gzip;q=0.5", "*", "GZIP", "deflate, gzip;q=1.0, *;q=0"])
    func `compresses a long answer for who takes it`(_ accepted: String) async throws {
        let answer = try await TestClient(sampleRouter()).get("/api/long", headers: ["Accept-Encoding": accepted])
        #expect(answer.headers["Content-Encoding"] == "gzip")
        #expect(answer.headers["Vary"] == "Accept-Encoding")
        #expect(answer.body.count < 1000)
        let plain = try #require(Gzip.decompress(answer.body, limit: 1 << 20))
        #expect(String(decoding: plain, as: UTF8.self).hasPrefix("[\"again and again\""))
    }

    @Test(arguments: ["", "identity", "gzip;q=0", "br", "*;q=0", "gzip;q=0.0, *", "gzip;q=x"])
    func `leaves an answer alone for who does not take gzip`(_ accepted: String) async throws {
        let answer = try await TestClient(sampleRouter()).get("/api/long", headers: ["Accept-Encoding": accepted])
        #expect(answer.headers["Content-Encoding"] == nil)
        #expect(answer.headers["Vary"] == "Accept-Encoding")
    }

    @Test func `leaves short answers, events, pictures and ranges alone`() async throws {
        let big = [UInt8](repeating: 65, count: 5000)
        let routes: [Route] = [("/png", "image/png"), ("/events", "text/event-stream"), ("/text", "text/plain")].map { path, type in
            .raw(.get, path, "x", tag: "x", access: .anyone) { _ in HTTPResponse(headers: ["Content-Type": type], body: .bytes(big))
            }
        }
        let client = TestClient(Router([routes]), headers: ["Accept-Encoding": "gzip"])
        #expect(try await client.get("/png").headers["Content-Encoding"] == nil)
        #expect(try await client.get("/events").headers["Content-Encoding"] == nil)
        #expect(try await client.get("/text").headers["Content-Encoding"] == "gzip")
        #expect(try await client.get("/text", headers: ["Range": "bytes=0-5"]).headers["Content-Encoding"] == nil)
        #expect(try await TestClient(sampleRouter()).get("/api/cards", headers: ["Accept-Encoding": "gzip"]).headers["Vary"] == nil)
    }

    @Test func `says when to come back while something is down`() async throws {
        let route = Route.raw(.get, "/down", "x", tag: "x", access: .anyone) { _ in
            throw HTTPFailure(.unavailable, "The database cannot be reached.")
        }
        let answer = try await TestClient(Router([[route]])).get("/down")
        #expect(answer.status == 503)
        #expect(answer.headers["Retry-After"] == "5")
    }

    @Test func `sends the headers that keep browsers careful`() async throws {
        for target in ["/api/cards", "/none"] {
            let headers = try await TestClient(sampleRouter()).get(target).headers
            let policy = try #require(headers["Content-Security-Policy"])
            for rule in [
                "default-src 'self'", "script-src 'self'", "img-src 'self' blob: data:", "worker-src 'self' blob:",
                "require-trusted-types-for 'script'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'",
            ] {
                #expect(policy.contains(rule))
            }
            #expect(!policy.contains("unsafe"))
            #expect(headers["X-Content-Type-Options"] == "nosniff")
            #expect(headers["Referrer-Policy"] == "no-referrer")
            #expect(headers["Permissions-Policy"]?.contains("camera=()") == true)
            #expect(headers["X-Frame-Options"] == "DENY")
            #expect(headers["Cross-Origin-Opener-Policy"] == "same-origin")
            #expect(headers["Cross-Origin-Resource-Policy"] == "same-origin")
            #expect(headers["Strict-Transport-Security"] == nil)
        }
    }

    @Test func `believes a proxy only if it is trusted`() async throws {
        let forwarded: HTTPHeaders = ["X-Forwarded-Proto": "https", "X-Forwarded-For": "6.6.6.6, 10.1.1.1, 127.0.0.1"]
        #expect(
            try await TestClient(sampleRouter()).get("/api/cards", headers: forwarded).headers["Strict-Transport-Security"] == nil)
        var policy = ServingPolicy()
        policy.trustedProxies = TrustedProxies(["loopback"])
        let lines = LogLines()
        let client = TestClient(sampleRouter(policy: policy, logger: lines.logger))
        #expect(try await client.get("/api/cards", headers: forwarded).headers["Strict-Transport-Security"] != nil)
        #expect(lines.text.contains("address=10.1.1.0 "))
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.3.4", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.1.2.3", "10.1.2.3", true),
        ("10.1.2.3", "10.1.2.4", false), ("172.16.0.0/12", "172.31.255.255", true), ("172.16.0.0/12", "172.32.0.0", false),
        ("0.0.0.0/0", "8.8.8.8", true), ("0.0.0.0/0", "2001:db8::1", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
        ("2001:db8::/33", "2001:db8:8000::1", false), ("10.0.0.0/8", "::ffff:10.9.9.9", true), ("::1", "::1", true),
        ("10.0.0.0/8", "somewhere", false),
    ])
    func `a network holds its addresses and no other`(network: String, address: String, isWithin: Bool) throws {
        #expect(try #require(AddressBlock(network)).contains(address) == isWithin)
    }

    @Test(arguments: [
        "", "/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0/8", "::/129", "a/8", "10.0.0.0/8/8",
    ])
    func `what is no network is none`(text: String) { #expect(AddressBlock(text) == nil) }

    @Test func `believes the proxies of a network`() async throws {
        var policy = ServingPolicy()
        policy.trustedProxies = TrustedProxies(["10.0.0.0/8", "fd00::/8"])
        let lines = LogLines()
        let client = TestClient(sampleRouter(policy: policy, logger: lines.logger))
        let forwarded: HTTPHeaders = ["X-Forwarded-For": "6.6.6.6, 198.51.100.7, 10.4.5.6, fd00::5"]
        _ = try await client.send(.get, "/api/cards", headers: forwarded, from: "10.200.0.1")
        #expect(lines.text.contains("address=198.51.100.0 "))
        _ = try await client.send(.get, "/api/cards", headers: forwarded, from: "192.0.2.99")
        #expect(lines.text.contains("address=192.0.2.0 "))
    }

    @Test func `lets other origins in only if told to`() async throws {
        let preflight: HTTPHeaders = ["Origin": "https://study.example", "Access-Control-Request-Method": "POST"]
        let closed = try await TestClient(sampleRouter()).send(.options, "/api/cards", headers: preflight)
        #expect(closed.headers["Access-Control-Allow-Origin"] == nil)
        var policy = ServingPolicy()
        policy.cors = CORSPolicy(origins: ["https://study.example"], allowsCredentials: true)
        let client = TestClient(sampleRouter(policy: policy))
        let open = try await client.send(.options, "/api/cards", headers: preflight)
        #expect(open.status == 204)
        #expect(open.headers["Access-Control-Allow-Origin"] == "https://study.example")
        #expect(open.headers["Access-Control-Allow-Methods"]?.contains("POST") == true)
        #expect(open.headers["Access-Control-Allow-Credentials"] == "true")
        let other = try await client.send(
            .options, "/api/cards", headers: ["Origin": "https://evil.example", "Access-Control-Request-Method": "POST"])
        #expect(other.headers["Access-Control-Allow-Origin"] == nil)
        let get = try await client.get("/api/cards", headers: ["Origin": "https://study.example"])
        #expect(get.headers["Access-Control-Allow-Origin"] == "https://study.example")
        #expect(get.headers["Vary"]?.contains("Origin") == true)
        let failed = try await client.get("/api/none", headers: ["Origin": "https://study.example"])
        #expect(failed.headers["Access-Control-Allow-Origin"] == "https://study.example")
    }

    @Test func `counts by the route's pattern`() async throws {
        let metrics = Metrics()
        let client = TestClient(sampleRouter(metrics: metrics))
        for word in ["a", "b", "c"] { _ = try await client.get("/api/words/\(word)") }
        _ = try await client.get("/nowhere/7")
        let text = metrics.rendered()
        #expect(
            text.contains(
                #"http_server_request_duration_seconds_count{http_request_method="GET",http_route="/api/v1/words/:word",http_response_status_code="200"} 3"#
            ))
        #expect(
            text.contains(
                #"http_server_request_duration_seconds_count{http_request_method="_OTHER",http_route="other",http_response_status_code="404"} 1"#
            ))
        #expect(!text.contains("nowhere"))
        _ = try await client.get("/api/words/d")
        #expect(
            metrics.rendered().contains(
                #"http_server_request_duration_seconds_count{http_request_method="GET",http_route="/api/v1/words/:word",http_response_status_code="200"} 4"#
            ))
    }

    @Test func `ten thousand people, addresses and made-up paths make no further series`() async throws {
        let metrics = Metrics()
        let router = sampleRouter(metrics: metrics)
        func round(_ number: Int) async {
            for path in ["/api/words/w\(number)", "/nowhere/\(number)", "/api/cards?q=\(number)"] {
                _ = await router.respond(
                    to: HTTPRequest(
                        method: .get, target: path, headers: ["X-Request-ID": "r\(number)", "User-Agent": "agent \(number)"],
                        remoteAddress: "10.0.\(number / 250).\(number % 250)"))
            }
        }
        func series() -> Set<Substring> {
            Set(
                metrics.rendered().split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap {
                    $0.split(separator: " ").first
                })
        }
        for number in 0..<10 { await round(number) }
        let early = series()
        for number in 10..<10_000 { await round(number) }
        #expect(early.count > 30 && series() == early)
    }
}

@Suite struct RateLimitTests {
    let student = Principal(userID: SampleRoutes.user, isAdministrator: false)

    @Test func `lets through what is allowed and says how long to wait`() async throws {
        let uptime = TestUptime()
        var policy = ServingPolicy()
        policy.uptime = { uptime.now }
        let client = TestClient(sampleRouter(policy: policy))
        for _ in 0..<10 { #expect(try await client.get("/api/broken").status == 500) }
        let refused = try await client.get("/api/broken")
        #expect(refused.status == 429)
        #expect(refused.headers["Retry-After"] == "6")
        #expect(try refused.error().error == "RateLimited")
        #expect(try await client.get("/api/cards").status == 200)
        #expect(try await client.send(.get, "/api/broken", from: "10.0.0.9").status == 500)
        uptime.advance(by: .seconds(6))
        #expect(try await client.get("/api/broken").status == 500)
        #expect(try await client.get("/api/broken").status == 429)
        policy.rateLimits = nil
        let free = TestClient(sampleRouter(policy: policy))
        for _ in 0..<200 { #expect(try await free.get("/api/cards").status == 200) }
    }

    @Test func `a token buys no further calls where none is needed`() async throws {
        let client = TestClient(sampleRouter())
        for _ in 0..<10 { #expect(try await client.get("/api/broken").status == 500) }
        for token in ["student", "admin"] {
            #expect(try await client.bearing(token).get("/api/broken").status == 429)
        }
    }

    @Test func `counts a person once, wherever from, and an address by itself`() async {
        let store = MemoryRateLimits { .zero }
        let two = RateLimits.Allowance(perMinute: 2)
        func wait(_ limit: RateLimitClass, _ principal: Principal?, _ address: String) async -> Duration? {
            await store.take(RateLimitKey(limit, principal, address), of: two).wait
        }
        #expect(await wait(.login, student, "10.0.0.1") == nil)
        #expect(await wait(.login, student, "10.0.0.2") == nil)
        #expect(await wait(.login, student, "10.0.0.3") == .seconds(30))
        #expect(await wait(.login, nil, "10.0.0.1") == nil)
        #expect(await wait(.api, nil, "10.0.0.1") == nil)
    }

    @Test func `one IPv6 network is one caller`() async {
        let store = MemoryRateLimits { .zero }
        let two = RateLimits.Allowance(perMinute: 2)
        func passes(_ address: String) async -> Bool {
            await store.take(RateLimitKey(.login, nil, address), of: two).wait == nil
        }
        #expect(await passes("2001:db8::1"))
        #expect(await passes("2001:db8::ffff:2"))
        #expect(await !passes("2001:db8:0:0:5::3"))
        #expect(await passes("2001:db8:0:1::1"))
        #expect(await passes("::ffff:10.0.0.1"))
        #expect(await passes("::ffff:10.0.0.2"))
    }

    @Test func `forgets callers rather than grow without end`() async {
        let uptime = TestUptime()
        let store = MemoryRateLimits(capacity: 1600, uptime: { uptime.now })
        let five = RateLimits.Allowance(perMinute: 5)
        func take(_ address: String) async -> RateLimitOutcome {
            await store.take(RateLimitKey(.api, nil, address), of: five)
        }
        for number in 0..<6000 {
            _ = await take("10.0.\(number / 256).\(number % 256)")
            uptime.advance(by: .milliseconds(1))
        }
        #expect(store.count <= 1600)
        // Whoever is at it now is still held.
        uptime.advance(by: .seconds(14))
        for _ in 0..<5 { _ = await take("6.6.6.6") }
        #expect(await take("6.6.6.6").wait != nil)
    }

    @Test func `says how much is left, of what, and until when`() async throws {
        let uptime = TestUptime()
        var policy = ServingPolicy()
        policy.uptime = { uptime.now }
        policy.rateLimits = RateLimits([.api: .init(perMinute: 60, burst: 3), .login: .init(perMinute: 10, countsFailures: true)])
        let client = TestClient(sampleRouter(policy: policy))
        let first = try await client.get("/api/cards")
        #expect(first.headers["RateLimit-Policy"] == "\"api\";q=3;w=3")
        #expect(first.headers["RateLimit"] == "\"api\";r=2;t=1")
        _ = try await client.get("/api/cards")
        _ = try await client.get("/api/cards")
        let refused = try await client.get("/api/cards")
        #expect(refused.status == 429 && refused.headers["Retry-After"] == "1")
        #expect(refused.headers["RateLimit"] == "\"api\";r=0;t=3")
        uptime.advance(by: .seconds(2))
        #expect(try await client.get("/api/cards").headers["RateLimit"] == "\"api\";r=1;t=2")
        // Nothing is limited where nothing is said.
        policy.rateLimits = nil
        #expect(try await TestClient(sampleRouter(policy: policy)).get("/api/cards").headers["RateLimit"] == nil)
    }

    @Test func `a store that several processes share counts for all of them, and one that is down lets calls pass`() async throws {
        var policy = ServingPolicy()
        policy.rateLimits = RateLimits([.api: .init(perMinute: 2)])
        policy.rateLimitStore = SharedStore()
        let processes = [TestClient(sampleRouter(policy: policy)), TestClient(sampleRouter(policy: policy))]
        #expect(try await processes[0].get("/api/cards").status == 200)
        #expect(try await processes[1].get("/api/cards").status == 200)
        #expect(try await processes[0].get("/api/cards").status == 429)
        policy.rateLimitStore = SharedStore(isDown: true)
        let alone = TestClient(sampleRouter(policy: policy))
        for _ in 0..<5 { #expect(try await alone.get("/api/cards").status == 200) }
    }
}

/// Counts by names, as a server of keys and values would.
private final class SharedStore: RateLimitStore {
    private struct Down: Error {}
    private let isDown: Bool
    private let counts = Mutex<[String: Int]>([:])

    init(isDown: Bool = false) { self.isDown = isDown }

    func take(_ key: RateLimitKey, of allowance: RateLimits.Allowance) async throws -> RateLimitOutcome {
        guard !isDown else { throw Down() }
        let count = counts.withLock { counts in
            counts[key.text, default: 0] += 1
            return counts[key.text] ?? 0
        }
        let isOver = count > allowance.burst
        return RateLimitOutcome(
            remaining: max(0, allowance.burst - count), reset: .seconds(60), wait: isOver ? .seconds(60) : nil)
    }

    func giveBack(_ key: RateLimitKey, of allowance: RateLimits.Allowance) async throws {
        counts.withLock { $0[key.text, default: 1] -= 1 }
    }
}
