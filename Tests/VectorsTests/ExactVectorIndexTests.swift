import FoundationEssentials
import SeededTesting
import Testing
import Vectors

@Suite(.timeLimit(.minutes(3))) struct ExactVectorIndexTests {
    @Test func `It does what every vector index does`() async throws {
        try await VectorIndexConformance { ExactVectorIndex(dimensions: VectorIndexConformance.dimensions) }.check()
    }

    @Test(arguments: [1, 15, 16, 63, 64, 65, 100, 384]) func `Vectors of any length are compared whole`(dimensions: Int)
        async throws
    {
        let index = ExactVectorIndex(dimensions: dimensions)
        let (owner, id) = (UUID(), UUID())
        let vector = (0..<dimensions).map { Float($0 + 1) }
        try await index.insert([VectorEntry(id: id, group: UUID(), owner: owner, vectors: [vector])])
        let expected = vector.reduce(0) { $0 + $1 * $1 }
        let hits = try await index.search(vector, owner: owner, groups: nil, limit: 1)
        #expect(abs(hits[0].score - expected) <= expected * 1e-6)
    }

    @Test func `Searches go on while others insert and remove`() async throws {
        let index = ExactVectorIndex(dimensions: 64)
        let owner = UUID()
        let fixed = VectorEntry(id: UUID(), group: UUID(), owner: owner, vectors: [[1] + [Float](repeating: 0, count: 63)])
        try await index.insert([fixed])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seed in 0..<4 {
                group.addTask {
                    var random = SeededGenerator(seed: UInt64(seed))
                    for _ in 0..<40 {
                        let document = UUID()
                        let entries = (0..<50).map { _ in
                            let vector = [Float(0)] + (0..<63).map { _ in Float.random(in: -0.1...0.1, using: &random) }
                            return VectorEntry(id: UUID(), group: document, owner: owner, vectors: [vector])
                        }
                        try await index.insert(entries)
                        let hits = try await index.search(fixed.vectors[0], owner: owner, groups: nil, limit: 3)
                        #expect(hits.first?.id == fixed.id && hits.count == 3)
                        if Bool.random(using: &random) { try await index.remove(group: document) }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(index.count % 50 == 1)
    }
}
