package import Ambient
package import Database
package import Passages

/// Finds passages by words: BM25 over the lists of the query's terms, one for each segment of the user's.
///
/// Of the passages that are found only the best are looked up; how long each is stays in memory from one search to the next.
package struct KeywordSearch: Sendable {
    /// What was found, the best first, and the score that no passage can exceed.
    package struct Found: Sendable {
        package var hits: [(id: ChunkID, score: Double)] = []
        package var ceiling = 0.0
    }

    /// Ids in one statement; databases limit how many values it may have.
    private static let batch = 2000

    private let ranking = BM25()
    private let lengths = KeywordLengths()

    package init() {}

    /// - Parameter documents: search only these, and reckon with these alone; nil is all that the user has.
    package func search(
        _ query: String, user: UserID, in documents: [DocumentID]?, limit: Int, transaction: any Transaction
    ) async throws -> Found {
        // Sorted, so that sums of floating-point numbers come out alike each time.
        let groups = KeywordAnalyzer.groups(of: query).sorted { $0[0] < $1[0] }
        guard !groups.isEmpty, limit > 0 else { return Found() }
        // A spelling of one term may be another term of the query: it counts where it was asked for.
        let owners = Dictionary(
            groups.enumerated().map { ($1[0], $0) }
                + groups.enumerated().flatMap { index, group in group.dropFirst().map { ($0, index) } }
        ) { first, _ in first }
        let terms = owners.keys.sorted()
        let (ids, segments) = try await segments(of: user, in: documents, transaction)
        let indices = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        var lists = [[BM25.List]](repeating: [], count: groups.count)
        for batch in ids.batches(of: Self.batch) {
            let rows = try await transaction.query(
                """
                SELECT segment_id, term, postings FROM keyword_lists
                WHERE segment_id IN \(list: Array(batch)) AND term IN \(list: terms)
                """)
            for row in rows {
                guard let index = indices[try row.get("segment_id")], let term = owners[try row.get("term")]
                else { continue }
                lists[term].append(
                    BM25.List(segment: index, postings: Postings(bytes: try row.get("postings"))))
            }
        }
        let ranked = ranking.rank(segments: segments, terms: lists, limit: limit)
        let found = try await lookUp(ranked.hits.map(\.place), ids, transaction)
        let hits = zip(ranked.hits, found).compactMap { hit, id in id.map { (id: $0, score: hit.score) } }
        return Found(hits: hits, ceiling: ranked.ceiling)
    }

    /// The segments that are searched, in order of their ids, and what of each.
    private func segments(
        of user: UserID, in documents: [DocumentID]?, _ transaction: any Transaction
    ) async throws -> (ids: [Int], segments: [BM25.Segment]) {
        var chosen: [Int: [KeywordSegment.Run]]?
        if let documents {
            var runs: [Int: [KeywordSegment.Run]] = [:]
            for batch in documents.batches(of: Self.batch) {
                let rows = try await transaction.query(
                    """
                    SELECT segment_id, first, chunks FROM keyword_places
                    WHERE document_id IN \(list: Array(batch)) AND user_id = \(user)
                    """)
                for row in rows {
                    runs[try row.get("segment_id"), default: []].append(
                        KeywordSegment.Run(first: try row.get("first"), count: try row.get("chunks")))
                }
            }
            chosen = runs
        }
        let rows = try await transaction.query(
            "SELECT id, chunks, dead FROM keyword_segments WHERE user_id = \(user) ORDER BY id")
        var wanted: [(id: Int, chunks: Int, runs: [KeywordSegment.Run]?)] = []
        for row in rows {
            let (id, chunks): (Int, Int) = (try row.get("id"), try row.get("chunks"))
            if let chosen {
                if let runs = chosen[id] { wanted.append((id, chunks, runs.sorted { $0.first < $1.first })) }
            } else {
                let dead = try row.optional("dead", as: [UInt8].self).map(KeywordSegment.runs)
                wanted.append((id, chunks, dead.map { KeywordSegment.living(of: chunks, without: $0) }))
            }
        }
        let known = try await lengths.of(wanted.map { ($0.id, $0.chunks) }, user: user, in: transaction)
        return (wanted.map(\.id), zip(wanted, known).map { BM25.Segment(lengths: $1, runs: $0.runs) })
    }

    /// The passages at these places; nil where the document is gone.
    private func lookUp(_ places: [BM25.Place], _ ids: [Int], _ transaction: any Transaction) async throws -> [ChunkID?] {
        var found: [BM25.Place: ChunkID] = [:]
        let indices = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        for batch in places.batches(of: 256) {
            // Filled up to a power of two with its last, so that there are few statements to prepare.
            let size = batch.count == 1 ? 1 : 1 << (Int.bitWidth - (batch.count - 1).leadingZeroBitCount)
            let rows = (0..<size).map { index -> SQL in
                let place = batch[min(batch.startIndex + index, batch.endIndex - 1)]
                return "(CAST(\(ids[place.segment]) AS bigint), CAST(\(place.ordinal) AS bigint))"
            }
            let passages = try await transaction.query(
                """
                WITH hits (segment_id, ordinal) AS (VALUES \(rows.joined(separator: ", ")))
                SELECT h.segment_id AS segment_id, h.ordinal AS ordinal, c.id AS id FROM hits h
                JOIN keyword_places p ON p.segment_id = h.segment_id AND p.first = (
                    SELECT max(q.first) FROM keyword_places q WHERE q.segment_id = h.segment_id AND q.first <= h.ordinal)
                JOIN chunks c ON c.document_id = p.document_id AND c.ordinal = h.ordinal - p.first
                WHERE h.ordinal < p.first + p.chunks
                """)
            for row in passages {
                guard let segment = indices[try row.get("segment_id")] else { continue }
                found[BM25.Place(segment: segment, ordinal: try row.get("ordinal"))] = try row.get("id")
            }
        }
        return places.map { found[$0] }
    }
}
