import Synchronization
import Telemetry

/// Counts one route's answers and their durations. Each route has its own lock; the totals go to `Metrics` when those are read.
final class RouteMeter: Sendable {
    private struct State {
        var statuses: [(status: Int, count: UInt64)] = []
        var buckets = [UInt64](repeating: 0, count: Metrics.latencyBounds.count + 1)
        var sum = 0.0
    }

    private let route: String
    private let method: String
    private let state = Mutex(State())

    init(route: String, method: String) {
        self.route = route
        self.method = method
    }

    func record(status: Int, _ elapsed: Duration) {
        let seconds = elapsed.seconds
        var bucket = 0
        for bound in Metrics.latencyBounds where seconds > bound { bucket += 1 }
        state.withLock { state in
            state.buckets[bucket] += 1
            state.sum += seconds
            if let index = state.statuses.firstIndex(where: { $0.status == status }) {
                state.statuses[index].count += 1
            } else {
                state.statuses.append((status, 1))
            }
        }
    }

    /// Hands on what was counted since the last time.
    func drain(into metrics: Metrics) {
        let counted = state.withLock { state in
            defer { state = State() }
            return state
        }
        guard !counted.statuses.isEmpty else { return }
        for (status, count) in counted.statuses {
            metrics.increment(
                "http_requests_total", [("method", method), ("route", route), ("status", "\(status)")], by: Double(count),
                help: "Requests answered.")
        }
        metrics.merge(
            "http_request_duration_seconds", [("method", method), ("route", route)], counts: counted.buckets, sum: counted.sum,
            help: "Time from a request's head to its answer's.")
    }
}
