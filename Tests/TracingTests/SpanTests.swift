import Ambient
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import HTTPClient
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Jobs
import Lifecycle
import OTLPTraces
import ScriptedServing
import Synchronization
import Telemetry
import Testing

extension JSONValue {
    fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }

    fileprivate subscript(_ place: Int) -> JSONValue? {
        guard case .array(let items) = self, items.indices.contains(place) else { return nil }
        return items[place]
    }
}

@Suite("Spans", .timeLimit(.minutes(2)))
struct SpanTests {
    struct Errand: Codable, Sendable {
        var url: String
    }

    @Test("A request, its event, the job that reacts and the question that this asks are one trace", arguments: Dialect.allCases)
    func chain(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: JobsMigrations.all + EventsMigrations.all) { database in
            let other = try ScriptedServer { connection, _ in connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
            let buffer = SpanBuffer(metrics: Metrics())
            let tracer = Tracer(buffer: buffer, ratio: 1)
            let client = try HTTPClient(HTTPClientConfiguration(purpose: "model"))
            let handlers = JobHandlers()
            let queue = JobQueue(database: database, handlers: handlers)
            let kind = JobKind<Errand>("test.errand")
            handlers.add(
                JobHandler(kind) { errand, _ in
                    _ = try await client.send(ClientRequest(.get, errand.url)).body.collect(upTo: 100)
                    return nil
                })
            let url = other.url + "/v1/models"
            let outbox = EventOutbox(bus: EventBus()) { _, transaction in
                try await queue.enqueue(kind, Errand(url: url), user: nil, in: transaction)
            }
            let route = Route.raw(.post, "/things", "Makes a thing", tag: "Test", access: .anyone) { _ in
                try await database.transaction(as: .system) { transaction in
                    _ = try await outbox.append(
                        EventDraft(type: "thing.made", userID: nil, payload: ["a": 1]), in: transaction)
                }
                return HTTPResponse(status: 204)
            }
            let router = Router(mounts: [RouteMount([""], [[route]])], tracer: tracer)
            let request = HTTPRequest(
                method: .post, target: "/things?q=secret", headers: ["traceparent": TraceContextTests.parent, "tracestate": "a=b"],
                remoteAddress: "198.51.100.23")
            #expect(await router.respond(to: request).status == 204)

            let worker = JobWorker(queue: queue, tracer: tracer)
            let shutdown = ShutdownSignal()
            async let running: Void = worker.run(until: shutdown)
            var spans: [FinishedSpan] = []
            let end = ContinuousClock.now + .seconds(30)
            while spans.count < 4, ContinuousClock.now < end {
                spans += buffer.take(upTo: 100)
                try await Task.sleep(for: .milliseconds(10))
            }
            shutdown.trigger()
            try await running

            let byName = Dictionary(grouping: spans, by: \.name).mapValues { $0[0] }
            let server = try #require(byName["POST /things"])
            let event = try #require(byName["event thing.made"])
            let job = try #require(byName["job test.errand"])
            let call = try #require(byName["GET"])
            #expect(spans.count == 4 && Set(spans.map(\.context.traceID.text)) == [TraceContextTests.trace])
            #expect(server.parentText == "1234567890123456" && server.kind == .server)
            #expect(event.parentID == server.context.spanID && event.kind == .producer)
            #expect(job.parentID == event.context.spanID && job.kind == .consumer)
            #expect(call.parentID == job.context.spanID && call.kind == .client)
            #expect(other.requests.first?.headers["traceparent"] == call.context.traceparent)
            #expect(other.requests.first?.headers["tracestate"] == "a=b")
            #expect(server.attributes.contains { $0.name == "client.address" && $0.value == .text("198.51.100.0") })
            #expect(!"\(spans)".contains("secret"))
            #expect(spans.allSatisfy { $0.ended >= $0.began && $0.began > 1_600_000_000_000_000_000 })
        }
    }

