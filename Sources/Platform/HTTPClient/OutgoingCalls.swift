import Synchronization
package import Telemetry

/// How the breaker of a server stands, from well to worst.
package enum BreakerState: String, Sendable, Comparable, CaseIterable {
    case closed
    case halfOpen = "half_open"
    case open

    init(_ state: CircuitBreaker.State, at now: ContinuousClock.Instant) {
        self =
            switch state {
            case .closed: .closed
            case .halfOpen: .halfOpen
            // The pause is over: the next question tries.
            case .open(let until): now >= until ? .halfOpen : .open
            }
    }

    private var rank: Int {
        switch self {
        case .closed: 0
        case .halfOpen: 1
        case .open: 2
        }
    }

    package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}

/// The clients of this process. They are made wherever something is asked, and looked at together: by metrics and by `/ready`.
package final class OutgoingCalls: Sendable {
    package static let shared = OutgoingCalls()

    private struct Entry {
        weak var client: HTTPClient?
    }

    private let clients = Mutex<[Entry]>([])

    func add(_ client: HTTPClient) {
        clients.withLock { clients in
            clients.removeAll { $0.client == nil }
            clients.append(Entry(client: client))
        }
    }

    private var alive: [HTTPClient] { clients.withLock { $0.compactMap(\.client) } }

    /// By what is asked; the worst where several clients ask for the same.
    package var breakers: [String: BreakerState] {
        alive.reduce(into: [:]) { states, client in
            guard let state = client.breakerState else { return }
            states[client.purpose] = max(states[client.purpose] ?? .closed, state)
        }
    }

    /// How long the last answer took, by what was asked.
    package var lastTook: [String: Duration] {
        alive.reduce(into: [:]) { took, client in
            let last = Duration.nanoseconds(client.meter.last.load(ordering: .relaxed))
            if last > .zero { took[client.purpose] = last }
        }
    }

    /// By OpenTelemetry's names where there are any.
    package func report(to metrics: Metrics) {
        for client in alive { client.meter.drain(into: metrics) }
        for (purpose, state) in breakers {
            for each in BreakerState.allCases {
                metrics.set(
                    "http_client_breaker_state", [("peer_service", purpose), ("state", each.rawValue)], to: each == state ? 1 : 0,
                    help: "1 for the state in which the breaker of a server stands.")
            }
        }
    }
}

/// How long what was asked through one client took.
final class OutgoingMeter: Sendable {
    /// Nanoseconds that the last answer took.
    let last = Atomic<Int64>(0)
    private let good: LatencyMeter
    private let bad: LatencyMeter

    init(purpose: String) {
        let (name, help) = ("http_client_request_duration_seconds", "Time from a question to another server to its answer's head.")
        good = LatencyMeter(name, [("outcome", "answered"), ("peer_service", purpose)], help: help)
        bad = LatencyMeter(name, [("outcome", "failed"), ("peer_service", purpose)], help: help)
    }

    func record(_ elapsed: Duration, failed: Bool) {
        last.store(Int64(elapsed / .nanoseconds(1)), ordering: .relaxed)
        (failed ? bad : good).record(elapsed)
    }

    func drain(into metrics: Metrics) {
        good.drain(into: metrics)
        bad.drain(into: metrics)
    }
}
