import HTTPServing
import Synchronization
import Telemetry

/// What every connection of a server shares.
final class ServerContext: Sendable {
    let configuration: HTTPServerConfiguration
    let responder: any HTTPResponder
    let logger: Logger
    let counters = ServerCounters()

    init(configuration: HTTPServerConfiguration, responder: any HTTPResponder, logger: Logger) {
        self.configuration = configuration
        self.responder = responder
        self.logger = logger
    }
}

/// Counts without a lock on the request's path; the metrics take them over when they are collected.
final class ServerCounters: Sendable {
    let open = Atomic<Int>(0)
    private let accepted = Atomic<Int>(0)
    private let requests = Atomic<Int>(0)
    private let refused = Atomic<Int>(0)

    func connectionOpened() {
        open.add(1, ordering: .relaxed)
        accepted.add(1, ordering: .relaxed)
    }

    func connectionClosed() { open.subtract(1, ordering: .relaxed) }
    func requestBegan() { requests.add(1, ordering: .relaxed) }
    func requestRefused() { refused.add(1, ordering: .relaxed) }

    func report(to metrics: Metrics) {
        metrics.set("http_connections_open", to: Double(open.load(ordering: .relaxed)), help: "Open HTTP connections.")
        report(accepted, "http_connections_accepted_total", "HTTP connections accepted.", to: metrics)
        report(requests, "http_engine_requests_total", "Requests handed to a handler.", to: metrics)
        report(refused, "http_engine_refused_total", "Requests refused before a handler: framing, limits, deadlines.", to: metrics)
    }

    private func report(_ count: borrowing Atomic<Int>, _ name: String, _ help: String, to metrics: Metrics) {
        metrics.increment(name, by: Double(count.exchange(0, ordering: .relaxed)), help: help)
    }
}
