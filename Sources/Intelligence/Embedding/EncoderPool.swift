import Synchronization

/// Runs an encoder over texts that are cut into pieces: single ones at once, many of them on threads that give way.
final class EncoderPool: Sendable {
    /// How many rows one thread computes at a time: enough to read the weights seldom, few enough to stay in the caches.
    private static let batchRows = 1024
    private static let textsPerSlice = 256

    /// The format that the linear layers compute in.
    let precision: Precision
    private let cache = QueryCache(capacity: 512)
    /// Single texts: someone is waiting.
    private let queries: EncoderLane
    /// Many texts: they yield to all else that the machine does.
    private let batches: EncoderLane

    /// - Parameters:
    ///   - workers: how many threads encode many texts.
    ///   - beginID: the piece that begins a text.
    ///   - endID: the piece that ends it.
    init(_ weights: EncoderWeights, workers: Int, beginID: Int32, endID: Int32) throws {
        precision = weights.precision
        queries = EncoderLane(name: "embed-query", threads: 1, niceness: 0) {
            try TextEncoder(weights: weights, beginID: beginID, endID: endID)
        }
        batches = EncoderLane(name: "embed-batch", threads: max(1, workers), niceness: 10) {
            try TextEncoder(weights: weights, beginID: beginID, endID: endID)
        }
        try queries.warmUp()
    }

    /// The engine, and the format to compute in.
    /// - Parameter precision: nil takes bf16 where the processor has matrix tiles (AMX), and f32 elsewhere.
    static func engine(_ precision: Precision?) throws -> (engine: MatrixEngine, precision: Precision) {
        MatrixEngine.useCallingThreadOnly()
        let engine = try MatrixEngine()
        let chosen = precision ?? (engine.hasTiles() ? .bfloat16 : .float32)
        guard engine.supports(chosen) else {
            throw EmbeddingFailure(.computation, "this processor does not compute in \(chosen.rawValue)")
        }
        return (engine, chosen)
    }

    /// The vector of one text, which may have been asked before.
    func vector(of text: String, _ pieces: @escaping @Sendable (String) -> [Int32]) async throws -> [Float] {
        if let known = cache.vector(for: text) { return known }
        let vectors = try await queries.run { try $0.encode([pieces(text)[...]]) }
        cache.insert(vectors[0], for: text)
        return vectors[0]
    }

    /// The windows that `cut` makes of each text.
    func cut(
        _ texts: [String], _ cut: @escaping @Sendable (String) -> [ArraySlice<Int32>]
    ) async throws -> [[ArraySlice<Int32>]] {
        var windows: [[ArraySlice<Int32>]] = []
        windows.reserveCapacity(texts.count)
        for slice in stride(from: 0, to: texts.count, by: Self.textsPerSlice) {
            try Task.checkCancellation()
            let some = texts[slice..<min(texts.count, slice + Self.textsPerSlice)]
            windows += await batches.compute { some.map(cut) }
        }
        return windows
    }

    /// The vectors of each text's windows.
    /// - Parameter progress: called with the number of texts that are finished; never from two threads at once, and never backwards.
    func vectors(of windows: [[ArraySlice<Int32>]], progress: (@Sendable (Int) -> Void)?) async throws -> [[[Float]]] {
        /// The text that each window belongs to.
        let owners = windows.indices.flatMap { text in windows[text].map { _ in text } }
        let open = Mutex((left: windows.map(\.count), finished: 0))
        let vectors = try await encode(windows.flatMap { $0 }) { encoded in
            open.withLock { open in
                let before = open.finished
                for window in encoded {
                    open.left[owners[window]] -= 1
                    if open.left[owners[window]] == 0 { open.finished += 1 }
                }
                // Within the lock, so that nobody hears a smaller number after a greater one.
                if open.finished > before { progress?(open.finished) }
            }
        }
        var next = vectors.makeIterator()
        return windows.map { windows in windows.compactMap { _ in next.next() } }
    }

    /// The vectors of the texts, in order; texts of like length run together.
    /// - Parameter finished: hears which texts a batch has finished, from any thread.
    private func encode(
        _ texts: [ArraySlice<Int32>], finished: @escaping @Sendable ([Int]) -> Void
    ) async throws -> [[Float]] {
        let run = BatchRun(batches: Self.batches(texts), texts: texts.count)
        let lane = batches
        try await withThrowingTaskGroup(of: Void.self) { group in
            // As many tasks as threads, each with one batch in the pool at a time, so that callers take turns.
            for _ in 0..<min(lane.threads, run.batches.count) {
                group.addTask {
                    while let batch = run.next() {
                        try Task.checkCancellation()
                        run.finish(batch, try await lane.run { encoder in try encoder.encode(batch.map { texts[$0] }) })
                        finished(batch)
                    }
                }
            }
            try await group.waitForAll()
        }
        return run.results
    }

    /// Cuts the texts, longest first, into batches of about `batchRows` rows.
    static func batches(_ texts: [ArraySlice<Int32>]) -> [[Int]] {
        var batches: [[Int]] = []
        var rows = 0
        for text in texts.indices.sorted(by: { (texts[$0].count, $1) > (texts[$1].count, $0) }) {
            let more = texts[text].count + 2
            if batches.isEmpty || rows + more > batchRows {
                batches.append([])
                rows = 0
            }
            batches[batches.count - 1].append(text)
            rows += more
        }
        return batches
    }
}
