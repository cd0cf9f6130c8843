import Synchronization
import Telemetry

/// Counts one route's answers and their durations by status. Each route has its own lock; the totals go to `Metrics` when those are read.
final class RouteMeter: Sendable {
    private struct Answers {
        let status: Int
        var buckets = [UInt64](repeating: 0, count: Metrics.latencyBounds.count + 1)
        var sum = 0.0
    }

    private let route: String
    private let method: String
    private let state = Mutex<[Answers]>([])

    init(route: String, method: String) {
        self.route = route
        self.method = method
    }

    func record(status: Int, _ elapsed: Duration) {
        let seconds = elapsed.seconds
        var bucket = 0
        for bound in Metrics.latencyBounds where seconds > bound { bucket += 1 }
        state.withLock { state in
            let index: Int
            if let known = state.firstIndex(where: { $0.status == status }) {
                index = known
            } else {
                index = state.count
                state.append(Answers(status: status))
            }
            state[index].buckets[bucket] += 1
            state[index].sum += seconds
        }
    }

    /// Hands on what was counted since the last time, by OpenTelemetry's names.
    func drain(into metrics: Metrics) {
        let counted = state.withLock { state in
            defer { state = [] }
            return state
        }
        for answers in counted {
            metrics.merge(
                "http_server_request_duration_seconds",
                [("http_request_method", method), ("http_route", route), ("http_response_status_code", "\(answers.status)")],
                counts: answers.buckets, sum: answers.sum, help: "Time from a request's head to its answer's.")
        }
    }
}
