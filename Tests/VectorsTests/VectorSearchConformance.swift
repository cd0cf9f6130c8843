import FoundationEssentials
import SeededTesting
import Testing
import Vectors

/// What every `VectorSearch` does, written once. An adapter's test makes one over the table that it is given and calls `check`.
struct VectorSearchConformance {
    static let dimensions = 48
    let make: (VectorTable) async throws -> any VectorSearch

    func check() async throws {
        try await findsTheNearest()
        try await scoresByTheBestWindow()
        try await keepsOwnersApart()
        try await searchesTheGroupsAskedFor()
        try await seesWhatChanged()
        try await agreesWithBruteForce()
    }

    private func table() async throws -> (VectorTable, any VectorSearch) {
        let table = VectorTable(dimensions: Self.dimensions)
        return (table, try await make(table))
    }

    private func findsTheNearest() async throws {
        let (table, search) = try await table()
        let owner = UUID()
        #expect(try await search.search(axis(0), owner: owner, groups: nil, limit: 5).isEmpty)
        let entries = (0..<10).map { VectorEntry(id: UUID(), vectors: [axis($0)]) }
        for entry in entries { table.set(UUID(), owner: owner, [entry]) }
        let hits = try await search.search(axis(4), owner: owner, groups: nil, limit: 3)
        #expect(hits.count == 3 && hits[0].id == entries[4].id)
        #expect(abs(hits[0].score - 1) < 1e-5 && abs(hits[1].score) < 1e-5)
        // Equal scores are ordered by id.
        #expect(hits[1...].map(\.id) == entries.filter { $0.id != entries[4].id }.map(\.id).sorted().prefix(2).map { $0 })
        #expect(try await search.search(axis(4), owner: owner, groups: nil, limit: 0).isEmpty)
        #expect(try await search.search(axis(4), owner: owner, groups: nil, limit: 1000).count == 10)
        await #expect(throws: VectorFailure.self) { try await search.search([1, 0], owner: owner, groups: nil, limit: 1) }
    }

    private func scoresByTheBestWindow() async throws {
        let (table, search) = try await table()
        let owner = UUID()
        let long = VectorEntry(id: UUID(), vectors: [axis(1), axis(2), axis(3)])
        let short = VectorEntry(id: UUID(), vectors: [mixed(3, 4)])
        table.set(UUID(), owner: owner, [long, short])
        let hits = try await search.search(axis(3), owner: owner, groups: nil, limit: 10)
        #expect(hits.map(\.id) == [long.id, short.id])
        #expect(abs(hits[0].score - 1) < 1e-5)
    }

    private func keepsOwnersApart() async throws {
        let (table, search) = try await table()
        let (mine, other) = (UUID(), UUID())
        table.set(UUID(), owner: mine, [VectorEntry(id: UUID(), vectors: [axis(0)])])
        table.set(UUID(), owner: other, [VectorEntry(id: UUID(), vectors: [axis(1)])])
        #expect(try await search.search(axis(1), owner: mine, groups: nil, limit: 10).map(\.score).allSatisfy { $0 < 0.5 })
        #expect(try await search.search(axis(1), owner: UUID(), groups: nil, limit: 10).isEmpty)
    }

    private func searchesTheGroupsAskedFor() async throws {
        let (table, search) = try await table()
        let owner = UUID()
        let groups = (0..<6).map { _ in UUID() }
        let entries = (0..<6).map { VectorEntry(id: UUID(), vectors: [mixed(0, $0 + 1)]) }
        for (group, entry) in zip(groups, entries) { table.set(group, owner: owner, [entry]) }
        let hits = try await search.search(axis(0), owner: owner, groups: [groups[2], groups[5], UUID()], limit: 10)
        #expect(Set(hits.map(\.id)) == [entries[2].id, entries[5].id])
        #expect(try await search.search(axis(0), owner: owner, groups: [], limit: 10).isEmpty)
        #expect(try await search.search(axis(0), owner: owner, groups: nil, limit: 10).count == 6)
    }

    private func seesWhatChanged() async throws {
        let (table, search) = try await table()
        let (owner, group, other) = (UUID(), UUID(), UUID())
        let kept = VectorEntry(id: UUID(), vectors: [axis(9)])
        table.set(other, owner: owner, [kept])
        table.set(group, owner: owner, (0..<5).map { VectorEntry(id: UUID(), vectors: [axis($0)]) })
        #expect(try await search.search(axis(0), owner: owner, groups: nil, limit: 10).count == 6)
        let new = VectorEntry(id: UUID(), vectors: [axis(0)])
        table.set(group, owner: owner, [new])
        #expect(try await search.search(axis(0), owner: owner, groups: nil, limit: 10).map(\.id) == [new.id, kept.id])
        table.remove(group)
        try await search.drop(group: group, owner: owner)
        try await search.drop(group: UUID(), owner: UUID())
        #expect(try await search.search(axis(0), owner: owner, groups: nil, limit: 10).map(\.id) == [kept.id])
    }

    /// Random changes; after each, random searches against a plain list.
    private func agreesWithBruteForce() async throws {
        let (table, search) = try await table()
        var random = SeededGenerator(seed: 20_261_121)
        let owners = (0..<3).map { _ in UUID() }
        let groups = (0..<12).map { _ in UUID() }
        for _ in 0..<60 {
            let group = groups[Int.random(in: 0..<groups.count, using: &random)]
            if Int.random(in: 0..<10, using: &random) == 0 {
                table.remove(group)
            } else {
                let owner = table.all[group]?.owner ?? owners[Int.random(in: 0..<owners.count, using: &random)]
                let entries = (0..<Int.random(in: 1...90, using: &random)).map { _ in
                    VectorEntry(
                        id: UUID(),
                        vectors: (0..<Int.random(in: 1...3, using: &random)).map { _ in Self.unit(Self.dimensions, &random) })
                }
                table.set(group, owner: owner, entries)
            }
            let owner = owners[Int.random(in: 0..<owners.count, using: &random)]
            let scope = Bool.random(using: &random) ? nil : Set(groups.shuffled(using: &random).prefix(4))
            let limit = Int.random(in: 1...40, using: &random)
            let query = Self.unit(Self.dimensions, &random)
            let visible = table.all.filter { $0.value.owner == owner && scope?.contains($0.key) != false }.flatMap(\.value.entries)
            let expected = visible.map { Self.score(of: $0, query) }.sorted(by: >).prefix(limit)
            let hits = try await search.search(query, owner: owner, groups: scope, limit: limit)
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

    static func score(of entry: VectorEntry, _ query: [Float]) -> Float {
        entry.vectors.map { zip($0, query).reduce(0) { $0 + $1.0 * $1.1 } }.max() ?? -.infinity
    }

    static func unit(_ dimensions: Int, _ random: inout SeededGenerator) -> [Float] {
        let raw = (0..<dimensions).map { _ in Float.random(in: -1...1, using: &random) }
        let length = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return raw.map { $0 / length }
    }
}
