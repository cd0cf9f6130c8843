import Assembly
import HTTPClient
import Lifecycle
import OTLPTraces
import Telemetry

/// What begins traces in this process, and what takes them to a collector where there is one.
struct Tracing: Sendable {
    let tracer: Tracer
    let services: [any Service]

    init(_ configuration: TracingConfiguration, services: Set<ServiceName>, metrics: Metrics, logger: Logger) throws {
        guard let url = configuration.url else {
            (tracer, self.services) = (.silent, [])
            return
        }
        let buffer = SpanBuffer(metrics: metrics)
        tracer = Tracer(buffer: buffer, ratio: configuration.ratio)
        let client = try HTTPClient(
            HTTPClientConfiguration(
                timeouts: ClientTimeouts(connect: .seconds(3), total: .seconds(10), idle: .seconds(10)), purpose: "collector"),
            logger: logger)
        self.services = [
            TraceExporter(
                buffer, url: url, headers: configuration.headers, client: client,
                resource: [
                    ("service.name", configuration.serviceName), ("service.version", Version.number),
                    ("lm.services", services.map(\.rawValue).sorted().joined(separator: ",")),
                ], logger: logger)
        ]
    }
}
