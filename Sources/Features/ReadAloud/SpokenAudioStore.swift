import Ambient
import Database
import FoundationEssentials
import Speech

/// Texts read aloud in the database. Every statement names the user, since SQLite has no row-level security.
struct SpokenAudioStore: Sendable {
    private static let columns: SQL = """
        id, user_id, title, text, source_kind, source_id, form, speed, wish, language, state, voice, engine, sha256, size, duration_ms, \
        words, problem, job_id, created_at
        """

    /// Adds it. Returns false, and adds nothing, if the student has one with the same key.
    func insert(_ audio: SpokenAudio, key: String, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            """
            INSERT INTO spoken_audio (\(Self.columns), cache_key, used_at) VALUES (
                \(audio.id), \(audio.userID), \(audio.title), \(audio.text), \(audio.source?.kind.rawValue), \(audio.source.map { Identifier<Never>($0.id) }),
                \(audio.form.rawValue), \(audio.speed), \(audio.wish), \(audio.language), \(audio.state.rawValue), \(audio.voice),
                \(audio.engine), \(audio.sha256), \(audio.size), \(audio.milliseconds), \(try Self.text(of: audio.words)), \(audio.problem),
                \(audio.jobID.map { Identifier<Never>($0) }), \(audio.createdAt), \(key), \(audio.createdAt))
            ON CONFLICT (user_id, cache_key) DO NOTHING
            """) > 0
    }

    func find(_ id: SpokenAudioID, user: UserID, in transaction: any Transaction) async throws -> SpokenAudio? {
        try await transaction.first("SELECT \(Self.columns) FROM spoken_audio WHERE id = \(id) AND user_id = \(user)").map(
            Self.audio)
    }

    func find(key: String, user: UserID, in transaction: any Transaction) async throws -> SpokenAudio? {
        try await transaction.first("SELECT \(Self.columns) FROM spoken_audio WHERE cache_key = \(key) AND user_id = \(user)").map(
            Self.audio)
    }

    /// The newest first.
    func list(user: UserID, offset: Int, limit: Int, in transaction: any Transaction) async throws -> (
        list: [SpokenAudio], total: Int
    ) {
        let total = try await transaction.first("SELECT count(*) AS total FROM spoken_audio WHERE user_id = \(user)")
        let rows = try await transaction.query(
            """
            SELECT \(Self.columns) FROM spoken_audio WHERE user_id = \(user) ORDER BY created_at DESC, id DESC
            LIMIT \(limit) OFFSET \(offset)
            """)
        return (try rows.map(Self.audio), try total?.get("total") ?? 0)
    }

    /// Writes what became of it.
    func update(_ audio: SpokenAudio, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE spoken_audio SET state = \(audio.state.rawValue), voice = \(audio.voice), engine = \(audio.engine),
                sha256 = \(audio.sha256), size = \(audio.size), duration_ms = \(audio.milliseconds),
                words = \(try Self.text(of: audio.words)), problem = \(audio.problem), job_id = \(audio.jobID.map { Identifier<Never>($0) })
            WHERE id = \(audio.id) AND user_id = \(audio.userID)
            """)
    }

    /// Another wish for the same no longer finds it.
    func rename(_ id: SpokenAudioID, key: String, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE spoken_audio SET cache_key = \(key) WHERE id = \(id) AND user_id = \(user)")
    }

    func touch(_ id: SpokenAudioID, at now: Date, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE spoken_audio SET used_at = \(now) WHERE id = \(id) AND user_id = \(user)")
    }

    /// - Returns: whether there was one.
    func delete(_ id: SpokenAudioID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM spoken_audio WHERE id = \(id) AND user_id = \(user)") > 0
    }

    /// Of everybody: those that nobody has listened to since. For the sweep.
    func deleteUnused(since date: Date, limit: Int, in transaction: any Transaction) async throws -> Int {
        try await transaction.execute(
            """
            DELETE FROM spoken_audio WHERE id IN (
                SELECT id FROM spoken_audio WHERE used_at < \(date) AND state <> 'pending' ORDER BY used_at LIMIT \(limit))
            """)
    }

    /// All files of somebody.
    func digests(of user: UserID, in transaction: any Transaction) async throws -> [String] {
        try await transaction.query("SELECT sha256 FROM spoken_audio WHERE user_id = \(user) AND sha256 IS NOT NULL")
            .map { try $0.get("sha256") }
    }

    func isReferenced(_ sha256: String, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first("SELECT id FROM spoken_audio WHERE sha256 = \(sha256) LIMIT 1") != nil
    }

    /// Everything of one student, for an export.
    func all(of user: UserID, in transaction: any Transaction) async throws -> [SpokenAudio] {
        try await list(user: user, offset: 0, limit: .max, in: transaction).list
    }

    // MARK: - Rows

    /// A word in five values: text, place and length in the text, start and end.
    private struct StoredWord: Codable {
        var word: SpokenAudio.Word

        init(word: SpokenAudio.Word) { self.word = word }

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            let (text, place, length) = (try values.decode(String.self), try values.decode(Int.self), try values.decode(Int.self))
            word = .init(
                text: text, range: place..<place + max(0, length), start: try values.decode(Int.self),
                end: try values.decode(Int.self))
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.unkeyedContainer()
            try values.encode(word.text)
            for number in [word.range.lowerBound, word.range.count, word.start, word.end] { try values.encode(number) }
        }
    }

    private static func text(of words: [SpokenAudio.Word]) throws -> String? {
        words.isEmpty ? nil : try JSONColumn.text(words.map(StoredWord.init))
    }

    private static func audio(_ row: Row) throws -> SpokenAudio {
        let (form, state): (String, String) = (try row.get("form"), try row.get("state"))
        guard let form = AudioForm(rawValue: form), let state = SpokenAudio.State(rawValue: state) else {
            throw DatabaseFailure(.decoding, "spoken_audio.form or state")
        }
        let (kind, source, job): (String?, Identifier<Never>?, Identifier<Never>?) = (
            try row.optional("source_kind"), try row.optional("source_id"), try row.optional("job_id")
        )
        let words: String? = try row.optional("words")
        return SpokenAudio(
            id: try row.get("id"), userID: try row.get("user_id"), title: try row.get("title"), text: try row.get("text"),
            source: kind.flatMap { SpokenAudio.Source.Kind(rawValue: $0) }.flatMap { kind in
                source.map { .init(kind: kind, id: $0.uuid) }
            }, form: form,
            speed: try row.get("speed"), wish: try row.optional("wish"), language: try row.optional("language"), state: state,
            voice: try row.optional("voice"), engine: try row.optional("engine"), sha256: try row.optional("sha256"),
            size: try row.optional("size"), milliseconds: try row.optional("duration_ms"),
            words: try words.map { try JSONColumn.value($0, as: [StoredWord].self).map(\.word) } ?? [],
            problem: try row.optional("problem"),
            jobID: job?.uuid, createdAt: try row.get("created_at"))
    }
}
