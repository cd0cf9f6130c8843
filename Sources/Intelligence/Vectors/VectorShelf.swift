import Concurrency
package import FoundationEssentials
import Synchronization

/// Searches vectors in memory, one byte a number, and never holds more of them than it may.
///
/// An owner's vectors are read with the first search. Before each search what the owner has is compared with what is held, so that another
/// process's work, a deletion or a crash never leaves a search wrong for long. What there is no room for takes the place of what the
/// owners have who searched longest ago; what one owner has beyond all of it is read, searched and let go, part by part, at each search.
///
/// The best are then ranked by their exact vectors.
package actor VectorShelf: VectorSearch {
    private struct Part {
        var revision: Int
        var blocks: [VectorBlock] = []
        var size: Int { blocks.reduce(0) { $0 + $1.bytes.count } }
    }

    /// What is held of one owner.
    private struct Holding {
        var parts: [UUID: Part] = [:]
        /// When the owner last searched, in searches of all.
        var used: UInt64 = 0
        /// Bytes.
        var size = 0
    }

    /// How many of the best are ranked by their exact vectors, at least.
    private static let exactDepth = 64
    /// Searches of more rows than this take a thread of their own; fewer are done before it would have woken.
    private static let rowsInline = 4000

    private let source: any VectorSource
    private let dimensions: Int
    private let capacity: Int
    private let pool = BlockingPool(name: "vectors", threads: 2)
    private var holdings: [UUID: Holding] = [:]
    /// Bytes of all owners.
    private var total = 0
    private var clock: UInt64 = 0
    /// Owners whose groups are being read, and who waits for that.
    private var busy: [UUID: [CheckedContinuation<Void, Never>]] = [:]

    /// - Parameters:
    ///   - dimensions: how many numbers each vector has.
    ///   - capacity: bytes of vectors in memory.
    package init(source: any VectorSource, dimensions: Int, capacity: Int) {
        precondition(dimensions > 0, "a vector has at least one number")
        self.source = source
        self.dimensions = dimensions
        self.capacity = capacity
    }

    /// Bytes of vectors that are held.
    package var heldBytes: Int { total }
    /// Entries that are held, of all owners.
    package var heldEntries: Int {
        holdings.values.reduce(0) { $0 + $1.parts.values.reduce(0) { $0 + $1.blocks.reduce(0) { $0 + $1.entryCount } } }
    }

    package func search(_ query: [Float], owner: UUID, groups: Set<UUID>?, limit: Int) async throws -> [VectorHit] {
        guard query.count == dimensions else {
            throw VectorFailure("a query of \(query.count) numbers where there are to be \(dimensions)")
        }
        guard limit > 0, groups?.isEmpty != true else { return [] }
        let quantised = QuantisedVector(query)
        var best = BestHits(limit: max(limit, Self.exactDepth))
        let (blocks, left) = try await refresh(owner, groups)
        if blocks.reduce(0, { $0 + $1.rowCount }) <= Self.rowsInline {
            for block in blocks { block.search(quantised, into: &best) }
        } else {
            let start = best
            best = await pool.run {
                var best = start
                for block in blocks { block.search(quantised, into: &best) }
                return best
            }
        }
        if left.isEmpty { return try await rank(best.sorted, query, owner, limit) }
        let found = Mutex(best)
        try await source.read(left, owner: owner) { block in
            await pool.run { found.withLock { block.search(quantised, into: &$0) } }
        }
        return try await rank(found.withLock { $0.sorted }, query, owner, limit)
    }

    package func drop(group: UUID, owner: UUID) { put(nil, of: group, owner) }

    /// Reads what is new of the owner's and lets go what is gone. Returns what is held of the groups, and those that there is no room for.
    private func refresh(_ owner: UUID, _ chosen: Set<UUID>?) async throws -> (held: [VectorBlock], left: [UUID]) {
        await occupy(owner)
        defer { vacate(owner) }
        clock += 1
        holdings[owner, default: Holding()].used = clock
        let all = try await source.groups(of: owner)
        for (group, part) in holdings[owner]?.parts ?? [:] where all[group]?.revision != part.revision {
            put(nil, of: group, owner)
        }
        // In one order, so that the same ones find no room each time.
        let wanted = all.filter { chosen?.contains($0.key) != false }.sorted { $0.key < $1.key }
        let missing = wanted.filter { holdings[owner]?.parts[$0.key] == nil }
        var (fitting, left): ([UUID], [UUID]) = ([], [])
        var planned = 0
        for (group, known) in missing {
            if makeRoom(for: planned + known.size, except: owner) {
                planned += known.size
                fitting.append(group)
            } else {
                left.append(group)
            }
        }
        // Counted before it is read, so that owners who read at the same time do not take the same room.
        total += planned
        defer { total -= planned }
        let parts = fitting.map { ($0, Part(revision: all[$0]?.revision ?? 0)) }
        let read = Mutex(Dictionary(uniqueKeysWithValues: parts))
        if !fitting.isEmpty {
            try await source.read(fitting, owner: owner) { block in read.withLock { $0[block.group]?.blocks.append(block) } }
        }
        total -= planned
        planned = 0
        for (group, part) in read.withLock({ $0 }) { put(part, of: group, owner) }
        // Estimates may have been too low; what was read is searched all the same.
        let held = wanted.flatMap { holdings[owner]?.parts[$0.key]?.blocks ?? [] }
        if !makeRoom(for: 0, except: owner) {
            for group in fitting.reversed() where total > capacity { put(nil, of: group, owner) }
        }
        return (held, left)
    }

    private func put(_ part: Part?, of group: UUID, _ owner: UUID) {
        guard var holding = holdings[owner] else { return }
        let change = (part?.size ?? 0) - (holding.parts[group]?.size ?? 0)
        holding.parts[group] = part
        holding.size += change
        holdings[owner] = holding
        total += change
    }

    /// Lets go of what others have, those who searched longest ago first, until so many bytes have room. A search that goes on keeps what
    /// it has in hand. Returns whether there is room.
    private func makeRoom(for size: Int, except owner: UUID) -> Bool {
        while total + size > capacity {
            let idle = holdings.filter { $0.key != owner && $0.value.size > 0 && busy[$0.key] == nil }
            guard let victim = idle.min(by: { $0.value.used < $1.value.used }) else { return false }
            total -= victim.value.size
            holdings[victim.key] = nil
        }
        return true
    }

    private func rank(_ hits: [VectorHit], _ query: [Float], _ owner: UUID, _ limit: Int) async throws -> [VectorHit] {
        let exact = try await source.exact(hits.prefix(Self.exactDepth).map(\.id), owner: owner)
        let scores = exact.reduce(into: [UUID: Float]()) { scores, entry in
            scores[entry.id] = query.withUnsafeBufferPointer { query in
                entry.vectors.reduce(-Float.infinity) { best, vector in
                    vector.withUnsafeBufferPointer { vector in
                        guard let a = query.baseAddress, let b = vector.baseAddress, vector.count == query.count else {
                            return best
                        }
                        return max(best, DotProduct.of(a, b, count: query.count))
                    }
                }
            }
        }
        var ranked = BestHits(limit: limit)
        for (index, hit) in hits.enumerated() {
            if let score = scores[hit.id] {
                ranked.offer(VectorHit(id: hit.id, score: score))
            } else if index >= Self.exactDepth {
                ranked.offer(hit)
            }
        }
        return ranked.sorted
    }

    private func occupy(_ owner: UUID) async {
        while busy[owner] != nil { await withCheckedContinuation { busy[owner]?.append($0) } }
        busy[owner] = []
    }

    private func vacate(_ owner: UUID) { for waiter in busy.removeValue(forKey: owner) ?? [] { waiter.resume() } }
}
