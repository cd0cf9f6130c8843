import FoundationEssentials

/// Some entries of one group, their vectors one behind the other. Never changed once made: searches hold on to it while inserts and
/// removals go on.
// @unchecked: the memory is written in init, then only read.
final class VectorSegment: @unchecked Sendable {
    let group: UUID
    let ids: [UUID]
    /// Where each entry's rows start, and where the last one's end.
    private let starts: [Int32]
    private let rows: UnsafeMutablePointer<Float>
    private let dimensions: Int

    var rowCount: Int { Int(starts[ids.count]) }

    /// The entries of `old` whose id is not in `without`, then the new ones.
    init(group: UUID, dimensions: Int, old: VectorSegment?, without: Set<UUID>, adding entries: [VectorEntry]) {
        let kept = old.map { old in old.ids.indices.filter { !without.contains(old.ids[$0]) } } ?? []
        let count =
            kept.reduce(0) { sum, index in sum + (old.map { Int($0.starts[index + 1] - $0.starts[index]) } ?? 0) }
            + entries.reduce(0) { $0 + $1.vectors.count }
        self.group = group
        self.dimensions = dimensions
        let rows = UnsafeMutableRawPointer.allocate(byteCount: max(1, count * dimensions) * 4, alignment: 64)
            .bindMemory(to: Float.self, capacity: count * dimensions)
        self.rows = rows
        var (ids, starts, next): ([UUID], [Int32], Int) = ([], [0], 0)
        if let old {
            for index in kept {
                let (first, last) = (Int(old.starts[index]), Int(old.starts[index + 1]))
                (rows + next * dimensions).initialize(from: old.rows + first * dimensions, count: (last - first) * dimensions)
                next += last - first
                ids.append(old.ids[index])
                starts.append(Int32(next))
            }
        }
        for entry in entries {
            for vector in entry.vectors {
                vector.withUnsafeBufferPointer { source in
                    guard let base = source.baseAddress else { return }
                    (rows + next * dimensions).initialize(from: base, count: dimensions)
                }
                next += 1
            }
            ids.append(entry.id)
            starts.append(Int32(next))
        }
        self.ids = ids
        self.starts = starts
    }

    deinit { rows.deallocate() }

    /// Offers each entry, with the greatest dot product of its rows, to `best`.
    func search(_ query: UnsafePointer<Float>, into best: inout BestHits) {
        var row = 0
        for index in ids.indices {
            let end = Int(starts[index + 1])
            var score = -Float.infinity
            while row < end {
                score = max(score, DotProduct.of(query, rows + row * dimensions, count: dimensions))
                row += 1
            }
            if score >= best.floor { best.offer(VectorHit(id: ids[index], group: group, score: score)) }
        }
    }
}
