import Synchronization

/// The batches of one call: who asks gets the next, and brings its vectors back.
final class BatchRun: Sendable {
    /// The texts of each batch, by index.
    let batches: [[Int]]
    private let state: Mutex<(next: Int, results: [[Float]])>

    init(batches: [[Int]], texts: Int) {
        self.batches = batches
        state = Mutex((0, [[Float]](repeating: [], count: texts)))
    }

    /// The vector of each text; empty where its batch is not finished.
    var results: [[Float]] { state.withLock { $0.results } }

    func next() -> [Int]? {
        state.withLock { state in
            guard state.next < batches.count else { return nil }
            defer { state.next += 1 }
            return batches[state.next]
        }
    }

    func finish(_ batch: [Int], _ vectors: [[Float]]) {
        state.withLock { state in
            for (text, vector) in zip(batch, vectors) { state.results[text] = vector }
        }
    }
}
