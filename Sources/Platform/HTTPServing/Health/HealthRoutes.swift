import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
package import Telemetry

/// `/health` (the process answers), `/ready` (what it needs answers), `/metrics` (for Prometheus).
package struct HealthRoutes: RouteCollection {
    private let probes: [ReadinessProbe]
    private let metrics: Metrics
    private let version: String
    private let access: OperatorAccess
    private let outgoing: @Sendable () -> [OutgoingState]

    /// - Parameters:
    ///   - access: who sees counters, and which part is down.
    ///   - outgoing: how the servers stand that are asked from here, without their addresses.
    package init(
        checks: [ReadinessCheck], metrics: Metrics, version: String, access: OperatorAccess = OperatorAccess(),
        outgoing: @escaping @Sendable () -> [OutgoingState] = { [] }
    ) {
        self.outgoing = outgoing
        self.access = access
        probes = checks.map { ReadinessProbe($0) }
        self.metrics = metrics
        self.version = version
    }

    package var routes: [Route] {
        [
            .get(
                "/health", "Whether the server answers", tag: "Server", access: .anyone, returns: Health.self, limit: .unlimited
            ) { _ in Health(status: "ok", version: version) },
            .raw(
                .get, "/ready", "Whether all that the server needs works", tag: "Server", access: .anyone, returns: Readiness.self,
                failures: [.unavailable], limit: .unlimited
            ) { try await ready($0) }.described(
                "Which parts there are is told within the operator's own network, or for the token of `LM_METRICS_TOKEN`; elsewhere "
                    + "only whether all is well."),
            .raw(
                .get, "/metrics", "Counters in the Prometheus text format", tag: "Server", access: .anyone,
                produces: ["text/plain"], failures: [.unauthenticated, .forbidden],
                limit: .unlimited
            ) { [access, metrics] call in
                try access.check(call)
                return HTTPResponse(
                    headers: ["Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store"],
                    body: .bytes(Array(metrics.rendered().utf8)))
            }.described(
                "Within the operator's own network; where `LM_METRICS_TOKEN` is set, for it as a bearer token, and only so."),
        ]
    }

    private func ready(_ call: Call) async throws -> HTTPResponse {
        var states: [String: Readiness.State] = [:]
        await withTaskGroup(of: (String, Readiness.State).self) { group in
            for probe in probes { group.addTask { (probe.check.name, Readiness.State(await probe.ask(logger: call.logger))) } }
            for await (name, state) in group { states[name] = state }
        }
        for server in outgoing() { states[server.name] = Readiness.State(server, over: states[server.name]) }
        let essential = Set(probes.filter(\.check.isEssential).map(\.check.name))
        let down = states.filter { $0.value.status != "up" && essential.contains($0.key) }
        let tells = access.seesParts(call)
        if down.isEmpty { return try .json(Readiness(status: "ready", checks: tells ? states : [:])) }
        guard tells else {
            return try .json(
                Readiness(
                    status: "unavailable", checks: [:], error: FailureCode.unavailable.rawValue, message: "Something is down.",
                    details: [:], requestID: call.id, timestamp: call.ambient.now()), status: 503)
        }
        let names = down.keys.sorted().joined(separator: ", ")
        return try .json(
            Readiness(
                status: "unavailable", checks: states, error: FailureCode.unavailable.rawValue, message: "Down: \(names).",
                details: down.mapValues { $0.message ?? "down" }, requestID: call.id, timestamp: call.ambient.now()), status: 503)
    }
}

/// How a server stands that is asked from here.
package struct OutgoingState: Sendable {
    /// What is asked of it: `model`.
    package let name: String
    package let breaker: String
    /// How long its last answer took.
    package let lastTook: Duration

    package init(name: String, breaker: String, lastTook: Duration) {
        (self.name, self.breaker, self.lastTook) = (name, breaker, lastTook)
    }
}

/// The answer of `/health`.
struct Health: APIType {
    let status: String
    let version: String
}

/// The answer of `/ready`; with 503 it has an error's fields too.
struct Readiness: APIType {
    struct State: APIType {
        let status: String
        let message: String?
        let milliseconds: Double
        /// Of a server that is asked over HTTP: `closed` lets questions through, `open` lets none, `half_open` lets one try.
        let breaker: String?

        static var schemaName: String { "ReadinessState" }

        init(_ outcome: ReadinessProbe.Outcome) {
            status = outcome.reason == nil ? "up" : "down"
            message = outcome.reason ?? outcome.remark
            milliseconds = (outcome.took.seconds * 100_000).rounded() / 100
            breaker = nil
        }

        /// - Parameter check: what a check of its own says, which counts for more than what was last seen of it.
        init(_ server: OutgoingState, over check: State?) {
            status = check?.status ?? (server.breaker == "open" ? "down" : "up")
            message = check?.message ?? (server.breaker == "open" ? "It keeps failing; it is left alone for a moment." : nil)
            milliseconds = check?.milliseconds ?? (server.lastTook.seconds * 100_000).rounded() / 100
            breaker = server.breaker
        }
    }

    let status: String
    let checks: [String: State]
    var error: String?
    var message: String?
    var details: [String: String]?
    var requestID: String?
    var timestamp: Date?

    /// The parts in the order of their names, so that two answers can be compared.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(status, forKey: .status)
        try container.encode(Ordered(values: checks), forKey: .checks)
        try container.encodeIfPresent(error, forKey: .error)
        try container.encodeIfPresent(message, forKey: .message)
        try container.encodeIfPresent(details.map { Ordered(values: $0) }, forKey: .details)
        try container.encodeIfPresent(requestID, forKey: .requestID)
        try container.encodeIfPresent(timestamp, forKey: .timestamp)
    }

    /// Values by their names, in the order of these.
    private struct Ordered<Value: Encodable>: Encodable {
        struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        let values: [String: Value]

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Name.self)
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                try container.encode(value, forKey: Name(stringValue: name))
            }
        }
    }

    enum CodingKeys: String, CodingKey {
        case status, checks, error, message, details, timestamp
        case requestID = "request_id"
    }
}
