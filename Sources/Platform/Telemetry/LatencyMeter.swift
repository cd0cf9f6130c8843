import Synchronization

/// Counts durations in a place of its own, and hands them to `Metrics` when those are read: for what happens too often to share a lock.
package final class LatencyMeter: Sendable {
    private struct State {
        var buckets = [UInt64](repeating: 0, count: Metrics.latencyBounds.count + 1)
        var sum = 0.0
        var count = 0
    }

    private let name: String
    private let labels: Metrics.Labels
    private let help: String
    private let state = Mutex(State())

    package init(_ name: String, _ labels: Metrics.Labels = [], help: String) {
        (self.name, self.labels, self.help) = (name, labels, help)
    }

    package func record(_ elapsed: Duration) {
        let (whole, attoseconds) = elapsed.components
        let seconds = Double(whole) + Double(attoseconds) * 1e-18
        var bucket = 0
        for bound in Metrics.latencyBounds where seconds > bound { bucket += 1 }
        state.withLock { state in
            state.buckets[bucket] += 1
            state.sum += seconds
            state.count += 1
        }
    }

    package func drain(into metrics: Metrics) {
        let counted = state.withLock { state in
            defer { state = State() }
            return state
        }
        guard counted.count > 0 else { return }
        metrics.merge(name, labels, counts: counted.buckets, sum: counted.sum, help: help)
    }
}
