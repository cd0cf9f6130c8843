import Concurrency
package import FoundationEssentials
import Synchronization

/// Compares the query with every vector that its owner has: exact, in memory.
///
/// An owner's vectors stand in immutable segments. A search takes the list of them and works without a lock; inserts and removals
/// make new lists. Ten thousand chunks take some milliseconds, and 1.5 KB a vector.
package final class ExactVectorIndex: VectorIndex {
    private struct Shelf {
        var segments: [VectorSegment] = []
        /// The group of each entry.
        var groups: [UUID: UUID] = [:]
    }

    /// Segments below this are joined with what comes next, so that many small inserts make few segments.
    private static let smallSegment = 256
    /// Searches of more rows than this take a thread of their own; fewer are done before it would have woken.
    private static let rowsInline = 2000

    private let dimensions: Int
    private let pool: BlockingPool
    private let shelves = Mutex<[UUID: Shelf]>([:])

    /// - Parameter dimensions: how many numbers each vector has.
    package init(dimensions: Int) {
        precondition(dimensions > 0, "a vector has at least one number")
        self.dimensions = dimensions
        pool = BlockingPool(name: "vectors", threads: 2)
    }

    package var count: Int { shelves.withLock { $0.values.reduce(0) { $0 + $1.groups.count } } }

    package func insert(_ entries: [VectorEntry]) async throws {
        for entry in entries {
            guard !entry.vectors.isEmpty else { throw VectorFailure("chunk \(entry.id) has no vector") }
            for vector in entry.vectors {
                guard vector.count == dimensions else {
                    throw VectorFailure("chunk \(entry.id): \(vector.count) numbers where the index has \(dimensions)")
                }
                guard vector.allSatisfy(\.isFinite) else { throw VectorFailure("chunk \(entry.id): a number is not finite") }
            }
        }
        // Of entries alike the last counts, as if they had come one by one.
        struct Key: Hashable { var owner: UUID, id: UUID }
        var latest: [Key: Int] = [:]
        for (index, entry) in entries.enumerated() { latest[Key(owner: entry.owner, id: entry.id)] = index }
        let entries = latest.count == entries.count ? entries : latest.values.sorted().map { entries[$0] }

        let byOwner = Dictionary(grouping: entries, by: \.owner)
        shelves.withLock { shelves in
            for (owner, entries) in byOwner {
                var shelf = shelves.removeValue(forKey: owner) ?? Shelf()
                add(entries, to: &shelf)
                shelves[owner] = shelf
            }
        }
    }

    package func remove(group: UUID) async throws {
        shelves.withLock { shelves in
            for owner in shelves.keys {
                guard var shelf = shelves[owner], shelf.segments.contains(where: { $0.group == group }) else { continue }
                for segment in shelf.segments where segment.group == group {
                    for id in segment.ids { shelf.groups[id] = nil }
                }
                shelf.segments.removeAll { $0.group == group }
                shelves[owner] = shelf.segments.isEmpty ? nil : shelf
            }
        }
    }

    package func remove(owner: UUID) async throws { shelves.withLock { $0[owner] = nil } }

    package func search(_ query: [Float], owner: UUID, groups: Set<UUID>?, limit: Int) async throws -> [VectorHit] {
        guard query.count == dimensions else {
            throw VectorFailure("a query of \(query.count) numbers where the index has \(dimensions)")
        }
        guard limit > 0 else { return [] }
        var segments = shelves.withLock { $0[owner]?.segments ?? [] }
        if let groups { segments.removeAll { !groups.contains($0.group) } }
        if segments.isEmpty { return [] }
        if segments.reduce(0, { $0 + $1.rowCount }) <= Self.rowsInline {
            return Self.best(query, segments, limit)
        }
        let found = segments
        return await pool.run { Self.best(query, found, limit) }
    }

    // MARK: - Private

    private static func best(_ query: [Float], _ segments: [VectorSegment], _ limit: Int) -> [VectorHit] {
        var best = BestHits(limit: limit)
        query.withUnsafeBufferPointer { query in
            guard let query = query.baseAddress else { return }
            for segment in segments { segment.search(query, into: &best) }
        }
        return best.sorted
    }

    private func add(_ entries: [VectorEntry], to shelf: inout Shelf) {
        let replaced = Set(entries.map(\.id).filter { shelf.groups[$0] != nil })
        if !replaced.isEmpty {
            let touched = Set(replaced.compactMap { shelf.groups[$0] })
            shelf.segments = shelf.segments.compactMap { segment in
                guard touched.contains(segment.group), segment.ids.contains(where: replaced.contains) else { return segment }
                let rest = VectorSegment(
                    group: segment.group, dimensions: dimensions, old: segment, without: replaced, adding: [])
                return rest.ids.isEmpty ? nil : rest
            }
        }
        for (group, entries) in Dictionary(grouping: entries, by: \.group) {
            let small = shelf.segments.lastIndex { $0.group == group && $0.rowCount < Self.smallSegment }
            let old = small.map { shelf.segments.remove(at: $0) }
            shelf.segments.append(
                VectorSegment(group: group, dimensions: dimensions, old: old, without: [], adding: entries))
            for entry in entries { shelf.groups[entry.id] = group }
        }
    }
}
