import FoundationEssentials
import SeededTesting
import Testing
import Vectors

/// What every `VectorIndex` does, written once. An adapter's test makes an empty index of `dimensions` and calls `check`.
struct VectorIndexConformance {
    static let dimensions = 48
    let make: () async throws -> any VectorIndex

    func check() async throws {
        try await findsTheNearest()
        try await scoresByTheBestWindow()
        try await keepsOwnersApart()
        try await searchesTheGroupsAskedFor()
        try await replacesAnEntryWithTheSameID()
        try await removesAGroup()
        try await removesAnOwner()
        try await refusesWhatDoesNotFit()
        try await agreesWithBruteForce()
    }

    // MARK: - Requirements

    private func findsTheNearest() async throws {
        let index = try await make()
        let owner = UUID()
        #expect(try await index.search(axis(0), owner: owner, groups: nil, limit: 5).isEmpty)
        let entries = (0..<10).map { VectorEntry(id: UUID(), group: UUID(), owner: owner, vectors: [axis($0)]) }
        try await index.insert(entries)
        #expect(index.count == 10)
        let hits = try await index.search(axis(4), owner: owner, groups: nil, limit: 3)
        #expect(hits.count == 3 && hits[0].id == entries[4].id && hits[0].group == entries[4].group)
        #expect(abs(hits[0].score - 1) < 1e-5 && abs(hits[1].score) < 1e-5)
        // Equal scores are ordered by id.
        #expect(hits[1...].map(\.id) == entries.filter { $0.id != entries[4].id }.map(\.id).sorted().prefix(2).map { $0 })
        #expect(try await index.search(axis(4), owner: owner, groups: nil, limit: 0).isEmpty)
        #expect(try await index.search(axis(4), owner: owner, groups: nil, limit: 1000).count == 10)
    }

    private func scoresByTheBestWindow() async throws {
        let index = try await make()
        let owner = UUID()
        let long = VectorEntry(id: UUID(), group: UUID(), owner: owner, vectors: [axis(1), axis(2), axis(3)])
        let short = VectorEntry(id: UUID(), group: UUID(), owner: owner, vectors: [mixed(3, 4)])
        try await index.insert([long, short])
        let hits = try await index.search(axis(3), owner: owner, groups: nil, limit: 10)
        #expect(hits.map(\.id) == [long.id, short.id])
        #expect(abs(hits[0].score - 1) < 1e-5)
    }

    private func keepsOwnersApart() async throws {
        let index = try await make()
        let (mine, other) = (UUID(), UUID())
        let id = UUID()
        try await index.insert([
            VectorEntry(id: id, group: UUID(), owner: mine, vectors: [axis(0)]),
            VectorEntry(id: id, group: UUID(), owner: other, vectors: [axis(1)]),
        ])
        #expect(try await index.search(axis(1), owner: mine, groups: nil, limit: 10).map(\.score).allSatisfy { $0 < 0.5 })
        #expect(try await index.search(axis(1), owner: UUID(), groups: nil, limit: 10).isEmpty)
        #expect(index.count == 2)
    }

    private func searchesTheGroupsAskedFor() async throws {
        let index = try await make()
        let owner = UUID()
        let entries = (0..<6).map { VectorEntry(id: UUID(), group: UUID(), owner: owner, vectors: [mixed(0, $0 + 1)]) }
        try await index.insert(entries)
        let wanted: Set = [entries[2].group, entries[5].group, UUID()]
        let hits = try await index.search(axis(0), owner: owner, groups: wanted, limit: 10)
        #expect(Set(hits.map(\.id)) == [entries[2].id, entries[5].id])
        #expect(try await index.search(axis(0), owner: owner, groups: [], limit: 10).isEmpty)
    }

    private func replacesAnEntryWithTheSameID() async throws {
        let index = try await make()
        let (owner, id, group) = (UUID(), UUID(), UUID())
        try await index.insert([VectorEntry(id: id, group: UUID(), owner: owner, vectors: [axis(0), axis(1)])])
        try await index.insert([VectorEntry(id: id, group: group, owner: owner, vectors: [axis(2)])])
        #expect(index.count == 1)
        let hits = try await index.search(axis(0), owner: owner, groups: nil, limit: 10)
        #expect(hits.count == 1 && hits[0].group == group && abs(hits[0].score) < 1e-5)
        // Of entries alike in one call the last counts.
        try await index.insert([
            VectorEntry(id: id, group: group, owner: owner, vectors: [axis(3)]),
            VectorEntry(id: id, group: group, owner: owner, vectors: [axis(4)]),
        ])
        #expect(index.count == 1)
        #expect(abs(try await index.search(axis(4), owner: owner, groups: nil, limit: 1)[0].score - 1) < 1e-5)
    }

