package import Ambient
package import Database
import FoundationEssentials
package import Passages
import Vectors

/// The vectors of chunks in the database.
package struct VectorStore: Sendable {
    private let tables: VectorTables

    package init(tables: VectorTables = .first) { self.tables = tables }

    /// - Parameter vectors: of each chunk, all its windows.
    package func save(
        _ vectors: [(chunk: ChunkID, windows: [[Float]])], of document: DocumentID, user: UserID, model: String,
        in transaction: any Transaction
    ) async throws {
        guard !vectors.isEmpty else { return }
        try await transaction.execute("DELETE FROM \(unsafe: tables.chunks) WHERE chunk_id IN \(list: vectors.map(\.chunk))")
        let rows = vectors.map { entry -> SQL in
            "(\(entry.chunk), \(document), \(user), \(model), \(Self.bytes(entry.windows)))"
        }
        try await transaction.execute(
            "INSERT INTO \(unsafe: tables.chunks) (chunk_id, document_id, user_id, model, vectors) VALUES \(rows.joined(separator: ", "))"
        )
    }

    /// How many chunks of a document have vectors of this model.
    func count(of document: DocumentID, model: String, in transaction: any Transaction) async throws -> Int {
        let row = try await transaction.first(
            "SELECT count(*) AS total FROM \(unsafe: tables.chunks) WHERE document_id = \(document) AND model = \(model)")
        return try row?.get("total") ?? 0
    }

    /// A document's chunks after one, in their order, with their vectors.
    func entries(
        of document: DocumentID, after ordinal: Int?, limit: Int, model: String, dimensions: Int, in transaction: any Transaction
    ) async throws -> [(ordinal: Int, entry: VectorEntry)] {
        try await transaction.query(
            """
            SELECT c.ordinal AS ordinal, v.chunk_id AS chunk_id, v.vectors AS vectors
            FROM chunks c JOIN \(unsafe: tables.chunks) v ON v.chunk_id = c.id
            WHERE c.document_id = \(document) AND c.ordinal > \(ordinal ?? -1) AND v.model = \(model)
            ORDER BY c.ordinal LIMIT \(limit)
            """
        ).map { (try $0.get("ordinal"), try Self.entry($0, dimensions)) }
    }

    /// The vectors of chunks, in no order.
    func entries(
        _ ids: [ChunkID], user: UserID, model: String, dimensions: Int, in transaction: any Transaction
    ) async throws -> [VectorEntry] {
        guard !ids.isEmpty else { return [] }
        return try await transaction.query(
            """
            SELECT chunk_id, vectors FROM \(unsafe: tables.chunks)
            WHERE chunk_id IN \(list: ids) AND user_id = \(user) AND model = \(model)
            """
        ).map { try Self.entry($0, dimensions) }
    }

    private static func entry(_ row: Row, _ dimensions: Int) throws -> VectorEntry {
        VectorEntry(
            id: try row.get("chunk_id", as: ChunkID.self).uuid, vectors: vectors(try row.get("vectors"), dimensions: dimensions))
    }

    /// The documents that can be searched by meaning.
    func searchable(
        user: UserID, model: String, in transaction: any Transaction
    ) async throws -> [(id: DocumentID, revision: Int, chunks: Int)] {
        try await transaction.query(
            """
            SELECT id, revision, chunk_count FROM documents
            WHERE user_id = \(user) AND status = 'completed' AND embedding_model = \(model) AND edition_of IS NULL
            """
        ).map { (try $0.get("id"), try $0.get("revision"), try $0.optional("chunk_count") ?? 0) }
    }

    // MARK: - Parts: the vectors of many chunks, compact

    /// Chunks in a part.
    static let partSize = 256

    /// Makes a document's parts of the vectors that its chunks have, in place of what was there.
    package func saveParts(
        of document: DocumentID, user: UserID, model: String, dimensions: Int, in transaction: any Transaction
    ) async throws {
        try await transaction.execute("DELETE FROM \(unsafe: tables.parts) WHERE document_id = \(document)")
        var (part, after): (Int, Int?) = (0, nil)
        while true {
            let entries = try await entries(
                of: document, after: after, limit: Self.partSize, model: model, dimensions: dimensions, in: transaction)
            guard let last = entries.last else { return }
            let block = try VectorBlock(group: document.uuid, entries: entries.map(\.entry), dimensions: dimensions)
            try await transaction.execute(
                """
                INSERT INTO \(unsafe: tables.parts) (document_id, part, user_id, model, vectors)
                VALUES (\(document), \(part), \(user), \(model), \(block.bytes))
                """)
            part += 1
            after = last.ordinal
        }
    }

    /// The parts of documents after one, in order of document and part.
    func parts(
        of documents: [DocumentID], after: (document: DocumentID, part: Int)?, limit: Int, user: UserID, model: String,
        in transaction: any Transaction
    ) async throws -> [(document: DocumentID, part: Int, bytes: [UInt8])] {
        var condition: SQL = "document_id IN \(list: documents) AND user_id = \(user) AND model = \(model)"
        if let after { condition += " AND (document_id, part) > (\(after.document), \(after.part))" }
        return try await transaction.query(
            "SELECT document_id, part, vectors FROM \(unsafe: tables.parts) WHERE \(condition) ORDER BY document_id, part LIMIT \(limit)"
        ).map { (try $0.get("document_id"), try $0.get("part"), try $0.get("vectors")) }
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
