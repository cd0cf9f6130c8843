/// Which model's vectors are searched, and which are made in the background to take their place.
///
/// A question is embedded by the serving model alone, and compared with vectors of that model alone, until every document has those of the
/// next one; then all change at once.
package struct SearchModel: Sendable, Hashable {
    /// The model that is searched by.
    package var serving: String
    /// Where its vectors are.
    package var tables: VectorTables
    /// The model whose vectors are being made, in the other tables; nil where none are.
    package var next: String?
}

/// The tables that vectors stand in. There are two pairs of them: of the model that serves, and, while another is to take its place, of that.
package struct VectorTables: Sendable, Hashable {
    /// 0 or 1, as the database has it.
    let number: Int

    package static let first = VectorTables(number: 0)
    static let second = VectorTables(number: 1)

    var other: VectorTables { self == .first ? .second : .first }

    /// The exact vectors, a row a passage.
    var chunks: String { self == .first ? "chunk_vectors" : "other_chunk_vectors" }
    /// The compact ones.
    var parts: String { self == .first ? "vector_parts" : "other_vector_parts" }
}
