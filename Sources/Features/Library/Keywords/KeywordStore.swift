import Stemming
package import Ambient
package import Database
import Failures
package import Passages

/// Writes the keyword index: an inverted list for each term and segment. See `KeywordSegment`; `KeywordSearch` reads it.
package struct KeywordStore: Sendable {
    /// With more passages of deleted documents than living ones a segment is written anew.
    private static let worthCompacting = 256

    package init() {}

    /// Puts a document's terms in place of what was there.
    package func save(_ terms: DocumentTerms, of document: DocumentID, user: UserID, in transaction: any Transaction) async throws {
        try await remove(document, in: transaction)
        try await transaction.execute(
            "UPDATE documents SET keyword_version = \(KeywordAnalyzer.version) WHERE id = \(document)")
        let count = terms.lengths.count
        if count == 0 { return }
        let (segment, first) = try await makeRoom(for: terms, user: user, in: transaction)
        try await transaction.execute(
            """
            INSERT INTO keyword_places (document_id, user_id, segment_id, first, chunks)
            VALUES (\(document), \(user), \(segment), \(first), \(count))
            """)
        let joined = transaction.dialect.joinedBytes("keyword_lists.postings", "excluded.postings")
        for batch in terms.postings.sorted(by: { $0.key < $1.key }).batches(of: 500) {
            let rows = batch.map { term, postings -> SQL in "(\(segment), \(term), \(postings.based(at: first)))" }
            try await transaction.execute(
                """
                INSERT INTO keyword_lists (segment_id, term, postings) VALUES \(rows.joined(separator: ", "))
                ON CONFLICT (segment_id, term) DO UPDATE SET postings = \(joined)
                """)
        }
    }

    /// Documents whose terms another version of the analyzer made.
    func outdated(limit: Int, in transaction: any Transaction) async throws -> [(
        id: DocumentID, user: UserID
    )] {
        try await transaction.query(
            """
            SELECT id, user_id FROM documents WHERE status = 'completed' AND keyword_version < \(KeywordAnalyzer.version) AND edition_of IS NULL
            ORDER BY id LIMIT \(limit)
            """
        ).map { (try $0.get("id"), try $0.get("user_id")) }
    }

    /// Whether it is still so; the document is locked to the end of the transaction.
    func isOutdated(_ document: DocumentID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first(
            """
            SELECT id FROM documents
            WHERE id = \(document) AND status = 'completed' AND keyword_version < \(KeywordAnalyzer.version)\(transaction.dialect.forUpdate)
            """) != nil
    }

    /// Takes a document out of the index. To be called before the document itself is removed.
    package func remove(_ document: DocumentID, in transaction: any Transaction) async throws {
        let place = try await transaction.first(
            """
            SELECT s.id AS id, s.user_id AS user_id, s.chunks AS total, s.lengths AS lengths, s.dead AS dead,
                s.languages AS languages, p.first AS first, p.chunks AS chunks
            FROM keyword_segments s JOIN keyword_places p ON p.segment_id = s.id
            WHERE p.document_id = \(document)\(transaction.dialect.forUpdate)
            """)
        guard let place else { return }
        try await transaction.execute("DELETE FROM keyword_places WHERE document_id = \(document)")
        let (segment, total): (Int, Int) = (try place.get("id"), try place.get("total"))
        let buried = try place.optional("dead").map(KeywordSegment.runs) ?? []
        let dead = buried + [KeywordSegment.Run(first: try place.get("first"), count: try place.get("chunks"))]
        let lost = dead.reduce(0) { $0 + $1.count }
        if lost >= total {
            try await transaction.execute("DELETE FROM keyword_segments WHERE id = \(segment)")
        } else if lost * 2 > total, lost >= Self.worthCompacting {
            let lengths = KeywordSegment.lengths(try place.get("lengths"))
            try await compact(
                segment, lengths, try place.get("languages"), dead: dead, user: try place.get("user_id"), in: transaction)
        } else {
            try await transaction.execute(
                "UPDATE keyword_segments SET dead = \(KeywordSegment.encode(dead)) WHERE id = \(segment)")
        }
    }

    /// Removes all of a user's index.
    func removeAll(of user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM keyword_segments WHERE user_id = \(user)")
    }

    /// A segment with room for a document's passages, and the ordinal of the first. It is locked to the end of the transaction.
    private func makeRoom(
        for terms: DocumentTerms, user: UserID, in transaction: any Transaction
    ) async throws -> (segment: Int, first: Int) {
        let lengths = terms.lengths
        let open = try await transaction.first(
            """
            SELECT id, chunks, lengths, languages FROM keyword_segments
            WHERE user_id = \(user) AND chunks <= \(KeywordSegment.capacity - lengths.count)
            ORDER BY chunks DESC, id LIMIT 1\(transaction.dialect.forUpdate)
            """)
        if let open {
            let (id, chunks, known): (Int, Int, [UInt8]) = (try open.get("id"), try open.get("chunks"), try open.get("lengths"))
            let languages = TextLanguage.set(try open.get("languages"))
            try await transaction.execute(
                """
                UPDATE keyword_segments SET chunks = \(chunks + lengths.count), lengths = \(known + KeywordSegment.encode(lengths)),
                    languages = \(TextLanguage.list(terms.languages.union(languages)))
                WHERE id = \(id)
                """)
            return (id, chunks)
        }
        let segment = try await insert(
            lengths.count, KeywordSegment.encode(lengths), TextLanguage.list(terms.languages), user: user, in: transaction)
        return (segment, 0)
    }

    private func insert(
        _ chunks: Int, _ lengths: [UInt8], _ languages: String, user: UserID, in transaction: any Transaction
    ) async throws -> Int {
        let made = try await transaction.first(
            """
            INSERT INTO keyword_segments (user_id, chunks, lengths, languages)
            VALUES (\(user), \(chunks), \(lengths), \(languages)) RETURNING id
            """)
        guard let made else { throw LibraryFailure(.internal, "A segment of the keyword index was not made.") }
        return try made.get("id")
    }

    /// Writes what lives of a segment into a new one, so that nothing of the old one is taken for the new.
    private func compact(
        _ segment: Int, _ lengths: [UInt16], _ languages: String, dead: [KeywordSegment.Run], user: UserID,
        in transaction: any Transaction
    ) async throws {
        let living = KeywordSegment.living(of: lengths.count, without: dead)
        // For each passage its new ordinal, -1 for one that is dead.
        var moved = [Int](repeating: -1, count: lengths.count)
        var next = 0
        for run in living {
            for ordinal in run.first..<min(run.end, lengths.count) {
                moved[ordinal] = next
                next += 1
            }
        }
        let kept = lengths.indices.filter { moved[$0] >= 0 }.map { Int(lengths[$0]) }
        let new = try await insert(kept.count, KeywordSegment.encode(kept), languages, user: user, in: transaction)
        let places = try await transaction.query("SELECT document_id, first FROM keyword_places WHERE segment_id = \(segment)")
        for place in places {
            let (document, first): (DocumentID, Int) = (try place.get("document_id"), try place.get("first"))
            guard moved.indices.contains(first), moved[first] >= 0 else { continue }
            try await transaction.execute(
                "UPDATE keyword_places SET segment_id = \(new), first = \(moved[first]) WHERE document_id = \(document)")
        }
        var after = ""
        while true {
            let rows = try await transaction.query(
                "SELECT term, postings FROM keyword_lists WHERE segment_id = \(segment) AND term > \(after) ORDER BY term LIMIT 500"
            )
            guard let last = rows.last else { break }
            after = try last.get("term")
            let lists = try rows.compactMap { row -> SQL? in
                var pairs: [(ordinal: Int, count: Int)] = []
                Postings(bytes: try row.get("postings")).forEach { ordinal, count in
                    if moved.indices.contains(ordinal), moved[ordinal] >= 0 { pairs.append((moved[ordinal], count)) }
                }
                var list = Postings()
                for pair in pairs.sorted(by: { $0.ordinal < $1.ordinal }) { list.append(ordinal: pair.ordinal, count: pair.count) }
                return list.bytes.isEmpty ? nil : "(\(new), \(try row.get("term", as: String.self)), \(list.bytes))"
            }
            if lists.isEmpty { continue }
            try await transaction.execute(
                "INSERT INTO keyword_lists (segment_id, term, postings) VALUES \(lists.joined(separator: ", "))")
        }
        try await transaction.execute("DELETE FROM keyword_segments WHERE id = \(segment)")
    }
}
