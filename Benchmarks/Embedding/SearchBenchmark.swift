import FoundationEssentials
import Vectors

/// The time of one search over many chunks of one owner.
struct SearchBenchmark {
    func run() async throws {
        let chunks = option("chunks").flatMap(Int.init) ?? 10_000
        let windows = option("windows").flatMap(Int.init) ?? 2
        let index = ExactVectorIndex(dimensions: 384)
        let owner = UUID()
        var random = SystemRandomNumberGenerator()
        func unit() -> [Float] {
            let raw = (0..<384).map { _ in Float.random(in: -1...1, using: &random) }
            let length = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return raw.map { $0 / length }
        }
        let clock = ContinuousClock()
        var inserting = Duration.zero
        var left = chunks
        while left > 0 {
            let group = UUID()
            let entries = (0..<min(left, 400)).map { _ in
                VectorEntry(id: UUID(), group: group, owner: owner, vectors: (0..<windows).map { _ in unit() })
            }
            inserting += try await clock.measure { try await index.insert(entries) }
            left -= entries.count
        }
        var latencies: [Double] = []
        for _ in 0..<200 {
            let query = unit()
            latencies.append(
                Measure.milliseconds(
                    try await clock.measure { _ = try await index.search(query, owner: owner, groups: nil, limit: 50) }))
        }
        Measure.print([
            ("chunks", Double(chunks)), ("windows", Double(chunks * windows)), ("insert_ms", Measure.milliseconds(inserting)),
            ("search_p50_ms", Measure.quantile(latencies, 0.5)), ("search_p95_ms", Measure.quantile(latencies, 0.95)),
            ("rss_mb", Measure.residentMegabytes()),
        ])
    }
}
