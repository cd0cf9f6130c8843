import Ambient
import Database
import FoundationEssentials

/// Pictures and sounds of cards in the database, and which texts show them. Every statement names the user, since SQLite has no row-level
/// security.
struct CardMediaStore: Sendable {
    private static let columns: SQL = "m.user_id, m.name, m.sha256, m.size, m.media_type"

    /// - Returns: false, and adds nothing, where there is one of that name.
    func insert(_ medium: CardMedium, at now: Date, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            """
            INSERT INTO card_media (user_id, name, sha256, size, media_type, created_at) VALUES (
                \(medium.userID), \(medium.name), \(medium.sha256), \(medium.size), \(medium.mediaType), \(now))
            ON CONFLICT (user_id, name) DO NOTHING
            """) > 0
    }

    func find(_ name: String, user: UserID, in transaction: any Transaction) async throws -> CardMedium? {
        try await transaction.first("SELECT \(Self.columns) FROM card_media m WHERE m.user_id = \(user) AND m.name = \(name)")
            .map(Self.medium)
    }

    /// Notes what a text shows, in place of what it did.
    func setUses(_ names: [String], of text: CardTextID, user: UserID, isNew: Bool, in transaction: any Transaction) async throws {
        if !isNew {
            try await transaction.execute("DELETE FROM card_media_uses WHERE text_id = \(text) AND user_id = \(user)")
        }
        for name in names {
            try await transaction.execute(
                """
                INSERT INTO card_media_uses (user_id, text_id, name) VALUES (\(user), \(text), \(name))
                ON CONFLICT (text_id, name) DO NOTHING
                """)
        }
    }

    /// What the texts of a deck show, by name.
    func all(of deck: DeckID, user: UserID, in transaction: any Transaction) async throws -> [CardMedium] {
        try await transaction.query(
            """
            SELECT DISTINCT \(Self.columns) FROM card_media m JOIN card_media_uses u ON u.user_id = m.user_id AND u.name = m.name
            JOIN card_texts t ON t.id = u.text_id WHERE m.user_id = \(user) AND t.deck_id = \(deck) ORDER BY m.name
            """
        ).map(Self.medium)
    }

    /// Forgets what no text shows any more.
    /// - Parameter date: what came since is left: its card may be on its way.
    func deleteUnused(before date: Date, in transaction: any Transaction) async throws -> Int {
        try await transaction.execute(
            """
            DELETE FROM card_media WHERE created_at < \(date) AND NOT EXISTS (
                SELECT 1 FROM card_media_uses u WHERE u.user_id = card_media.user_id AND u.name = card_media.name)
            """)
    }

    func isReferenced(_ sha256: String, in transaction: any Transaction) async throws -> Bool {
        if try await transaction.first("SELECT name FROM card_media WHERE sha256 = \(sha256) LIMIT 1") != nil { return true }
        return try await transaction.first("SELECT id FROM card_imports WHERE sha256 = \(sha256) LIMIT 1") != nil
    }

    /// All files of somebody.
    func digests(of user: UserID, in transaction: any Transaction) async throws -> [String] {
        try await transaction.query(
            """
            SELECT sha256 FROM card_media WHERE user_id = \(user)
            UNION SELECT sha256 FROM card_imports WHERE user_id = \(user) AND sha256 IS NOT NULL
            """
        ).map { try $0.get("sha256") }
    }

    private static func medium(_ row: Row) throws -> CardMedium {
        CardMedium(
            userID: try row.get("user_id"), name: try row.get("name"), sha256: try row.get("sha256"), size: try row.get("size"),
            mediaType: try row.get("media_type"))
    }
}
