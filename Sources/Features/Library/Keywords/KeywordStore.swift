import Ambient
import Database
import FoundationEssentials
import Passages

/// The keyword index in the database: an inverted list for each term and document. See `Postings`.
struct KeywordStore: Sendable {
    private let ranking = BM25()

    /// Puts a document's terms in place of what was there. `chunks` are those of `terms`, in order.
    func save(_ terms: DocumentTerms, chunks: [ChunkID], of document: DocumentID, user: UserID, in transaction: any Transaction)
        async throws
    {
        try await transaction.execute("DELETE FROM keyword_postings WHERE document_id = \(document)")
        try await transaction.execute("DELETE FROM keyword_documents WHERE document_id = \(document)")
        try await transaction.execute(
            """
            INSERT INTO keyword_documents (document_id, user_id, chunk_ids, lengths)
            VALUES (\(document), \(user), \(Self.bytes(of: chunks)), \(DocumentTerms.encode(lengths: terms.lengths)))
            """)
        for batch in terms.postings.sorted(by: { $0.key < $1.key }).batches(of: 500) {
            let rows = batch.map { term, postings -> SQL in "(\(user), \(term), \(document), \(postings.bytes))" }
            try await transaction.execute(
                "INSERT INTO keyword_postings (user_id, term, document_id, postings) VALUES \(rows.joined(separator: ", "))")
        }
    }

    /// What a search by words found, the best first, and the score that none can exceed.
    struct Found: Sendable {
        var hits: [(id: ChunkID, score: Double)] = []
        var ceiling = 0.0
    }

    /// The best places for the query's terms, by BM25 over all chunks searched.
    func search(
        _ query: String, user: UserID, in documents: [DocumentID]?, limit: Int, transaction: any Transaction
    ) async throws -> Found {
        let terms = Set(KeywordAnalyzer.terms(of: query))
        guard !terms.isEmpty else { return Found() }
        var scope: SQL = "user_id = \(user)"
        if let documents { scope += " AND document_id IN \(list: documents)" }
        var indices: [DocumentID: Int] = [:]
        var chunks: [[UInt8]] = []
        var lengths: [[Int]] = []
        for row in try await transaction.query("SELECT document_id, chunk_ids, lengths FROM keyword_documents WHERE \(scope)") {
            indices[try row.get("document_id")] = chunks.count
            chunks.append(try row.get("chunk_ids"))
            lengths.append(DocumentTerms.decode(lengths: try row.get("lengths")))
        }
        var found: [String: [(document: Int, postings: Postings)]] = [:]
        for row in try await transaction.query(
            "SELECT term, document_id, postings FROM keyword_postings WHERE \(scope) AND term IN \(list: terms.sorted())")
        {
            guard let index = indices[try row.get("document_id")] else { continue }
            found[try row.get("term"), default: []].append((index, Postings(bytes: try row.get("postings"))))
        }
        // Sorted, so that sums of floating-point numbers come out alike each time.
        let occurrences = terms.sorted().map { found[$0] ?? [] }
        let ranked = ranking.rank(lengths: lengths, terms: occurrences, limit: limit)
        let hits = ranked.hits.compactMap { hit in
            Self.id(at: hit.place.ordinal, of: chunks[hit.place.document]).map { (id: $0, score: hit.score) }
        }
        return Found(hits: hits, ceiling: ranked.ceiling)
    }

    private static func bytes(of ids: [ChunkID]) -> [UInt8] {
        ids.flatMap { id in withUnsafeBytes(of: id.uuid.uuid) { Array($0) } }
    }

    private static func id(at ordinal: Int, of bytes: [UInt8]) -> ChunkID? {
        guard bytes.count >= (ordinal + 1) * 16 else { return nil }
        return bytes.withUnsafeBytes { ChunkID(UUID(uuid: $0.loadUnaligned(fromByteOffset: ordinal * 16, as: uuid_t.self))) }
    }
}
