import FoundationEssentials
package import HTTPClient
import HTTPMessages
package import Lifecycle
package import Telemetry

/// Takes finished spans to a collector by OTLP over HTTP, in batches, as JSON. What the collector does not take is lost and counted: it is
/// never kept at the expense of who is served.
package struct TraceExporter: Service {
    package let name = "traces"
    private let buffer: SpanBuffer
    private let url: String
    private let headers: [String: String]
    private let client: HTTPClient
    private let resource: [(name: String, value: String)]
    private let batch: Int
    private let interval: Duration
    private let logger: Logger

    /// - Parameters:
    ///   - url: that spans are posted to, `…/v1/traces`.
    ///   - resource: what is said of this process with every batch.
    ///   - interval: how long spans wait at most.
    package init(
        _ buffer: SpanBuffer, url: String, headers: [String: String] = [:], client: HTTPClient,
        resource: [(name: String, value: String)], batch: Int = 512, interval: Duration = .seconds(1), logger: Logger = .silent
    ) {
        (self.buffer, self.url, self.headers, self.client) = (buffer, url, headers, client)
        (self.resource, self.batch, self.interval) = (resource, batch, interval)
        self.logger = logger.labelled("traces")
    }

    package func run(until shutdown: ShutdownSignal) async throws {
        var isFailing = false
        while !shutdown.isTriggered, !Task.isCancelled {
            await shutdown.wait(atMost: interval)
            isFailing = await flush(isFailing)
        }
        // What is in hand when the program stops ends a moment later.
        try? await Task.sleep(for: .milliseconds(300))
        _ = await flush(isFailing)
    }

    /// Sends all that waits. Returns whether the collector does not take it, which one line says until it works again.
    private func flush(_ wasFailing: Bool) async -> Bool {
        var isFailing = wasFailing
        while true {
            let spans = buffer.take(upTo: batch)
            if spans.isEmpty { return isFailing }
            do {
                try await send(spans)
                buffer.exported(spans.count)
                isFailing = false
            } catch {
                buffer.failed(spans.count)
                if !isFailing { logger.failure("traces cannot be exported", error) }
                isFailing = true
            }
        }
    }

    package func send(_ spans: [FinishedSpan]) async throws {
        let body = try JSONEncoder().encode(OTLPDocument(spans, resource: resource))
        var request = ClientRequest(.post, url, headers: ["Content-Type": "application/json"], body: .bytes(Array(body)))
        for (name, value) in headers { request.headers[name] = value }
        // A span has its id; a collector that gets it twice knows it.
        request.isIdempotent = true
        _ = try await client.send(request).successful().body.collect(upTo: 64 << 10)
    }
}
