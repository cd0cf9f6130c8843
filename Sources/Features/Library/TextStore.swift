import Ambient
import Database
package import Passages

/// A chunk as it is stored.
package struct StoredChunk: Sendable, Equatable {
    package let id: ChunkID
    package let documentID: DocumentID
    package let ordinal: Int
    package let text: String
    package let section: String?
    /// The page on which it begins; nil where the document has no pages of its own.
    package let page: Int?
    package let sections: [SectionStart]
    package let spans: [Chunk.Span]
    package let tokenCount: Int
}

/// Pages and chunks in the database.
struct TextStore: Sendable {
    // MARK: - Pages

    func savePages(_ pages: [ExtractedPage], of document: DocumentID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM document_pages WHERE document_id = \(document)")
        for batch in pages.batches(of: 50) {
            let rows = try batch.map { page -> SQL in
                """
                (\(document), \(user), \(page.number), \(page.text), \(try JSONColumn.text(page.headings)),
                 \(try JSONColumn.text(page.blocks)))
                """
            }
            try await transaction.execute(
                """
                INSERT INTO document_pages (document_id, user_id, number, text, headings, blocks)
                VALUES \(rows.joined(separator: ", "))
                """)
        }
    }

    func pages(of document: DocumentID, offset: Int = 0, limit: Int = .max, in transaction: any Transaction) async throws
        -> [ExtractedPage]
    {
        try await transaction.query(
            """
            SELECT number, text, headings, blocks FROM document_pages WHERE document_id = \(document)
            ORDER BY number LIMIT \(limit) OFFSET \(offset)
            """
        ).map(page)
    }

    func page(_ row: Row) throws -> ExtractedPage {
        ExtractedPage(
            number: try row.get("number"), text: try row.get("text"), headings: try JSONColumn.value(row.get("headings")),
            blocks: try JSONColumn.value(row.get("blocks")))
    }

    /// Those of the pages that hold more than prose.
    func pagesWithBlocks(of document: DocumentID, in transaction: any Transaction) async throws -> [ExtractedPage] {
        let isEmpty: SQL = transaction.dialect == .postgres ? "CAST(blocks AS text)" : "blocks"
        return try await transaction.query(
            """
            SELECT number, text, headings, blocks FROM document_pages WHERE document_id = \(document) AND \(isEmpty) <> '[]'
            ORDER BY number
            """
        ).map(page)
    }

    /// Gives pages that are there another text.
    func replace(_ pages: [ExtractedPage], of document: DocumentID, in transaction: any Transaction) async throws {
        for page in pages {
            try await transaction.execute(
                """
                UPDATE document_pages SET text = \(page.text), headings = \(try JSONColumn.text(page.headings)),
                    blocks = \(try JSONColumn.text(page.blocks)) WHERE document_id = \(document) AND number = \(page.number)
                """)
        }
    }

    /// The headings of all pages, in order.
    func outline(of document: DocumentID, in transaction: any Transaction) async throws -> [(page: Int, heading: Heading)] {
        try await transaction.query(
            "SELECT number, headings FROM document_pages WHERE document_id = \(document) ORDER BY number"
        ).flatMap { row in
            let number: Int = try row.get("number")
            return try JSONColumn.value(row.get("headings"), as: [Heading].self).map { (number, $0) }
        }
    }

    // MARK: - Chunks

    func saveChunks(_ chunks: [StoredChunk], user: UserID, in transaction: any Transaction) async throws {
        guard let document = chunks.first?.documentID else { return }
        try await transaction.execute("DELETE FROM chunks WHERE document_id = \(document)")
        for batch in chunks.batches(of: 50) {
            let rows = try batch.map { chunk -> SQL in
                """
                (\(chunk.id), \(document), \(user), \(chunk.ordinal), \(chunk.text), \(chunk.section), \(chunk.page),
                 \(try JSONColumn.text(chunk.sections)), \(try JSONColumn.text(chunk.spans)), \(chunk.tokenCount))
                """
            }
            try await transaction.execute(
                """
                INSERT INTO chunks (id, document_id, user_id, ordinal, text, section, page, sections, spans, token_count)
                VALUES \(rows.joined(separator: ", "))
                """)
        }
    }

    func chunks(of document: DocumentID, in transaction: any Transaction) async throws -> [StoredChunk] {
        try await transaction.query("SELECT \(Self.columns) FROM chunks WHERE document_id = \(document) ORDER BY ordinal").map(
            chunk)
    }

