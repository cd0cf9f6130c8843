package import FoundationEssentials

/// Finds the chunks whose vectors are nearest to a query's. Each owner's vectors are apart: a search sees one owner's only.
package protocol VectorIndex: Sendable {
    /// Adds the entries, or replaces those with the same owner and id. All are added or, if it throws, none.
    func insert(_ entries: [VectorEntry]) async throws

    /// Removes every entry of the group. Does nothing if there is none.
    func remove(group: UUID) async throws

    /// Removes every entry of the owner. Does nothing if there is none.
    func remove(owner: UUID) async throws

    /// The nearest entries of the owner, best first, at most `limit`; equal scores are ordered by id.
    /// - Parameters:
    ///   - query: a vector of length 1, with as many numbers as those in the index.
    ///   - groups: search only these; nil searches all.
    func search(_ query: [Float], owner: UUID, groups: Set<UUID>?, limit: Int) async throws -> [VectorHit]

    /// How many entries there are, of all owners.
    var count: Int { get }
}

/// A chunk with the vectors of its windows.
package struct VectorEntry: Sendable, Equatable {
    /// The chunk.
    package var id: UUID
    /// The document that it belongs to.
    package var group: UUID
    /// The user who may find it.
    package var owner: UUID
    /// One vector of length 1 for each window of the chunk's text.
    package var vectors: [[Float]]

    package init(id: UUID, group: UUID, owner: UUID, vectors: [[Float]]) {
        self.id = id
        self.group = group
        self.owner = owner
        self.vectors = vectors
    }
}

/// An entry that a search found.
package struct VectorHit: Sendable, Equatable {
    package var id: UUID
    package var group: UUID
    /// The cosine of the query with the entry's best window: 1 is the same direction.
    package var score: Float

    package init(id: UUID, group: UUID, score: Float) {
        self.id = id
        self.group = group
        self.score = score
    }
}
