import Ambient
import Database
import FoundationEssentials
import LanguageModels

/// The companion's rows. Every statement names the user, since SQLite has no row-level security.
struct CompanionStore: Sendable {
    // MARK: - Sessions

    private static let columns: SQL = "id, user_id, persona, language, remembers, turns, created_at"

    /// Adds one, or sets the persona, the language and whether it remembers of one that is there.
    func put(_ session: Session, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO companion_sessions (\(Self.columns)) VALUES (
                \(session.id), \(session.userID), \(session.persona), \(session.language), \(session.remembers), \(session.turns),
                \(session.createdAt))
            ON CONFLICT (id) DO UPDATE SET persona = excluded.persona, language = excluded.language, remembers = excluded.remembers
            """)
    }

    func session(_ id: SessionID, user: UserID, in transaction: any Transaction) async throws -> Session? {
        try await transaction.first("SELECT \(Self.columns) FROM companion_sessions WHERE id = \(id) AND user_id = \(user)").map(
            Self.session)
    }

    func sessions(of user: UserID, in transaction: any Transaction) async throws -> [Session] {
        try await transaction.query("SELECT \(Self.columns) FROM companion_sessions WHERE user_id = \(user) ORDER BY created_at")
            .map(
                Self.session)
    }

    /// Counts a turn.
    func countTurn(_ id: SessionID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE companion_sessions SET turns = turns + 1 WHERE id = \(id) AND user_id = \(user)")
    }

    static func session(_ row: Row) throws -> Session {
        Session(
            id: try row.get("id"), userID: try row.get("user_id"), persona: try row.get("persona"),
            language: try row.optional("language"),
            remembers: try row.get("remembers"), turns: try row.get("turns"), createdAt: try row.get("created_at"))
    }

    // MARK: - Personas

    func personas(of user: UserID, in transaction: any Transaction) async throws -> [Persona] {
        try await transaction.query("SELECT persona FROM companion_personas WHERE user_id = \(user) ORDER BY name_key").map {
            try JSONColumn.value(try $0.get("persona"))
        }
    }

    func put(_ persona: Persona, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO companion_personas (user_id, name_key, persona) VALUES (\(user), \(persona.key), \(try JSONColumn.text(persona)))
            ON CONFLICT (user_id, name_key) DO UPDATE SET persona = excluded.persona
            """)
    }

    /// - Returns: whether there was one.
    func deletePersona(_ key: String, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM companion_personas WHERE user_id = \(user) AND name_key = \(key)") > 0
    }

    // MARK: - Spoken answers

    func insert(_ audio: SpokenAnswer, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO companion_audio (id, user_id, sha256, duration_ms, created_at)
            VALUES (\(audio.id), \(audio.userID), \(audio.sha256), \(audio.milliseconds), \(audio.createdAt))
            """)
    }

    func audio(_ id: SpokenAnswerID, user: UserID, in transaction: any Transaction) async throws -> SpokenAnswer? {
        try await transaction.first(
            "SELECT id, user_id, sha256, duration_ms, created_at FROM companion_audio WHERE id = \(id) AND user_id = \(user)"
        ).map { row in
            SpokenAnswer(
                id: try row.get("id"), userID: try row.get("user_id"), sha256: try row.get("sha256"),
                milliseconds: try row.get("duration_ms"), createdAt: try row.get("created_at"))
        }
    }

    /// Of everybody, some at a time.
    func deleteAudio(before date: Date, limit: Int, in transaction: any Transaction) async throws -> Int {
        try await transaction.execute(
            "DELETE FROM companion_audio WHERE id IN (SELECT id FROM companion_audio WHERE created_at < \(date) LIMIT \(limit))")
    }

    /// All files of somebody.
    func digests(of user: UserID, in transaction: any Transaction) async throws -> [String] {
        try await transaction.query(
            """
            SELECT sha256 FROM companion_audio WHERE user_id = \(user)
            UNION SELECT sha256 FROM companion_pictures WHERE user_id = \(user) AND sha256 IS NOT NULL
            """
        ).map { try $0.get("sha256") }
    }

    func isReferenced(_ sha256: String, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first(
            """
            SELECT id FROM companion_audio WHERE sha256 = \(sha256)
            UNION ALL SELECT id FROM companion_pictures WHERE sha256 = \(sha256) LIMIT 1
            """) != nil
    }

    // MARK: - Pictures

    func insert(_ picture: Picture, of session: SessionID, user: UserID, at now: Date, in transaction: any Transaction) async throws
    {
        var (svg, sha256, mediaType) = ("", String?.none, String?.none)
        switch picture.content {
        case .svg(let text): svg = text
        case .file(let digest, let form): (sha256, mediaType) = (digest, form.mediaType)
        }
        try await transaction.execute(
            """
            INSERT INTO companion_pictures (id, user_id, session_id, title, svg, sha256, media_type, from_model, created_at)
            VALUES (\(picture.id), \(user), \(session), \(picture.title), \(svg), \(sha256), \(mediaType), \(picture.isFromModel), \(now))
            """)
    }

    func picture(_ id: PictureID, user: UserID, in transaction: any Transaction) async throws -> Picture? {
        try await transaction.first(
            "SELECT id, title, svg, sha256, media_type, from_model FROM companion_pictures WHERE id = \(id) AND user_id = \(user)"
        ).map { row in
            let (digest, type): (String?, String?) = (try row.optional("sha256"), try row.optional("media_type"))
            let content: Picture.Content =
                if let digest, let form = PictureForm.allCases.first(where: { $0.mediaType == type }) {
                    .file(sha256: digest, form)
                } else { .svg(try row.get("svg")) }
            return Picture(
                id: try row.get("id"), title: try row.get("title"), content: content, isFromModel: try row.get("from_model"))
        }
    }
}
