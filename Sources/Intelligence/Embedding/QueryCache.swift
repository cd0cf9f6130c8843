import Synchronization

/// The vectors of the texts that were asked last: a search is often followed by the same query in another mode, or its next page.
final class QueryCache: Sendable {
    private struct State {
        var entries: [String: (vector: [Float], used: UInt64)] = [:]
        var clock: UInt64 = 0
    }

    private static let longestText = 2048
    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        precondition(capacity > 0, "a cache holds something")
        self.capacity = capacity
    }

    func vector(for text: String) -> [Float]? {
        state.withLock { state in
            guard let found = state.entries[text]?.vector else { return nil }
            state.clock += 1
            state.entries[text]?.used = state.clock
            return found
        }
    }

    func insert(_ vector: [Float], for text: String) {
        guard text.utf8.count <= Self.longestText else { return }
        state.withLock { state in
            if state.entries.count >= capacity, state.entries[text] == nil {
                // A scan of some hundred entries is nothing beside the milliseconds that the vector took.
                if let oldest = state.entries.min(by: { $0.value.used < $1.value.used }) { state.entries[oldest.key] = nil }
            }
            state.clock += 1
            state.entries[text] = (vector, state.clock)
        }
    }
}