    private func removesAGroup() async throws {
        let index = try await make()
        let (owner, group) = (UUID(), UUID())
        try await index.insert((0..<5).map { VectorEntry(id: UUID(), group: group, owner: owner, vectors: [axis($0)]) })
        let kept = VectorEntry(id: UUID(), group: UUID(), owner: owner, vectors: [axis(0)])
        try await index.insert([kept])
        try await index.remove(group: group)
        try await index.remove(group: UUID())
        #expect(index.count == 1)
        #expect(try await index.search(axis(0), owner: owner, groups: nil, limit: 10).map(\.id) == [kept.id])
        // What was removed can come back.
        try await index.insert([VectorEntry(id: UUID(), group: group, owner: owner, vectors: [axis(7)])])
        #expect(index.count == 2)
    }

    private func removesAnOwner() async throws {
        let index = try await make()
        let (gone, stays) = (UUID(), UUID())
        for owner in [gone, stays] {
            try await index.insert([
                VectorEntry(id: UUID(), group: UUID(), owner: owner, vectors: [axis(0)]),
                VectorEntry(id: UUID(), group: UUID(), owner: owner, vectors: [axis(1)]),
            ])
        }
        try await index.remove(owner: gone)
        try await index.remove(owner: UUID())
        #expect(index.count == 2)
        #expect(try await index.search(axis(0), owner: gone, groups: nil, limit: 10).isEmpty)
        #expect(try await index.search(axis(0), owner: stays, groups: nil, limit: 10).count == 2)
    }

    private func refusesWhatDoesNotFit() async throws {
        let index = try await make()
        let owner = UUID()
        let good = VectorEntry(id: UUID(), group: UUID(), owner: owner, vectors: [axis(0)])
        for bad in [[], [[1, 0]], [[Float](repeating: .nan, count: Self.dimensions)]] as [[[Float]]] {
            await #expect(throws: (any Error).self) {
                try await index.insert([good, VectorEntry(id: UUID(), group: UUID(), owner: owner, vectors: bad)])
            }
        }
        #expect(index.count == 0)
        await #expect(throws: (any Error).self) { try await index.search([1, 0], owner: owner, groups: nil, limit: 1) }
    }

    /// Random inserts, replacements and removals; after each, random searches against a plain list.
    private func agreesWithBruteForce() async throws {
        let index = try await make()
        var random = SeededGenerator(seed: 20_261_121)
        let owners = (0..<3).map { _ in UUID() }
        let groups = (0..<12).map { _ in UUID() }
        var all: [VectorEntry] = []
        for _ in 0..<60 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0:
                if let group = groups.randomElement(using: &random) {
                    try await index.remove(group: group)
                    all.removeAll { $0.group == group }
                }
            default:
                let entries = (0..<Int.random(in: 1...90, using: &random)).map { _ in
                    let old = Int.random(in: 0..<8, using: &random) == 0 ? all.randomElement(using: &random) : nil
                    return VectorEntry(
                        id: old?.id ?? UUID(), group: groups[Int.random(in: 0..<groups.count, using: &random)],
                        owner: old?.owner ?? owners[Int.random(in: 0..<owners.count, using: &random)],
                        vectors: (0..<Int.random(in: 1...3, using: &random)).map { _ in unit(&random) })
                }
                try await index.insert(entries)
                for entry in entries {
                    all.removeAll { $0.id == entry.id && $0.owner == entry.owner }
                    all.append(entry)
                }
            }
            #expect(index.count == all.count)
            let owner = owners[Int.random(in: 0..<owners.count, using: &random)]
            let scope = Bool.random(using: &random) ? nil : Set(groups.shuffled(using: &random).prefix(4))
            let limit = Int.random(in: 1...40, using: &random)
            let query = unit(&random)
            let visible = all.filter { $0.owner == owner && scope?.contains($0.group) != false }
            let expected = visible.map { bestScore(of: $0, query) }.sorted(by: >).prefix(limit)
            let hits = try await index.search(query, owner: owner, groups: scope, limit: limit)
            #expect(hits.count == expected.count)
            // Sums in another order differ in the last digits, and may swap near neighbours.
            for (hit, score) in zip(hits, expected) { #expect(abs(hit.score - score) < 1e-5) }
        }
    }

    // MARK: - Vectors

    private func axis(_ index: Int) -> [Float] { (0..<Self.dimensions).map { $0 == index ? 1 : 0 } }

    private func mixed(_ a: Int, _ b: Int) -> [Float] {
        (0..<Self.dimensions).map { $0 == a ? 0.8 : $0 == b ? 0.6 : 0 }
    }

    private func bestScore(of entry: VectorEntry, _ query: [Float]) -> Float {
        var best = -Float.infinity
        for vector in entry.vectors {
            var sum: Float = 0
            for index in query.indices { sum += vector[index] * query[index] }
            best = max(best, sum)
        }
        return best
    }

    private func unit(_ random: inout SeededGenerator) -> [Float] {
        let raw = (0..<Self.dimensions).map { _ in Float.random(in: -1...1, using: &random) }
        let length = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return raw.map { $0 / length }
    }
}
