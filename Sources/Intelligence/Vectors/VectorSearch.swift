package import FoundationEssentials

/// Finds the entries whose vectors are nearest to a query's. The vectors in memory (`VectorShelf`) do it, or a server for vectors.
///
/// What there is to find is asked of a `VectorSource` before each search: nobody has to be told of what is added, or of what another
/// process has done.
package protocol VectorSearch: Sendable {
    /// The nearest entries of the owner, best first, at most `limit`; equal scores are ordered by id.
    /// - Parameters:
    ///   - query: a vector of length 1, with as many numbers as those that are searched.
    ///   - groups: search only these; nil searches all.
    func search(_ query: [Float], owner: UUID, groups: Set<UUID>?, limit: Int) async throws -> [VectorHit]

    /// Frees what is held of a group that is gone, without waiting for its owner's next search.
    func drop(group: UUID, owner: UUID) async throws
}

/// What can be searched: it lives where documents do, and changes with them.
package protocol VectorSource: Sendable {
    /// The groups of an owner that can be searched.
    func groups(of owner: UUID) async throws -> [UUID: VectorGroup]

    /// Gives `body` the vectors of groups, compact and a part at a time, so that never more than some megabytes are held. What was added
    /// to a group meanwhile may be there or not.
    func read(_ groups: [UUID], owner: UUID, _ body: @Sendable (VectorBlock) async throws -> Void) async throws

    /// The vectors of entries as they were made; those that are gone are left out.
    func exact(_ ids: [UUID], owner: UUID) async throws -> [VectorEntry]
}

/// What is known of a group before its vectors are read.
package struct VectorGroup: Sendable, Hashable {
    /// Rises each time what it holds is replaced.
    package var revision: Int
    /// About how many bytes its blocks have.
    package var size: Int

    package init(revision: Int, size: Int) {
        self.revision = revision
        self.size = size
    }
}

/// A chunk with the vectors of its windows.
package struct VectorEntry: Sendable, Equatable {
    /// The chunk.
    package var id: UUID
    /// One vector of length 1 for each window of the chunk's text.
    package var vectors: [[Float]]

    package init(id: UUID, vectors: [[Float]]) {
        self.id = id
        self.vectors = vectors
    }
}

/// An entry that a search found.
package struct VectorHit: Sendable, Equatable {
    package var id: UUID
    /// The cosine of the query with the entry's best window: 1 is the same direction.
    package var score: Float

    package init(id: UUID, score: Float) {
        self.id = id
        self.score = score
    }
}
