import FoundationEssentials
import Vectors

/// The time of one search over many chunks of one owner.
struct SearchBenchmark {
    func run() async throws {
        let chunks = option("chunks").flatMap(Int.init) ?? 10_000
        let windows = option("windows").flatMap(Int.init) ?? 2
        let owner = UUID()
        var random = SystemRandomNumberGenerator()
        func unit() -> [Float] {
            let raw = (0..<384).map { _ in Float.random(in: -1...1, using: &random) }
            let length = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return raw.map { $0 / length }
        }
        let clock = ContinuousClock()
        var groups: [UUID: [VectorEntry]] = [:]
        var left = chunks
        while left > 0 {
            let entries = (0..<min(left, 400)).map { _ in
                VectorEntry(id: UUID(), vectors: (0..<windows).map { _ in unit() })
            }
            groups[UUID()] = entries
            left -= entries.count
        }
        let shelf = VectorShelf(
            source: try MemorySource(groups, owner: owner, dimensions: 384), dimensions: 384, capacity: .max)
        let first = try await clock.measure { _ = try await shelf.search(unit(), owner: owner, groups: nil, limit: 50) }
        var latencies: [Double] = []
        for _ in 0..<200 {
            let query = unit()
            latencies.append(
                Measure.milliseconds(
                    try await clock.measure { _ = try await shelf.search(query, owner: owner, groups: nil, limit: 50) }))
        }
        Measure.print([
            ("chunks", Double(chunks)), ("windows", Double(chunks * windows)), ("first_ms", Measure.milliseconds(first)),
            ("search_p50_ms", Measure.quantile(latencies, 0.5)), ("search_p95_ms", Measure.quantile(latencies, 0.95)),
            ("rss_mb", Measure.residentMegabytes()),
        ])
    }
}
