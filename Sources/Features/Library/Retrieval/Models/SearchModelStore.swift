import Database
import Passages

/// The one row that says which model is searched by, and how far documents are with the next.
package struct SearchModelStore: Sendable {
    package init() {}

    /// nil until a process that reads documents has started.
    func find(in transaction: any Transaction) async throws -> SearchModel? {
        try await find(locking: "", in: transaction)
    }

    /// The same, and keeps others who ask this way waiting until the end of the transaction.
    func lock(in transaction: any Transaction) async throws -> SearchModel? {
        try await find(locking: transaction.dialect.forUpdate, in: transaction)
    }

    private func find(locking: SQL, in transaction: any Transaction) async throws -> SearchModel? {
        try await transaction.first("SELECT serving, tables, next FROM search_model WHERE id = 1\(locking)").map { row in
            SearchModel(
                serving: try row.get("serving"), tables: VectorTables(number: try row.get("tables")), next: try row.optional("next")
            )
        }
    }

    /// The first row; nothing where there is one.
    func insert(_ model: SearchModel, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO search_model (id, serving, tables, next)
            VALUES (1, \(model.serving), \(model.tables.number), \(model.next)) ON CONFLICT (id) DO NOTHING
            """)
    }

    func update(_ model: SearchModel, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE search_model SET serving = \(model.serving), tables = \(model.tables.number), next = \(model.next) WHERE id = 1
            """)
    }

    // MARK: - Documents

    /// The model that most documents have vectors of.
    func commonest(in transaction: any Transaction) async throws -> String? {
        try await transaction.first(
            """
            SELECT embedding_model FROM documents WHERE status = 'completed' AND embedding_model IS NOT NULL AND edition_of IS NULL
            GROUP BY embedding_model ORDER BY count(*) DESC, embedding_model LIMIT 1
            """
        ).map { try $0.get("embedding_model") }
    }

    /// Whether a document is searched, and has no vectors of the model that is to serve next.
    func lacks(_ document: DocumentID, next: String, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first("SELECT 1 AS one FROM documents WHERE id = \(document) AND \(Self.lacking(next))") != nil
    }

    /// Documents that lack those vectors, after one.
    func lacking(
        _ next: String, after document: DocumentID?, limit: Int, in transaction: any Transaction
    ) async throws -> [DocumentID] {
        var condition = Self.lacking(next)
        if let document { condition += " AND id > \(document)" }
        return try await transaction.query("SELECT id FROM documents WHERE \(condition) ORDER BY id LIMIT \(limit)")
            .map { try $0.get("id") }
    }

    /// How many documents are searched, and how many of them lack those vectors.
    func progress(_ next: String, in transaction: any Transaction) async throws -> (lacking: Int, total: Int) {
        let lacking = try await transaction.first("SELECT count(*) AS n FROM documents WHERE \(Self.lacking(next))")
        let total = try await transaction.first("SELECT count(*) AS n FROM documents WHERE \(Self.searched)")
        return (try lacking?.get("n") ?? 0, try total?.get("n") ?? 0)
    }

    func setNext(_ next: String?, of document: DocumentID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE documents SET next_model = \(next) WHERE id = \(document)")
    }

    /// Has all documents searched by the vectors that were made for it.
    func takeNext(_ next: String, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE documents SET embedding_model = \(next), next_model = NULL WHERE next_model = \(next) AND status = 'completed'
            """)
    }

    /// Forgets what was made for a model that is not to serve after all.
    func forgetNext(in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE documents SET next_model = NULL WHERE next_model IS NOT NULL")
    }

    /// Removes vectors from tables that do not serve, at most so many rows of each. Returns whether there may be more.
    func drop(_ tables: VectorTables, limit: Int, in transaction: any Transaction) async throws -> Bool {
        let chunks = try await transaction.execute(
            """
            DELETE FROM \(unsafe: tables.chunks) WHERE chunk_id IN (SELECT chunk_id FROM \(unsafe: tables.chunks) LIMIT \(limit))
            """)
        let parts = try await transaction.execute(
            """
            DELETE FROM \(unsafe: tables.parts)
            WHERE (document_id, part) IN (SELECT document_id, part FROM \(unsafe: tables.parts) LIMIT \(limit))
            """)
        return chunks == limit || parts == limit
    }

    private static let searched: SQL = "status = 'completed' AND edition_of IS NULL"

    private static func lacking(_ next: String) -> SQL {
        "\(searched) AND (next_model IS NULL OR next_model <> \(next))"
    }
}
