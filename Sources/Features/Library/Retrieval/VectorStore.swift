import Ambient
import Database
import FoundationEssentials
import Passages
import Vectors

/// The vectors of chunks in the database.
struct VectorStore: Sendable {
    /// - Parameter vectors: of each chunk, all its windows.
    func save(
        _ vectors: [(chunk: ChunkID, windows: [[Float]])], of document: DocumentID, user: UserID, model: String,
        in transaction: any Transaction
    ) async throws {
        guard !vectors.isEmpty else { return }
        try await transaction.execute("DELETE FROM chunk_vectors WHERE chunk_id IN \(list: vectors.map(\.chunk))")
        let rows = vectors.map { entry -> SQL in
            "(\(entry.chunk), \(document), \(user), \(model), \(Self.bytes(entry.windows)))"
        }
        try await transaction.execute(
            "INSERT INTO chunk_vectors (chunk_id, document_id, user_id, model, vectors) VALUES \(rows.joined(separator: ", "))")
    }

    /// How many chunks of a document have vectors of this model.
    func count(of document: DocumentID, model: String, in transaction: any Transaction) async throws -> Int {
        let row = try await transaction.first(
            "SELECT count(*) AS total FROM chunk_vectors WHERE document_id = \(document) AND model = \(model)")
        return try row?.get("total") ?? 0
    }

    func entries(
        of document: DocumentID, user: UserID, model: String, dimensions: Int, in transaction: any Transaction
    ) async throws -> [VectorEntry] {
        try await transaction.query(
            """
            SELECT chunk_id, vectors FROM chunk_vectors
            WHERE document_id = \(document) AND user_id = \(user) AND model = \(model)
            """
        ).map { row in
            let id: ChunkID = try row.get("chunk_id")
            return VectorEntry(
                id: id.uuid, group: document.uuid, owner: user.uuid,
                vectors: Self.vectors(try row.get("vectors"), dimensions: dimensions))
        }
    }

    /// The documents that can be searched by meaning, with their revisions.
    func searchable(user: UserID, model: String, in transaction: any Transaction) async throws -> [DocumentID: Int] {
        try await transaction.query(
            """
            SELECT id, revision FROM documents
            WHERE user_id = \(user) AND status = 'completed' AND embedding_model = \(model)
            """
        ).reduce(into: [:]) { $0[try $1.get("id")] = try $1.get("revision") as Int }
    }

    /// Little-endian 32-bit floats, window after window.
    static func bytes(_ windows: [[Float]]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(windows.reduce(0) { $0 + $1.count } * 4)
        for window in windows {
            for number in window {
                withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
            }
        }
        return bytes
    }

    static func vectors(_ bytes: [UInt8], dimensions: Int) -> [[Float]] {
        let size = dimensions * 4
        guard size > 0 else { return [] }
        return bytes.withUnsafeBytes { raw in
            (0..<(bytes.count / size)).map { window in
                (0..<dimensions).map { index in
                    let pattern = raw.loadUnaligned(fromByteOffset: window * size + index * 4, as: UInt32.self)
                    return Float(bitPattern: UInt32(littleEndian: pattern))
                }
            }
        }
    }
}
