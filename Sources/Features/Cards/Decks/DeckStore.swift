import Ambient
import Courses
import Database
import FoundationEssentials

/// Decks in the database. Every statement names the user, since SQLite has no row-level security.
struct DeckStore: Sendable {
    private static let columns: SQL = "id, user_id, course_id, name, retention, created_at, updated_at"

    func insert(_ deck: Deck, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO decks (\(Self.columns)) VALUES (
                \(deck.id), \(deck.userID), \(deck.courseID), \(deck.name), \(deck.retention), \(deck.createdAt), \(deck.updatedAt))
            """)
    }

    /// - Parameter locking: holds the row until the end of the transaction, which is about to change it.
    func find(_ id: DeckID, user: UserID, locking: Bool = false, in transaction: any Transaction) async throws -> Deck? {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        return try await transaction.first("SELECT \(Self.columns) FROM decks WHERE id = \(id) AND user_id = \(user)\(lock)")
            .map(Self.deck)
    }

    /// Whether the student has the deck, which then stays until the end of the transaction.
    func hold(_ id: DeckID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first(
            "SELECT id FROM decks WHERE id = \(id) AND user_id = \(user)\(transaction.dialect.forKeyShare)") != nil
    }

    /// By name.
    func list(of user: UserID, course: CourseID?, in transaction: any Transaction) async throws -> [Deck] {
        let only: SQL = course.map { " AND course_id = \($0)" } ?? ""
        return try await transaction.query(
            "SELECT \(Self.columns) FROM decks WHERE user_id = \(user)\(only) ORDER BY \(transaction.dialect.folded("name")), id"
        ).map(Self.deck)
    }

    /// What each deck has, and what of it waits before `end`.
    func counts(
        of user: UserID, deck: DeckID? = nil, before end: Date, in transaction: any Transaction
    ) async throws -> [DeckID: DeckCounts] {
        let only: SQL = deck.map { " AND deck_id = \($0)" } ?? ""
        var counts: [DeckID: DeckCounts] = [:]
        for row in try await transaction.query(
            """
            SELECT deck_id, queue, count(*) AS total, count(CASE WHEN shown_from < \(end) THEN 1 END) AS waiting
            FROM cards WHERE user_id = \(user)\(only) GROUP BY deck_id, queue
            """)
        {
            let waiting: Int = try row.get("waiting")
            var of = counts[try row.get("deck_id"), default: DeckCounts()]
            of.cards += try row.get("total", as: Int.self)
            switch CardQueue(rawValue: try row.get("queue")) {
            case .new: of.new += waiting
            case .learning: of.learning += waiting
            case .review: of.review += waiting
            case nil: throw DatabaseFailure(.decoding, "cards.queue")
            }
            counts[try row.get("deck_id")] = of
        }
        return counts
    }

    func update(_ deck: Deck, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE decks SET course_id = \(deck.courseID), name = \(deck.name), retention = \(deck.retention),
                updated_at = \(deck.updatedAt)
            WHERE id = \(deck.id) AND user_id = \(deck.userID)
            """)
    }

    /// With its cards.
    /// - Returns: whether there was one.
    func delete(_ id: DeckID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM decks WHERE id = \(id) AND user_id = \(user)") > 0
    }

    static func deck(_ row: Row) throws -> Deck {
        Deck(
            id: try row.get("id"), userID: try row.get("user_id"), courseID: try row.optional("course_id"),
            name: try row.get("name"), retention: try row.optional("retention"), createdAt: try row.get("created_at"),
            updatedAt: try row.get("updated_at"))
    }
}
