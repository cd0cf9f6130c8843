import FoundationEssentials
import Synchronization
import Vectors

/// A source whose groups a test changes, and which counts what is read of it.
final class VectorTable: VectorSource {
    struct Group: Sendable {
        var owner: UUID
        var revision: Int
        var entries: [VectorEntry]
    }

    let dimensions: Int
    private let groups = Mutex<[UUID: Group]>([:])
    private let reads = Mutex(0)

    init(dimensions: Int) { self.dimensions = dimensions }

    /// How many blocks were read.
    var blocksRead: Int { reads.withLock { $0 } }
    var all: [UUID: Group] { groups.withLock { $0 } }

    func set(_ group: UUID, owner: UUID, _ entries: [VectorEntry]) {
        groups.withLock { $0[group] = Group(owner: owner, revision: ($0[group]?.revision ?? 0) + 1, entries: entries) }
    }

    func remove(_ group: UUID) { groups.withLock { $0[group] = nil } }

    func groups(of owner: UUID) async throws -> [UUID: VectorGroup] {
        let mine = all.filter { $0.value.owner == owner }
        return mine.mapValues { group in
            VectorGroup(revision: group.revision, size: group.entries.reduce(12) { $0 + 18 + $1.vectors.count * (4 + dimensions) })
        }
    }

    func read(_ groups: [UUID], owner: UUID, _ body: @Sendable (VectorBlock) async throws -> Void) async throws {
        for group in groups {
            guard let found = all[group], found.owner == owner else { continue }
            // In parts, as a large document has them.
            for start in stride(from: 0, to: found.entries.count, by: 7) {
                reads.withLock { $0 += 1 }
                let part = Array(found.entries[start..<min(start + 7, found.entries.count)])
                try await body(VectorBlock(group: group, entries: part, dimensions: dimensions))
            }
        }
    }

    func exact(_ ids: [UUID], owner: UUID) async throws -> [VectorEntry] {
        let wanted = Set(ids)
        return all.values.filter { $0.owner == owner }.flatMap(\.entries).filter { wanted.contains($0.id) }
    }
}
