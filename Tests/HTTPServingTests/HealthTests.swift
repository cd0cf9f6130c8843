import Failures
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Synchronization
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(3))) struct HealthTests {
    struct Down: Error {}

    func client(_ checks: [ReadinessCheck]) -> TestClient {
        TestClient(Router([HealthRoutes(checks: checks, metrics: Metrics(), version: "1.0")]))
    }

    @Test func `is alive whatever else is down`() async throws {
        let answer = try await client([ReadinessCheck("database") { throw Down() }]).get("/health")
        #expect(answer.status == 200)
        #expect(answer.text.contains(#""status":"ok""#))
    }

    @Test func `is ready when all that it needs works`() async throws {
        let answer = try await client([ReadinessCheck("database") {}, ReadinessCheck("embeddings") {}]).get("/ready")
        #expect(answer.status == 200)
        let state: JSONValue = try answer.json()
        #expect(state["status"] == "ready")
        #expect(state["checks"]?["database"]?["status"] == "up")
    }

    @Test func `names its parts in one order, whoever answers first`() async throws {
        let names = ["storage", "model", "database", "speech", "embeddings", "alerts", "sandbox"]
        let client = client(names.map { ReadinessCheck($0) {} })
        let order = try await client.get("/ready").text.matches(of: /"([a-z]+)":\{/).map { String($0.output.1) }
        #expect(order == ["checks"] + names.sorted())
    }

    @Test func `is ready without what it can do without, and says how that stands`() async throws {
        let answer = try await client([
            .aside("sandbox") { "two walls" }, .aside("printer") { throw HTTPFailure(.unavailable, "It has no paper.") },
        ]).get("/ready")
        #expect(answer.status == 200)
        let state: JSONValue = try answer.json()
        #expect(state["checks"]?["sandbox"]?["status"] == "up" && state["checks"]?["sandbox"]?["message"] == "two walls")
        #expect(state["checks"]?["printer"]?["status"] == "down" && state["checks"]?["printer"]?["message"] == "It has no paper.")
    }

    @Test func `says what is down, and does not wait for what hangs`() async throws {
        let answer = try await client([
            ReadinessCheck("database") { throw HTTPFailure(.unavailable, "It refuses connections.") },
            ReadinessCheck("queue", timeout: .milliseconds(20)) { try await Task.sleep(for: .seconds(600)) },
            ReadinessCheck("vectors") { throw Down() }, ReadinessCheck("disk") {},
        ]).get("/ready")
        #expect(answer.status == 503)
        let error = try answer.error()
        #expect(error.error == "ServiceUnavailable")
        #expect(error.message == "Down: database, queue, vectors.")
        #expect(error.details["database"] == "It refuses connections.")
        #expect(error.details["queue"]?.contains("did not answer") == true)
        #expect(error.details["disk"] == nil)
    }

    @Test func `asks a check that hangs and ignores cancellation only once`() async throws {
        let gate = AsyncStream.makeStream(of: Void.self)
        let asked = Mutex(0)
        let client = client([
            ReadinessCheck("disk", timeout: .milliseconds(10)) {
                asked.withLock { $0 += 1 }
                // Not cancelled with the one who asks.
                await Task { for await _ in gate.stream { return } }.value
            }
        ])
        for _ in 0..<3 { #expect(try await client.get("/ready").status == 503) }
        #expect(asked.withLock { $0 } == 1)
        gate.continuation.finish()
    }

    @Test func `asks again only when the last answer is no longer valid`() async throws {
        let kept = Mutex(0)
        let fresh = Mutex(0)
        let client = client([
            ReadinessCheck("model", validity: .seconds(3600)) {
                kept.withLock { $0 += 1 }
                throw Down()
            }, ReadinessCheck("database") { fresh.withLock { $0 += 1 } },
        ])
        for _ in 0..<3 { #expect(try await client.get("/ready").status == 503) }
        #expect(kept.withLock { $0 } == 1)
        #expect(fresh.withLock { $0 } == 3)
    }

    private func client(token: String? = nil, proxies: [String] = []) -> TestClient {
        var policy = ServingPolicy()
        policy.trustedProxies = TrustedProxies(proxies)
        let checks = [ReadinessCheck("database") { throw Down() }]
        return TestClient(
            Router(
                [HealthRoutes(checks: checks, metrics: Metrics(), version: "1.0", access: OperatorAccess(token: token))],
                policy: policy))
    }

    private static let outside = ["8.8.8.8", "172.32.0.1", "2001:db8::1", "::ffff:8.8.8.8", "nobody", ""]

    @Test func `counters, and which part is down, are shown within private networks`() async throws {
        let client = client()
        for address in ["127.0.0.1", "::1", "10.1.2.3", "172.17.0.1", "192.168.1.9", "fd00::7", "fe80::1", "::ffff:10.0.0.1"] {
            #expect(try await client.send(.get, "/metrics", from: address).status == 200, "\(address)")
            #expect(try await client.send(.get, "/ready", from: address).text.contains("database"), "\(address)")
        }
        for address in Self.outside {
            #expect(try await client.send(.get, "/metrics", from: address).status == 403, "\(address)")
            let ready = try await client.send(.get, "/ready", from: address)
            #expect(ready.status == 503 && !ready.text.contains("database"), "\(address)")
            #expect(try ready.error().error == "ServiceUnavailable")
            #expect(try await client.send(.get, "/health", from: address).status == 200)
        }
    }

    @Test(arguments: ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
    func `what a proxy passes on comes from outside, unless it is trusted and says from where`(_ header: String) async throws {
        let passedOn: HTTPHeaders = [header: "10.1.2.3"]
        #expect(try await client().send(.get, "/metrics", headers: passedOn).status == 403)
        let trusting = client(proxies: [TrustedProxies.loopback])
        #expect(try await trusting.send(.get, "/metrics", headers: passedOn).status == (header == "X-Forwarded-For" ? 200 : 403))
        for address in ["8.8.8.8", "10.1.2.3, 8.8.8.8"] {
            let answer = try await trusting.send(.get, "/metrics", headers: [header: address, "X-Forwarded-For": address])
            #expect(answer.status == 403)
        }
    }

    @Test func `where a token is set it opens the counters from anywhere, and nothing else does`() async throws {
        let client = client(token: "a token of sixteen".replacing(" ", with: "-"))
        let shown: HTTPHeaders = ["Authorization": "Bearer a-token-of-sixteen"]
        for address in ["127.0.0.1"] + Self.outside {
            #expect(try await client.send(.get, "/metrics", headers: shown, from: address).status == 200)
            let ready = try await client.send(.get, "/ready", headers: shown, from: address)
            #expect(ready.text.contains("database"))
            for wrong in [[:], ["Authorization": "Bearer a-token-of-seventeen"], ["Authorization": "Basic a-token-of-sixteen"]]
                as [HTTPHeaders]
            {
                let answer = try await client.send(.get, "/metrics", headers: wrong, from: address)
                #expect(answer.status == 401 && answer.headers["WWW-Authenticate"] == "Bearer")
            }
        }
    }

    @Test func `shows metrics`() async throws {
        let answer = try await client([]).get("/metrics")
        #expect(answer.status == 200)
        #expect(answer.headers["Content-Type"]?.hasPrefix("text/plain; version=0.0.4") == true)
    }
}
