import FoundationEssentials
import SeededTesting
import Testing
import Vectors

@Suite(.timeLimit(.minutes(3))) struct VectorShelfTests {
    private func shelf(_ table: VectorTable, capacity: Int) -> VectorShelf {
        VectorShelf(source: table, dimensions: table.dimensions, capacity: capacity)
    }

    /// A table with some entries of each owner, in groups of 20.
    private func filled(_ owners: [UUID], entries: Int, dimensions: Int = 64, seed: UInt64 = 7) -> VectorTable {
        let table = VectorTable(dimensions: dimensions)
        var random = SeededGenerator(seed: seed)
        for owner in owners {
            for start in stride(from: 0, to: entries, by: 20) {
                let some = (start..<min(start + 20, entries)).map { _ in
                    VectorEntry(id: UUID(), vectors: [VectorSearchConformance.unit(dimensions, &random)])
                }
                table.set(UUID(), owner: owner, some)
            }
        }
        return table
    }

    @Test(arguments: [Int.max, 6000, 0]) func `It does what every vector search does, with room for all, some or none`(
        capacity: Int
    )
        async throws
    {
        try await VectorSearchConformance { shelf($0, capacity: capacity) }.check()
    }

    @Test(arguments: [1, 15, 16, 63, 64, 65, 100, 384]) func `Vectors of any length are compared whole`(dimensions: Int)
        async throws
    {
        let table = VectorTable(dimensions: dimensions)
        let (owner, id) = (UUID(), UUID())
        let vector = (0..<dimensions).map { Float($0 + 1) }
        table.set(UUID(), owner: owner, [VectorEntry(id: id, vectors: [vector])])
        let expected = vector.reduce(0) { $0 + $1 * $1 }
        let hits = try await shelf(table, capacity: .max).search(vector, owner: owner, groups: nil, limit: 1)
        #expect(hits.map(\.id) == [id] && abs(hits[0].score - expected) <= expected * 1e-6)
    }

    @Test func `Of the twenty nearest at least 99 in 100 are found`() async throws {
        let owner = UUID()
        let table = filled([owner], entries: 4000, dimensions: 384)
        let shelf = shelf(table, capacity: .max)
        let all = table.all.values.flatMap(\.entries)
        var random = SeededGenerator(seed: 11)
        var found = 0
        for _ in 0..<25 {
            let query = VectorSearchConformance.unit(384, &random)
            let scores = all.map { (id: $0.id, score: VectorSearchConformance.score(of: $0, query)) }
            let nearest = Set(scores.sorted { $0.score > $1.score }.prefix(20).map(\.id))
            let hits = try await shelf.search(query, owner: owner, groups: nil, limit: 20)
            found += hits.filter { nearest.contains($0.id) }.count
        }
        #expect(found >= 495)
    }

    @Test func `It never holds more than it may, whoever searches`() async throws {
        let owners = (0..<6).map { _ in UUID() }
        let table = filled(owners, entries: 100)
        // Room for two of the six.
        let shelf = shelf(table, capacity: 2 * 100 * (64 + 4 + 18) + 500)
        for round in 0..<3 {
            for owner in owners {
                #expect(
                    try await shelf.search([1] + [Float](repeating: 0, count: 63), owner: owner, groups: nil, limit: 500).count
                        == 100)
                #expect(await shelf.heldBytes <= 2 * 100 * (64 + 4 + 18) + 500)
                if round > 0 { #expect(await shelf.heldEntries == 200) }
            }
        }
    }

    @Test func `Who searches again finds what is held, and nothing is read`() async throws {
        let owners = (0..<3).map { _ in UUID() }
        let table = filled(owners, entries: 100)
        let shelf = shelf(table, capacity: 2 * 100 * (64 + 4 + 18) + 500)
        let query = [Float(1)] + [Float](repeating: 0, count: 63)
        func search(_ number: Int) async throws -> Int {
            let before = table.blocksRead
            _ = try await shelf.search(query, owner: owners[number], groups: nil, limit: 5)
            return table.blocksRead - before
        }
        #expect(try await [search(0) > 0, search(1) > 0, search(0) == 0, search(1) == 0] == [true, true, true, true])
        // The third takes the place of the first, who searched longest ago.
        #expect(try await [search(2) > 0, search(1) == 0, search(0) > 0] == [true, true, true])
    }

    @Test func `One who has more than there is room for finds all of it, part by part`() async throws {
        let owner = UUID()
        let table = filled([owner], entries: 600)
        let capacity = 150 * (64 + 4 + 18)
        let (small, large) = (shelf(table, capacity: capacity), shelf(table, capacity: .max))
        var random = SeededGenerator(seed: 3)
        for _ in 0..<5 {
            let query = VectorSearchConformance.unit(64, &random)
            let some = try await small.search(query, owner: owner, groups: nil, limit: 30)
            #expect(try await some == large.search(query, owner: owner, groups: nil, limit: 30))
            let held = await small.heldBytes
            #expect(held <= capacity && held > capacity / 2)
        }
    }

    @Test func `Searches of many owners go on side by side`() async throws {
        let owners = (0..<8).map { _ in UUID() }
        let table = filled(owners, entries: 60)
        let shelf = shelf(table, capacity: 3 * 60 * (64 + 4 + 18))
        let query = [Float(1)] + [Float](repeating: 0, count: 63)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<200 {
                group.addTask { try await shelf.search(query, owner: owners[number % 8], groups: nil, limit: 100).count }
            }
            for try await count in group { #expect(count == 60) }
        }
        #expect(await shelf.heldBytes <= 3 * 60 * (64 + 4 + 18))
    }

    @Test func `Vectors that do not fit are refused, and damaged bytes too`() async throws {
        let group = UUID()
        for bad in [[], [[1, 0]], [[Float](repeating: .nan, count: 4)]] as [[[Float]]] {
            #expect(throws: VectorFailure.self) {
                try VectorBlock(group: group, entries: [VectorEntry(id: UUID(), vectors: bad)], dimensions: 4)
            }
        }
        let block = try VectorBlock(
            group: group, entries: [VectorEntry(id: UUID(), vectors: [[1, 0, 0, 0], [0, 1, 0, 0]])], dimensions: 4)
        let again = try VectorBlock(group: group, bytes: block.bytes, dimensions: 4)
        #expect(again.entryCount == 1 && again.rowCount == 2)
        for bytes in [[], Array(block.bytes.dropLast()), block.bytes + [0], [UInt8](repeating: 255, count: 40)] {
            #expect(throws: VectorFailure.self) { try VectorBlock(group: group, bytes: bytes, dimensions: 4) }
        }
        #expect(throws: VectorFailure.self) { try VectorBlock(group: group, bytes: block.bytes, dimensions: 8) }
    }
}