    /// The next chunks that have no vectors of this model.
    func chunksToEmbed(
        of document: DocumentID, model: String, tables: VectorTables, limit: Int, in transaction: any Transaction
    ) async throws -> [StoredChunk] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM chunks c WHERE document_id = \(document) AND NOT EXISTS (
                SELECT 1 FROM \(unsafe: tables.chunks) v WHERE v.chunk_id = c.id AND v.model = \(model))
            ORDER BY ordinal LIMIT \(limit)
            """
        ).map(chunk)
    }

    /// Those of these chunks that there are.
    func existing(_ ids: [ChunkID], in transaction: any Transaction) async throws -> Set<ChunkID> {
        guard !ids.isEmpty else { return [] }
        return try await transaction.query("SELECT id FROM chunks WHERE id IN \(list: ids)").reduce(into: []) {
            $0.insert(try $1.get("id"))
        }
    }

    func chunk(_ id: ChunkID, of document: DocumentID, user: UserID, in transaction: any Transaction) async throws -> StoredChunk? {
        try await transaction.first(
            "SELECT \(Self.columns) FROM chunks WHERE id = \(id) AND document_id = \(document) AND user_id = \(user)"
        ).map(chunk)
    }

    func chunk(_ id: ChunkID, user: UserID, in transaction: any Transaction) async throws -> StoredChunk? {
        try await transaction.first("SELECT \(Self.columns) FROM chunks WHERE id = \(id) AND user_id = \(user)").map(chunk)
    }

    /// The passages of these chunks, in no order; the score is 0.
    func passages(of ids: [ChunkID], user: UserID, in transaction: any Transaction) async throws -> [Passage] {
        guard !ids.isEmpty else { return [] }
        return try await transaction.query(
            "\(Self.passages) WHERE c.id IN \(list: ids) AND \(Self.readable(by: user))"
        ).map(passage)
    }

    /// The passages of stretches, in order of document and place; the score is 0.
    func passages(in stretches: [PassageStretch], user: UserID, in transaction: any Transaction)
        async throws -> [Passage]
    {
        guard !stretches.isEmpty else { return [] }
        let wanted = stretches.map { stretch -> SQL in
            """
            (c.document_id = \(stretch.document) AND c.ordinal >= \(stretch.ordinals.lowerBound)
             AND c.ordinal < \(stretch.ordinals.upperBound))
            """
        }
        return try await transaction.query(
            """
            \(Self.passages) WHERE (\(wanted.joined(separator: " OR "))) AND \(Self.readable(by: user))
            ORDER BY c.document_id, c.ordinal
            """
        ).map(passage)
    }

    /// Which headings each passage holds, in order of document and place.
    func sectionStarts(
        of documents: [DocumentID]?, limit: Int, user: UserID, in transaction: any Transaction
    ) async throws -> [(document: DocumentID, ordinal: Int, sections: [SectionStart])] {
        var condition = Self.readable(by: user)
        if let documents { condition += " AND c.document_id IN \(list: documents)" }
        return try await transaction.query(
            """
            SELECT c.document_id AS document_id, c.ordinal AS ordinal, c.sections AS sections
            FROM chunks c JOIN documents d ON d.id = c.document_id WHERE \(condition)
            ORDER BY c.document_id, c.ordinal LIMIT \(limit)
            """
        ).map { (try $0.get("document_id"), try $0.get("ordinal"), try JSONColumn.value($0.get("sections"))) }
    }

    private static let passages: SQL = """
        SELECT c.id AS id, c.document_id AS document_id, c.ordinal AS ordinal, d.title AS title, c.section AS section, c.page AS page,
            c.text AS text, c.sections AS sections, c.spans AS spans, d.page_labels AS page_labels
        FROM chunks c JOIN documents d ON d.id = c.document_id
        """

    private static func readable(by user: UserID) -> SQL {
        "c.user_id = \(user) AND d.status = 'completed' AND d.edition_of IS NULL"
    }

    private func passage(_ row: Row) throws -> Passage {
        let page: Int? = try row.optional("page")
        let spans: [Chunk.Span] = page == nil ? [] : try JSONColumn.value(row.get("spans"))
        let stored: String = try row.get("page_labels")
        let labels: PageLabels = page == nil || stored == "[]" ? PageLabels() : try JSONColumn.value(stored)
        return Passage(
            chunkID: try row.get("id"), documentID: try row.get("document_id"),
            ordinal: try row.get("ordinal"),
            title: try row.get("title"), section: try row.optional("section"), page: page,
            text: try row.get("text"),
            pageStarts: spans.map { PageStart(offset: $0.at, page: $0.page, label: labels.label(of: $0.page)) },
            sectionStarts: try JSONColumn.value(row.get("sections")), score: 0)
    }

    private static let columns: SQL = "id, document_id, ordinal, text, section, page, sections, spans, token_count"

    func chunk(_ row: Row) throws -> StoredChunk {
        StoredChunk(
            id: try row.get("id"), documentID: try row.get("document_id"), ordinal: try row.get("ordinal"),
            text: try row.get("text"), section: try row.optional("section"), page: try row.optional("page"),
            sections: try JSONColumn.value(row.get("sections")), spans: try JSONColumn.value(row.get("spans")),
            tokenCount: try row.get("token_count"))
    }
}

extension Array {
    /// Its elements in runs of at most `size`.
    func batches(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min(count, $0 + size)] }
    }
}
