import Ambient
import Database
import FoundationEssentials
import Manuscript
import Spacing

/// The log of reviews, and how a student learns. Every statement names the user, since SQLite has no row-level security.
struct ReviewStore: Sendable {
    private static let columns: SQL =
        "id, user_id, card_id, deck_id, rating, reviewed_at, days, duration_ms, state_before, undone_at"

    func insert(_ review: Review, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO card_reviews (\(Self.columns), phase) VALUES (
                \(review.id), \(review.userID), \(review.cardID), \(review.deckID), \(review.grade.rawValue), \(review.reviewedAt),
                \(review.days), \(review.durationMs), \(try JSONColumn.text(review.before)), \(review.undoneAt), \(review.before.phase))
            """)
    }

    func find(_ id: ReviewID, user: UserID, in transaction: any Transaction) async throws -> Review? {
        try await transaction.first("SELECT \(Self.columns) FROM card_reviews WHERE id = \(id) AND user_id = \(user)")
            .map(Self.review)
    }

    /// Those of a card that came after a moment and count, in order.
    func later(than date: Date, of card: CardID, user: UserID, in transaction: any Transaction) async throws -> [Review] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM card_reviews
            WHERE card_id = \(card) AND user_id = \(user) AND reviewed_at > \(date) AND undone_at IS NULL ORDER BY reviewed_at, id
            """
        ).map(Self.review)
    }

    /// The latest of a card, the latest first.
    func latest(of card: CardID, user: UserID, limit: Int, in transaction: any Transaction) async throws -> [Review] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM card_reviews
            WHERE card_id = \(card) AND user_id = \(user) AND undone_at IS NULL ORDER BY reviewed_at DESC, id DESC LIMIT \(limit)
            """
        ).map(Self.review)
    }

    /// All, also those that were taken back.
    func all(of user: UserID, in transaction: any Transaction) async throws -> [Review] {
        try await transaction.query(
            "SELECT \(Self.columns) FROM card_reviews WHERE user_id = \(user) ORDER BY reviewed_at, id"
        ).map(Self.review)
    }

    /// Writes what comes before a review anew, since another was put in front of it or taken away.
    func setBefore(_ review: Review, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE card_reviews SET state_before = \(try JSONColumn.text(review.before)), phase = \(review.before.phase),
                days = \(review.days)
            WHERE id = \(review.id) AND user_id = \(review.userID)
            """)
    }

    func setUndone(_ id: ReviewID, at now: Date, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE card_reviews SET undone_at = \(now) WHERE id = \(id) AND user_id = \(user)")
    }

    /// How many new cards were begun, and how many learned ones reviewed, since a moment.
    func done(since start: Date, user: UserID, in transaction: any Transaction) async throws -> (new: Int, reviews: Int) {
        let row = try await transaction.first(
            """
            SELECT count(CASE WHEN phase = 'new' THEN 1 END) AS fresh, count(CASE WHEN phase = 'review' THEN 1 END) AS known
            FROM card_reviews WHERE user_id = \(user) AND reviewed_at >= \(start) AND undone_at IS NULL
            """)
        return (try row?.get("fresh") ?? 0, try row?.get("known") ?? 0)
    }

    /// All that counts, by card and time: what memory is fitted to.
    func histories(of user: UserID, in transaction: any Transaction) async throws -> [LoggedHistory] {
        var histories: [LoggedHistory] = []
        for row in try await transaction.query(
            """
            SELECT card_id, rating, days, phase FROM card_reviews WHERE user_id = \(user) AND undone_at IS NULL
            ORDER BY card_id, reviewed_at, id
            """)
        {
            guard let grade = ReviewGrade(rawValue: try row.get("rating")) else {
                throw DatabaseFailure(.decoding, "card_reviews.rating")
            }
            let card: CardID = try row.get("card_id")
            if histories.last?.card != card {
                histories.append(
                    LoggedHistory(card: card, isWhole: try row.get("phase", as: String.self) == "new", entries: []))
            }
            histories[histories.count - 1].entries.append(.init(grade: grade, days: try row.get("days")))
        }
        return histories
    }

    /// The answers to the cards of some texts as other programs log them, by card, the first first.
    func logged(
        ofTexts texts: [CardTextID], user: UserID, in transaction: any Transaction
    ) async throws -> [CardID: [AnkiReview]] {
        var logged: [CardID: [AnkiReview]] = [:]
        for row in try await transaction.query(
            """
            SELECT card_id, rating, reviewed_at, duration_ms, phase FROM card_reviews
            WHERE card_id IN (SELECT id FROM cards WHERE text_id IN \(list: texts)) AND user_id = \(user) AND undone_at IS NULL
            ORDER BY card_id, reviewed_at, id
            """)
        {
            let phase: String = try row.get("phase")
            let kind = phase == "review" ? 1 : phase == "relearning" ? 2 : 0
            logged[try row.get("card_id"), default: []].append(
                AnkiReview(
                    time: Int(try row.get("reviewed_at", as: Date.self).timeIntervalSince1970 * 1000), grade: try row.get("rating"),
                    kind: kind, durationMs: try row.optional("duration_ms") ?? 0))
        }
        return logged
    }

    // MARK: - Settings

    func settings(of user: UserID, in transaction: any Transaction) async throws -> StudySettings {
        try await transaction.first("SELECT settings FROM card_settings WHERE user_id = \(user)")
            .map { try JSONColumn.value(try $0.get("settings")) } ?? StudySettings()
    }

    /// All that an answer to a card of a deck goes by, at once.
    func study(
        of deck: DeckID, user: UserID, in transaction: any Transaction
    ) async throws -> (settings: StudySettings, fitted: FittedParameters?, retention: Double?) {
        let row = try await transaction.first(
            """
            SELECT d.retention, s.settings, s.fitted FROM decks d LEFT JOIN card_settings s ON s.user_id = d.user_id
            WHERE d.id = \(deck) AND d.user_id = \(user)
            """)
        return (
            try row?.optional("settings", as: String.self).map { try JSONColumn.value($0) } ?? StudySettings(),
            try row?.optional("fitted", as: String.self).map { try JSONColumn.value($0) }, try row?.optional("retention")
        )
    }

    func set(_ settings: StudySettings, of user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO card_settings (user_id, settings) VALUES (\(user), \(try JSONColumn.text(settings)))
            ON CONFLICT (user_id) DO UPDATE SET settings = excluded.settings
            """)
    }

    /// nil where none were fitted.
    func fitted(of user: UserID, in transaction: any Transaction) async throws -> FittedParameters? {
        try await transaction.first("SELECT fitted FROM card_settings WHERE user_id = \(user)")?
            .optional("fitted", as: String.self).map { try JSONColumn.value($0) }
    }

    func set(_ fitted: FittedParameters, at now: Date, of user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO card_settings (user_id, settings, fitted, fitted_at)
            VALUES (\(user), \(try JSONColumn.text(StudySettings())), \(try JSONColumn.text(fitted)), \(now))
            ON CONFLICT (user_id) DO UPDATE SET fitted = excluded.fitted, fitted_at = excluded.fitted_at
            """)
    }

    static func review(_ row: Row) throws -> Review {
        guard let grade = ReviewGrade(rawValue: try row.get("rating")) else {
            throw DatabaseFailure(.decoding, "card_reviews.rating")
        }
        return Review(
            id: try row.get("id"), userID: try row.get("user_id"), cardID: try row.get("card_id"),
            deckID: try row.get("deck_id"), grade: grade, reviewedAt: try row.get("reviewed_at"), days: try row.get("days"),
            durationMs: try row.optional("duration_ms"), before: try JSONColumn.value(try row.get("state_before")),
            undoneAt: try row.optional("undone_at"))
    }
}

/// The reviews of one card as the log has them.
struct LoggedHistory: Sendable {
    let card: CardID
    /// It begins when the card was new: a card that was learned elsewhere has a beginning that nobody knows.
    let isWhole: Bool
    var entries: [ReviewHistory.Entry]
}
