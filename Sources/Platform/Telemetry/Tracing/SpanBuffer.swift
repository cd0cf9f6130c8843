import Synchronization

/// Where finished spans wait for whoever exports them. It holds so many and no more: what comes when it is full is dropped and counted, so
/// that no request ever waits for a collector.
package final class SpanBuffer: Sendable {
    private struct State {
        var spans: [FinishedSpan] = []
        var dropped = 0
        var exported = 0
        var failed = 0
    }

    private let capacity: Int
    private let state: Mutex<State>

    package init(capacity: Int = 8192, metrics: Metrics) {
        self.capacity = capacity
        state = Mutex(State())
        metrics.onCollect { [weak self] in self?.report(to: $0) }
    }

    func add(_ span: FinishedSpan) {
        state.withLock { state in
            if state.spans.count < capacity { state.spans.append(span) } else { state.dropped += 1 }
        }
    }

    /// The oldest spans, which are then the caller's.
    package func take(upTo count: Int) -> [FinishedSpan] {
        state.withLock { state in
            let taken = Array(state.spans.prefix(count))
            state.spans.removeFirst(taken.count)
            return taken
        }
    }

    /// Counts what the collector took.
    package func exported(_ count: Int) { state.withLock { $0.exported += count } }

    /// Counts what it did not take, and what is lost with that.
    package func failed(_ count: Int) { state.withLock { $0.failed += count } }

    private func report(to metrics: Metrics) {
        let counted = state.withLock { state in
            defer { (state.dropped, state.exported, state.failed) = (0, 0, 0) }
            return state
        }
        let help = "Spans that were not exported."
        metrics.increment("otlp_spans_dropped_total", [("reason", "queue_full")], by: Double(counted.dropped), help: help)
        metrics.increment("otlp_spans_dropped_total", [("reason", "export_failed")], by: Double(counted.failed), help: help)
        metrics.increment("otlp_spans_exported_total", by: Double(counted.exported), help: "Spans that the collector took.")
    }
}
