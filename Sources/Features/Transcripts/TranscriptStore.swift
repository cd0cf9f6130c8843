import Ambient
import Database
import FoundationEssentials

/// Transcripts in the database. Every statement names the user, since SQLite has no row-level security.
struct TranscriptStore: Sendable {
    private static let columns: SQL = """
        id, user_id, title, filename, sha256, size, media_type, wish, vocabulary, state, heard_ms, duration_ms, language, engine, \
        confidence, gaps, speakers, problem, job_id, created_at, updated_at, shelf, shelf_problem, document_id, shelved_at, \
        course_id, slides_id, parting, parting_count, parting_problem
        """

    func insert(_ it: Transcript, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO transcripts (\(Self.columns)) VALUES (
                \(it.id), \(it.userID), \(it.title), \(it.filename), \(it.sha256), \(it.size), \(it.mediaType), \(it.wish),
                \(try JSONColumn.text(it.vocabulary)), \(it.state.rawValue), \(it.heard), \(it.milliseconds), \(it.language), \(it.engine),
                \(it.confidence), \(try JSONColumn.text(it.gaps)), \(try JSONColumn.text(it.speakers)), \(it.problem),
                \(it.jobID.map { Identifier<Never>($0) }), \(it.createdAt), \(it.updatedAt), \(it.shelf.rawValue), \(it.shelfProblem),
                \(it.documentID.map { Identifier<Never>($0) }), \(it.shelvedAt),
                \(it.courseID.map { Identifier<Never>($0) }), \(it.slidesID.map { Identifier<Never>($0) }),
                \(it.parting.rawValue), \(it.partingCount), \(it.partingProblem))
            """)
    }

    /// - Parameter locking: holds the row until the end of the transaction, which is about to change it.
    func find(_ id: TranscriptID, user: UserID, locking: Bool = false, in transaction: any Transaction) async throws -> Transcript?
    {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        return try await transaction.first("SELECT \(Self.columns) FROM transcripts WHERE id = \(id) AND user_id = \(user)\(lock)")
            .map(
                Self.transcript)
    }

    func find(job: UUID, user: UserID, in transaction: any Transaction) async throws -> Transcript? {
        try await transaction.first(
            "SELECT \(Self.columns) FROM transcripts WHERE job_id = \(Identifier<Never>(job)) AND user_id = \(user)"
        ).map(Self.transcript)
    }

    func find(document: UUID, user: UserID, in transaction: any Transaction) async throws -> Transcript? {
        try await transaction.first(
            "SELECT \(Self.columns) FROM transcripts WHERE document_id = \(Identifier<Never>(document)) AND user_id = \(user)"
        ).map(Self.transcript)
    }

    /// Recordings whose sound is still coming, or not yet one file; the oldest first.
    func open(user: UserID, in transaction: any Transaction) async throws -> [Transcript] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM transcripts
            WHERE user_id = \(user) AND (state = 'recording' OR state = 'joining') ORDER BY created_at, id
            """
        ).map(Self.transcript)
    }

    /// The newest first.
    func list(user: UserID, offset: Int, limit: Int, in transaction: any Transaction) async throws -> (
        list: [Transcript], total: Int
    ) {
        let total = try await transaction.first("SELECT count(*) AS total FROM transcripts WHERE user_id = \(user)")
        let rows = try await transaction.query(
            """
            SELECT \(Self.columns) FROM transcripts WHERE user_id = \(user) ORDER BY created_at DESC, id DESC
            LIMIT \(limit) OFFSET \(offset)
            """)
        return (try rows.map(Self.transcript), try total?.get("total") ?? 0)
    }

    /// Writes all that may change.
    func update(_ it: Transcript, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE transcripts SET title = \(it.title), sha256 = \(it.sha256), size = \(it.size), media_type = \(it.mediaType),
                shelf = \(it.shelf.rawValue), shelf_problem = \(it.shelfProblem), shelved_at = \(it.shelvedAt),
                parting = \(it.parting.rawValue), parting_count = \(it.partingCount), parting_problem = \(it.partingProblem),
                course_id = \(it.courseID.map { Identifier<Never>($0) }), slides_id = \(it.slidesID.map { Identifier<Never>($0) }),
                document_id = \(it.documentID.map { Identifier<Never>($0) }), state = \(it.state.rawValue), heard_ms = \(it.heard),
                duration_ms = \(it.milliseconds), language = \(it.language), engine = \(it.engine), confidence = \(it.confidence),
                gaps = \(try JSONColumn.text(it.gaps)), speakers = \(try JSONColumn.text(it.speakers)), problem = \(it.problem),
                job_id = \(it.jobID.map { Identifier<Never>($0) }), updated_at = \(it.updatedAt)
            WHERE id = \(it.id) AND user_id = \(it.userID)
            """)
    }

    /// - Returns: whether there was one.
    func delete(_ id: TranscriptID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM transcripts WHERE id = \(id) AND user_id = \(user)") > 0
    }

    /// How many recordings of all people wait that came before.
    func ahead(of it: Transcript, in transaction: any Transaction) async throws -> Int {
        try await transaction.first(
            """
            SELECT count(*) AS total FROM transcripts
            WHERE (state = 'pending' OR state = 'processing') AND created_at < \(it.createdAt)
            """)?.get("total") ?? 0
    }

    /// All files of somebody.
    func digests(of user: UserID, in transaction: any Transaction) async throws -> [String] {
        try await transaction.query(
            """
            SELECT sha256 FROM transcripts WHERE user_id = \(user)
            UNION SELECT sha256 FROM recording_pieces WHERE user_id = \(user)
            """
        ).map { try $0.get("sha256") }
    }

    func isReferenced(_ sha256: String, in transaction: any Transaction) async throws -> Bool {
        if try await transaction.first("SELECT id FROM transcripts WHERE sha256 = \(sha256) LIMIT 1") != nil { return true }
        return try await transaction.first("SELECT sha256 FROM recording_pieces WHERE sha256 = \(sha256) LIMIT 1") != nil
    }

    // MARK: - Segments

    func insert(_ segments: [TranscriptSegment], of id: TranscriptID, user: UserID, in transaction: any Transaction) async throws {
        for segment in segments {
            try await transaction.execute(
                """
                INSERT INTO transcript_segments (id, transcript_id, user_id, start_ms, end_ms, text, confidence, speaker, words) VALUES (
                    \(segment.id), \(id), \(user), \(segment.start), \(segment.end), \(segment.text), \(segment.confidence),
                    \(segment.speaker), \(try Self.text(of: segment.words)))
                """)
        }
    }

    /// In the order in which they are said.
    func segments(of id: TranscriptID, user: UserID, in transaction: any Transaction) async throws -> [TranscriptSegment] {
        try await transaction.query(
            """
            SELECT id, start_ms, end_ms, text, confidence, speaker, words FROM transcript_segments
            WHERE transcript_id = \(id) AND user_id = \(user) ORDER BY start_ms, id
            """
        ).map(Self.segment)
    }

    func update(_ segment: TranscriptSegment, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE transcript_segments SET start_ms = \(segment.start), end_ms = \(segment.end), text = \(segment.text),
                confidence = \(segment.confidence), speaker = \(segment.speaker), words = \(try Self.text(of: segment.words))
            WHERE id = \(segment.id) AND user_id = \(user)
            """)
    }

    func delete(_ segments: [TranscriptSegmentID], user: UserID, in transaction: any Transaction) async throws {
        for id in segments {
            try await transaction.execute("DELETE FROM transcript_segments WHERE id = \(id) AND user_id = \(user)")
        }
    }

    // MARK: - Rows

    /// A word in three values.
    private struct StoredWord: Codable {
        var word: TranscriptSegment.Word

        init(word: TranscriptSegment.Word) { self.word = word }

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            word = .init(text: try values.decode(String.self), start: try values.decode(Int.self), end: try values.decode(Int.self))
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.unkeyedContainer()
            try values.encode(word.text)
            try values.encode(word.start)
            try values.encode(word.end)
        }
    }

    private static func text(of words: [TranscriptSegment.Word]) throws -> String {
        try JSONColumn.text(words.map(StoredWord.init))
    }

    static func segment(_ row: Row) throws -> TranscriptSegment {
        let words: String = try row.get("words")
        return TranscriptSegment(
            id: try row.get("id"), start: try row.get("start_ms"), end: try row.get("end_ms"), text: try row.get("text"),
            confidence: try row.optional("confidence"), speaker: try row.optional("speaker"),
            words: try JSONColumn.value(words, as: [StoredWord].self).map(\.word))
    }

    static func transcript(_ row: Row) throws -> Transcript {
        let state: String = try row.get("state")
        guard let state = Transcript.State(rawValue: state) else { throw DatabaseFailure(.decoding, "transcripts.state") }
        let job: Identifier<Never>? = try row.optional("job_id")
        let document: Identifier<Never>? = try row.optional("document_id")
        let course: Identifier<Never>? = try row.optional("course_id")
        let slides: Identifier<Never>? = try row.optional("slides_id")
        let shelf: String = try row.get("shelf")
        let parting: String = try row.get("parting")
        return Transcript(
            id: try row.get("id"), userID: try row.get("user_id"), title: try row.get("title"), filename: try row.get("filename"),
            sha256: try row.get("sha256"), size: try row.get("size"), mediaType: try row.get("media_type"),
            wish: try row.optional("wish"),
            vocabulary: try JSONColumn.value(row.get("vocabulary")), state: state, heard: try row.get("heard_ms"),
            milliseconds: try row.optional("duration_ms"), language: try row.optional("language"),
            engine: try row.optional("engine"),
            confidence: try row.optional("confidence"), gaps: try JSONColumn.value(row.get("gaps")),
            speakers: try JSONColumn.value(row.get("speakers")), parting: Transcript.Parting(rawValue: parting) ?? .none,
            partingCount: try row.optional("parting_count"), partingProblem: try row.optional("parting_problem"),
            problem: try row.optional("problem"), jobID: job?.uuid,
            courseID: course?.uuid, slidesID: slides?.uuid,
            shelf: Transcript.Shelf(rawValue: shelf) ?? .none, shelfProblem: try row.optional("shelf_problem"),
            documentID: document?.uuid, shelvedAt: try row.optional("shelved_at"),
            createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"))
    }
}
