import Stemming
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
        /// What words that no passage has were taken for.
        package var meant: [String: String] = [:]
        /// The query is not in English.
        package var isForeign = false
    }

    /// Whether a query may have words that are taken for others.
    func mayHaveSlips(_ query: String) -> Bool {
        WordScanner.items(of: query).contains { item in
            guard case .word(let word) = item else { return false }
            return Misspelling.isPossible(word.plain) && !isWord(word.plain)
        }
    }

    /// Ids in one statement; databases limit how many values it may have.
    private static let batch = 2000
    /// How many terms a misspelt word is taken for, and in how many segments they are sought.
    private static let guesses = 2
    private static let guessed = 8
    private static let guessWeight = 0.8

    private let ranking = BM25()
    private let lengths = KeywordLengths()

    /// Whether a word in lower case is one that is known, and not a slip that nothing has.
    private let isWord: @Sendable (String) -> Bool

    package init(isWord: @escaping @Sendable (String) -> Bool = { _ in false }) { self.isWord = isWord }

    /// - Parameter documents: search only these, and reckon with these alone; nil is all that the user has.
    package func search(
        _ query: String, user: UserID, in documents: [DocumentID]?, limit: Int, transaction: any Transaction
    ) async throws -> Found {
        guard limit > 0 else { return Found() }
        let (ids, segments, languages) = try await segments(of: user, in: documents, transaction)
        let wanted = KeywordQuery(query, languages: languages)
        // Sorted, so that sums of floating-point numbers come out alike each time.
        let terms = wanted.terms.sorted { $0.spellings[0] < $1.spellings[0] }
        guard !terms.isEmpty, !ids.isEmpty else { return Found() }
        // A spelling of one term may be another term of the query: it counts where it was asked for.
        let owners = Dictionary(
            terms.enumerated().map { ($1.spellings[0], $0) }
                + terms.enumerated().flatMap { index, term in term.spellings.dropFirst().map { ($0, index) } }
        ) { first, _ in first }
        var weights = terms.map(\.weight)
        var found = try await lists(of: owners, count: terms.count, in: ids, transaction)
        var taken: [String: String] = [:]
        for index in terms.indices where found[index].isEmpty {
            let word = terms[index].word
            guard Misspelling.isPossible(word), !isWord(word) else { continue }
            let meant = try await nearest(to: word, wanted, in: ids, transaction).filter { owners[$0.term] == nil }
            guard let first = meant.first else { continue }
            taken[word] = first.word
            found[index] = try await lists(
                of: Dictionary(uniqueKeysWithValues: meant.map { ($0.term, 0) }), count: 1, in: ids, transaction)[0]
            weights[index] *= Self.guessWeight
        }
        let asked = terms.indices.compactMap { index -> BM25.Term? in
            terms[index].isOptional && found[index].isEmpty ? nil : BM25.Term(lists: found[index], weight: weights[index])
        }
        let ranked = ranking.rank(segments: segments, terms: asked, limit: limit)
        let places = try await lookUp(ranked.hits.map(\.place), ids, transaction)
        let hits = zip(ranked.hits, places).compactMap { hit, id in id.map { (id: $0, score: hit.score) } }
        return Found(hits: hits, ceiling: ranked.ceiling, meant: taken, isForeign: wanted.isForeign)
    }

    /// The lists of terms in segments, for each owner of them.
    private func lists(
        of owners: [String: Int], count: Int, in ids: [Int], _ transaction: any Transaction
    ) async throws -> [[BM25.List]] {
        let terms = owners.keys.sorted()
        let indices = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        var lists = [[BM25.List]](repeating: [], count: count)
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
        return lists
    }

    /// The terms of the words, one slip of the keyboard away, that the passages have most.
    private func nearest(
        to word: String, _ query: KeywordQuery, in ids: [Int], _ transaction: any Transaction
    ) async throws -> [(term: String, word: String)] {
        let near = query.terms(near: word, isWord: isWord)
        var sizes: [String: Int] = [:]
        for batch in near.keys.sorted().batches(of: Self.batch) {
            // A word that is in none of the newest of very many segments is rare beyond guessing.
            let rows = try await transaction.query(
                """
                SELECT term, sum(length(postings)) AS size FROM keyword_lists
                WHERE segment_id IN \(list: Array(ids.suffix(Self.guessed))) AND term IN \(list: Array(batch)) GROUP BY term
                """)
            for row in rows { sizes[try row.get("term")] = try row.get("size") }
        }
        return sizes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.guesses)
            .map { ($0.key, near[$0.key] ?? word) }
    }

    /// The segments that are searched, in order of their ids, and what of each.
    private func segments(
        of user: UserID, in documents: [DocumentID]?, _ transaction: any Transaction
    ) async throws -> (ids: [Int], segments: [BM25.Segment], languages: [TextLanguage]) {
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
            "SELECT id, chunks, dead, languages FROM keyword_segments WHERE user_id = \(user) ORDER BY id")
        var wanted: [(id: Int, chunks: Int, runs: [KeywordSegment.Run]?)] = []
        var languages: Set<TextLanguage> = []
        for row in rows {
            let (id, chunks): (Int, Int) = (try row.get("id"), try row.get("chunks"))
            if chosen == nil || chosen?[id] != nil { languages.formUnion(TextLanguage.set(try row.get("languages"))) }
            if let chosen {
                if let runs = chosen[id] { wanted.append((id, chunks, runs.sorted { $0.first < $1.first })) }
            } else {
                let dead = try row.optional("dead", as: [UInt8].self).map(KeywordSegment.runs)
                wanted.append((id, chunks, dead.map { KeywordSegment.living(of: chunks, without: $0) }))
            }
        }
        let known = try await lengths.of(wanted.map { ($0.id, $0.chunks) }, user: user, in: transaction)
        let parts = zip(wanted, known).map { BM25.Segment(lengths: $1, runs: $0.runs) }
        return (wanted.map(\.id), parts, languages.sorted { $0.rawValue < $1.rawValue })
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
