import Synchronization

/// all-MiniLM-L6-v2, run in this process.
///
/// Source: Reimers and Gurevych, "Sentence-BERT", 2019; the model's card at
/// https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2.
package final class MiniLMEmbedder: TextEmbedder {
    package let modelName = MiniLM.name
    package let dimensions = MiniLM.size
    /// The format that the linear layers compute in.
    package let precision: Precision

    /// How many rows one thread computes at a time: enough to read the weights seldom, few enough to stay in the caches.
    private static let batchRows = 1024
    private static let textsPerSlice = 256

    private let tokenizer: WordPieceTokenizer
    private let cache = QueryCache(capacity: 512)
    /// Single texts: someone is waiting.
    private let queries: EncoderLane
    /// Many texts: they yield to all else that the machine does.
    private let batches: EncoderLane

    /// Loads the model.
    /// - Parameters:
    ///   - directory: where `model.safetensors` and `vocab.txt` are.
    ///   - workers: how many threads embed many texts.
    ///   - precision: nil takes bf16 where the processor has matrix tiles (AMX), and f32 elsewhere.
    /// - Throws: `EmbeddingFailure`.
    package init(directory: String, workers: Int, precision: Precision? = nil) throws {
        MatrixEngine.useCallingThreadOnly()
        let tokenizer = try WordPieceTokenizer(vocabulary: "\(directory)/vocab.txt")
        let engine = try MatrixEngine()
        let chosen = precision ?? (engine.hasTiles() ? .bfloat16 : .float32)
        guard engine.supports(chosen) else {
            throw EmbeddingFailure(.computation, "this processor does not compute in \(chosen.rawValue)")
        }
        let weights = try MiniLMWeights(
            path: "\(directory)/model.safetensors", vocabularySize: tokenizer.vocabularySize, engine: engine, precision: chosen)
        self.tokenizer = tokenizer
        self.precision = chosen
        queries = EncoderLane(name: "embed-query", threads: 1, niceness: 0) {
            try MiniLMEncoder(weights: weights, tokenizer: tokenizer)
        }
        batches = EncoderLane(name: "embed-batch", threads: max(1, workers), niceness: 10) {
            try MiniLMEncoder(weights: weights, tokenizer: tokenizer)
        }
        try queries.warmUp()
    }

    package func embed(_ texts: [String]) async throws -> [[Float]] {
        if texts.count == 1 { return [try await embed(query: texts[0])] }
        let pieces = try await tokenized(texts, limit: MiniLM.window)
        return try await encode(pieces.map { $0[...] }) { _ in }
    }

    package func embedWindows(_ texts: [String], progress: (@Sendable (Int) -> Void)?) async throws -> [[[Float]]] {
        let pieces = try await tokenized(texts, limit: .max)
        let windows = pieces.map { tokenizer.windows($0, limit: MiniLM.window) }
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

    package func countTokens(_ text: String) -> Int { tokenizer.count(text) }

    // MARK: - Private

    private func embed(query text: String) async throws -> [Float] {
        if let known = cache.vector(for: text) { return known }
        let tokenizer = tokenizer
        let vectors = try await queries.run { try $0.encode([tokenizer.pieces(of: text, limit: MiniLM.window)[...]]) }
        cache.insert(vectors[0], for: text)
        return vectors[0]
    }

    private func tokenized(_ texts: [String], limit: Int) async throws -> [[Int32]] {
        var pieces: [[Int32]] = []
        pieces.reserveCapacity(texts.count)
        var start = 0
        while start < texts.count {
            try Task.checkCancellation()
            let slice = texts[start..<min(texts.count, start + Self.textsPerSlice)]
            pieces += await batches.compute { [tokenizer] in slice.map { tokenizer.pieces(of: $0, limit: limit) } }
            start = slice.endIndex
        }
        return pieces
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