    @Test("No trace is told to a server that a user names")
    func foreign() async throws {
        // The guard refuses this machine; what would be sent is seen by the policy alone.
        let span = Tracer.silent.span("test", .work, parent: nil)
        let client = try HTTPClient(HTTPClientConfiguration(policy: .publicInternet))
        #expect(client.breakerState == nil)
        await #expect(throws: HTTPClientFailure.self) {
            try await span.run { _ = try await client.send(ClientRequest(.get, "http://127.0.0.1:1/")) }
        }
    }

    @Test("Who asked decides whether a trace is recorded; else the ratio does")
    func sampling() {
        let metrics = Metrics()
        let buffer = SpanBuffer(capacity: 100_000, metrics: metrics)
        let none = Tracer(buffer: buffer, ratio: 0)
        none.span("a", .server, parent: SpanContext(traceparent: TraceContextTests.unsampled)).end()
        Tracer(buffer: buffer, ratio: 1).span("b", .server, parent: SpanContext(traceparent: TraceContextTests.unsampled)).end()
        none.span("c", .server, parent: SpanContext(traceparent: TraceContextTests.parent)).end()
        none.span("d", .server, parent: nil).end()
        #expect(buffer.take(upTo: 10).map(\.name) == ["c"])
        let some = Tracer(buffer: buffer, ratio: 0.25)
        for _ in 0..<20_000 { some.span("e", .server, parent: nil).end() }
        let count = buffer.take(upTo: 100_000).count
        #expect((4_500...5_500).contains(count), "\(count) of 20,000")
    }

    @Test("A full buffer drops and counts, and so does a collector that is away")
    func bounded() async throws {
        let metrics = Metrics()
        let buffer = SpanBuffer(capacity: 10, metrics: metrics)
        let tracer = Tracer(buffer: buffer, ratio: 1)
        for _ in 0..<15 { tracer.span("a", .work, parent: nil).end() }
        #expect(metrics.rendered().contains(#"otlp_spans_dropped_total{reason="queue_full"} 5.0"#))
        let client = try HTTPClient(HTTPClientConfiguration(retry: .never))
        let exporter = TraceExporter(
            buffer, url: "http://127.0.0.1:1/v1/traces", client: client, resource: [], interval: .milliseconds(10))
        let shutdown = ShutdownSignal()
        async let running: Void = exporter.run(until: shutdown)
        let end = ContinuousClock.now + .seconds(20)
        while !metrics.rendered().contains(#"reason="export_failed"} 10.0"#), ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(20))
        }
        shutdown.trigger()
        try await running
        #expect(metrics.rendered().contains(#"otlp_spans_dropped_total{reason="export_failed"} 10.0"#))
    }

    @Test("Spans are posted as OTLP's JSON has them")
    func document() async throws {
        let collector = try ScriptedServer { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
        }
        let buffer = SpanBuffer(metrics: Metrics())
        let span = Tracer(buffer: buffer, ratio: 1).span(
            "GET /a", .server, parent: SpanContext(traceparent: TraceContextTests.parent))
        span.note([("http.response.status_code", .count(503)), ("http.route", .text("/a"))])
        span.fail("503")
        span.end()
        span.end()
        let spans = buffer.take(upTo: 10)
        #expect(spans.count == 1)
        let exporter = TraceExporter(
            buffer, url: collector.url + "/v1/traces", headers: ["x-key": "k"], client: try HTTPClient(),
            resource: [("service.name", "little-monster")])
        try await exporter.send(spans)
        let request = try #require(collector.requests.first)
        #expect(request.target == "/v1/traces" && request.headers["x-key"] == "k" && request.headers["traceparent"] == nil)
        let body = try JSONDecoder().decode(JSONValue.self, from: Data(request.body))
        let sent = try #require(body["resourceSpans"]?[0]?["scopeSpans"]?[0]?["spans"]?[0])
        #expect(sent["traceId"]?.string == TraceContextTests.trace && sent["parentSpanId"]?.string == "1234567890123456")
        #expect(sent["name"]?.string == "GET /a" && sent["status"]?["message"]?.string == "503")
        #expect(sent["attributes"]?[0]?["value"]?["intValue"]?.string == "503")
    }

    @Test("A line of the log says of which trace, request and person it is")
    func lines() async throws {
        let lines = Mutex<[String]>([])
        let logger = Logger(
            label: "jobs",
            sink: LogSink(minimum: .info, format: .json) { line in lines.withLock { $0.append(line) } },
            metadata: [Logger.serviceKey: "auth"])
        let span = Tracer.silent.span(
            "a", .server, parent: SpanContext(traceparent: TraceContextTests.parent), requestID: "r-1", clientAddress: "::1")
        let user = UserID(UUID())
        span.identify(user: user)
        await span.child("b").run { logger.info("something happened", ["duration_ms": "12.5", "status": "200"]) }
        let line = try #require(lines.withLock { $0.first })
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(line.utf8))
        #expect(value["trace_id"]?.string == TraceContextTests.trace && value["span_id"]?.string?.count == 16)
        #expect(value["request_id"]?.string == "r-1" && value["user_id"]?.string == user.description)
        #expect(value["service"]?.string == "auth" && value["component"]?.string == "jobs" && value["level"]?.string == "INFO")
        #expect(line.contains(#""duration_ms":12.5"#) && line.contains(#""status":200"#))
    }
}
