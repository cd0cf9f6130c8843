import Embedding
import FoundationEssentials
import Glibc
import Vectors

/// Load time, latency of single queries, texts a second, memory.
struct EmbedBenchmark {
    private struct Input: Decodable {
        var queries: [String]
        var texts: [String]
    }

    private let input: Input
    private let directory: String
    private let workers: Int
    private let precision: Precision?

    init(usage: String) throws {
        guard let directory = option("model") else { fail(usage) }
        self.directory = directory
        workers = option("workers").flatMap(Int.init) ?? 2
        precision = option("precision").flatMap(Precision.init)
        input = try JSONDecoder().decode(Input.self, from: FileHandleReader.standardInput())
    }

    /// The model whose file the folder has.
    private func loadModel() throws -> any TextEmbedder {
        let model = EmbeddingModel.allCases.first { access("\(directory)/\($0.mainFile)", R_OK) == 0 } ?? .miniLM
        return try model.load(directory: directory, workers: workers, precision: precision)
    }

    func run() async throws {
        let clock = ContinuousClock()
        var embedder: (any TextEmbedder)?
        let load = try clock.measure { embedder = try loadModel() }
        guard let embedder else { return }
        let first = try await clock.measure { _ = try await embedder.embed(["which organelle makes energy"]) }
        let idle = Measure.residentMegabytes()

        var latencies: [Double] = []
        for round in 0..<5 {
            // A blank in front makes another text of it, with the same pieces: the cache does not know it.
            let blanks = String(repeating: " ", count: round)
            for query in input.queries {
                latencies.append(Measure.milliseconds(try await clock.measure { _ = try await embedder.embed([blanks + query]) }))
            }
        }
        let before = Measure.processorMilliseconds()
        let rounds = option("rounds").flatMap(Int.init) ?? 2
        var best = Double.infinity
        for _ in 0..<rounds {
            best = min(best, Measure.milliseconds(try await clock.measure { _ = try await embedder.embed(input.texts) }))
        }
        let processor = (Measure.processorMilliseconds() - before) / Double(rounds * max(1, input.texts.count))
        // One call at a time as the peer is asked, and one query while a batch runs.
        async let batch = embedder.embed(input.texts)
        var busy: [Double] = []
        for (index, query) in input.queries.enumerated() {
            busy.append(Measure.milliseconds(try await clock.measure { _ = try await embedder.embed(["busy \(index) \(query)"]) }))
        }
        _ = try await batch
        var tokens = 0
        let counting = clock.measure { for text in input.texts { tokens += embedder.countTokens(text) } }
        Measure.print([
            ("load_ms", Measure.milliseconds(load)),
            ("first_query_ms", Measure.milliseconds(first)), ("idle_rss_mb", idle),
            ("query_p50_ms", Measure.quantile(latencies, 0.5)),
            ("query_p95_ms", Measure.quantile(latencies, 0.95)), ("busy_query_p95_ms", Measure.quantile(busy, 0.95)),
            ("cpu_ms_per_text", processor), ("texts_per_s", Double(input.texts.count) / best * 1000), ("tokens", Double(tokens)),
            ("count_mtokens_per_s", Double(tokens) / Measure.milliseconds(counting) / 1000),
            ("rss_mb", Measure.residentMegabytes()),
        ])
    }

    /// For measures of quality: for each query the nearest texts by their best window, best first, `[[index, cosine], …]`, the cosines as the
    /// search reads them.
    func printRanks() async throws {
        let embedder = try loadModel()
        let (owner, group) = (UUID(), UUID())
        let ids = input.texts.map { _ in UUID() }
        let windows = try await embedder.embedWindows(input.texts, progress: nil)
        let entries = zip(ids, windows).map { VectorEntry(id: $0, vectors: $1) }
        let source = try MemorySource([group: entries], owner: owner, dimensions: embedder.dimensions)
        let index = VectorShelf(source: source, dimensions: embedder.dimensions, capacity: .max)
        let places = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        let limit = option("limit").flatMap(Int.init) ?? 100
        var ranks: [[[Double]]] = []
        for query in try await embedder.embed(input.queries) {
            let hits = try await index.search(query, owner: owner, groups: nil, limit: limit)
            ranks.append(hits.map { [Double(places[$0.id] ?? -1), embedder.scale(Double($0.score))] })
        }
        print(String(decoding: try JSONEncoder().encode(ranks), as: UTF8.self))
    }
}
