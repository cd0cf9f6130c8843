import Ambient
import Database
import FoundationEssentials
import Library
import Passages
import Vectors

/// How long a search by meaning takes where many people have vectors, and memory for few: anyone may search next.
struct VectorGrowth {
    private static let dimensions = 384
    private static let documentSize = 500
    private static let searches = 400

    let users: Int
    let passages: Int
    let megabytes: Int

    func run(on database: any Database) async throws {
        try await Owner.migrate(database)
        var chance = Chance(5)
        var owners: [UserID] = []
        for _ in 0..<users {
            let owner = try await database.transaction(as: .system) { try await Owner.make(in: $0) }
            for _ in 0..<(passages / Self.documentSize) {
                let vectors = (0..<Self.documentSize).map { _ in unit(&chance) }
                try await database.transaction(as: .system) { transaction in
                    let (document, chunks) = try await Owner.document(
                        chunks: Self.documentSize, of: owner, model: "bench", in: transaction)
                    for start in stride(from: 0, to: chunks.count, by: 100) {
                        let some = (start..<min(start + 100, chunks.count)).map { (chunk: chunks[$0], windows: [vectors[$0]]) }
                        try await VectorStore().save(some, of: document, user: owner, model: "bench", in: transaction)
                    }
                    try await VectorStore().saveParts(
                        of: document, user: owner, model: "bench", dimensions: Self.dimensions, in: transaction)
                }
            }
            owners.append(owner)
        }
        if database.dialect == .postgres { try await database.transaction(as: .system) { try await $0.execute("ANALYZE") } }
        let source = StoredVectors(database: database, model: "bench", dimensions: Self.dimensions)
        try await measure(VectorShelf(source: source, dimensions: Self.dimensions, capacity: megabytes << 20), owners.map(\.uuid))
    }

    /// Every owner has the same vectors, which are copied when they are read: the memory is as large, the reading no matter.
    func run() async throws {
        var chance = Chance(5)
        let entries = (0..<passages).map { _ in VectorEntry(id: UUID(), vectors: [unit(&chance)]) }
        let owners = (0..<users).map { _ in UUID() }
        let source = try RepeatedSource(entries, dimensions: Self.dimensions, part: 256)
        try await measure(VectorShelf(source: source, dimensions: Self.dimensions, capacity: megabytes << 20), owners)
    }

    private func measure(_ shelf: VectorShelf, _ owners: [UUID]) async throws {
        var chance = Chance(7)
        let clock = ContinuousClock()
        let before = Figures.residentMegabytes()
        var (times, again): ([Double], [Double]) = ([], [])
        for _ in 0..<max(Self.searches, owners.count) {
            guard let owner = owners.randomElement(using: &chance) else { return }
            for isAgain in [false, true] {
                let query = unit(&chance)
                let time = Figures.milliseconds(
                    try await clock.measure { _ = try await shelf.search(query, owner: owner, groups: nil, limit: 20) })
                if isAgain { again.append(time) } else { times.append(time) }
            }
        }
        Figures.print([
            "users": Double(owners.count), "passages": Double(passages), "limit_mb": Double(megabytes),
            "held_mb": Double(await shelf.heldBytes) / Double(1 << 20), "rss_mb": Figures.residentMegabytes(),
            "rss_before_mb": before,
            "p50_ms": Figures.quantile(times, 0.5), "p95_ms": Figures.quantile(times, 0.95),
            "again_p50_ms": Figures.quantile(again, 0.5), "again_p95_ms": Figures.quantile(again, 0.95),
        ])
    }

    private func unit(_ chance: inout Chance) -> [Float] {
        let raw = (0..<Self.dimensions).map { _ in Float.random(in: -1...1, using: &chance) }
        let length = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return raw.map { $0 / length }
    }
}

/// The same vectors for whoever asks.
private struct RepeatedSource: VectorSource {
    private let group = UUID()
    private let blocks: [VectorBlock]
    private let entries: [UUID: VectorEntry]
    private let dimensions: Int

    init(_ entries: [VectorEntry], dimensions: Int, part: Int) throws {
        self.dimensions = dimensions
        self.entries = Dictionary(uniqueKeysWithValues: entries.map { ($0.id, $0) })
        let group = group
        blocks = try stride(from: 0, to: entries.count, by: part).map {
            try VectorBlock(group: group, entries: Array(entries[$0..<min($0 + part, entries.count)]), dimensions: dimensions)
        }
    }

    func groups(of owner: UUID) async throws -> [UUID: VectorGroup] {
        [group: VectorGroup(revision: 1, size: blocks.reduce(0) { $0 + $1.bytes.count })]
    }

    func read(_ groups: [UUID], owner: UUID, _ body: @Sendable (VectorBlock) async throws -> Void) async throws {
        for block in blocks {
            let copy = block.bytes.withUnsafeBytes { Array($0) }
            try await body(VectorBlock(group: group, bytes: copy, dimensions: dimensions))
        }
    }

    func exact(_ ids: [UUID], owner: UUID) async throws -> [VectorEntry] { ids.compactMap { entries[$0] } }
}
