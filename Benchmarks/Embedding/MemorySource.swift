import FoundationEssentials
import Vectors

/// Vectors of one owner, made up or embedded on the spot.
struct MemorySource: VectorSource {
    private let owner: UUID
    private let entries: [UUID: VectorEntry]
    private let blocks: [UUID: VectorBlock]

    init(_ groups: [UUID: [VectorEntry]], owner: UUID, dimensions: Int) throws {
        self.owner = owner
        entries = Dictionary(uniqueKeysWithValues: groups.values.joined().map { ($0.id, $0) })
        blocks = try groups.reduce(into: [:]) {
            $0[$1.key] = try VectorBlock(group: $1.key, entries: $1.value, dimensions: dimensions)
        }
    }

    func groups(of owner: UUID) async throws -> [UUID: VectorGroup] {
        owner == self.owner ? blocks.mapValues { VectorGroup(revision: 1, size: $0.bytes.count) } : [:]
    }

    func read(_ groups: [UUID], owner: UUID, _ body: @Sendable (VectorBlock) async throws -> Void) async throws {
        for group in groups { if let block = blocks[group] { try await body(block) } }
    }

    func exact(_ ids: [UUID], owner: UUID) async throws -> [VectorEntry] { ids.compactMap { entries[$0] } }
}
