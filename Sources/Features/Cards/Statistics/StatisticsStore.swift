import Ambient
import Database
import FoundationEssentials
import Spacing

/// What statistics are made of. Every statement names the user, since SQLite has no row-level security.
struct StatisticsStore: Sendable {
    struct Answered: Sendable {
        let at: Date
        let grade: Int
        let days: Double
        let durationMs: Int
        let phase: String
    }

    /// Answers that count since a moment, oldest first.
    func answered(since start: Date, deck: DeckID?, user: UserID, in transaction: any Transaction) async throws -> [Answered] {
        let only: SQL = deck.map { " AND deck_id = \($0)" } ?? ""
        return try await transaction.query(
            """
            SELECT reviewed_at, rating, days, duration_ms, phase FROM card_reviews
            WHERE user_id = \(user) AND reviewed_at >= \(start) AND undone_at IS NULL\(only) ORDER BY reviewed_at
            """
        ).map {
            Answered(
                at: try $0.get("reviewed_at"), grade: try $0.get("rating"), days: try $0.get("days"),
                durationMs: try $0.optional("duration_ms") ?? 0, phase: try $0.get("phase"))
        }
    }

    /// When cards that are reviewed come up, before a moment.
    func coming(
        _ queue: CardQueue = .review, before end: Date, deck: DeckID?, user: UserID, in transaction: any Transaction
    ) async throws -> [Date] {
        let only: SQL = deck.map { " AND deck_id = \($0)" } ?? ""
        return try await transaction.query(
            """
            SELECT shown_from FROM cards
            WHERE user_id = \(user) AND queue = \(queue.rawValue) AND shown_from < \(end)\(only)
            """
        ).map { try $0.get("shown_from") }
    }

    func states(deck: DeckID?, user: UserID, in transaction: any Transaction) async throws -> StudyStatistics.Cards {
        let only: SQL = deck.map { " AND deck_id = \($0)" } ?? ""
        var cards = StudyStatistics.Cards()
        for row in try await transaction.query(
            """
            SELECT queue, is_suspended, CASE WHEN stability >= 21 THEN 1 ELSE 0 END AS lasts, count(*) AS total
            FROM cards WHERE user_id = \(user)\(only) GROUP BY queue, is_suspended, CASE WHEN stability >= 21 THEN 1 ELSE 0 END
            """)
        {
            let total: Int = try row.get("total")
            if try row.get("is_suspended") {
                cards.suspended += total
                continue
            }
            switch CardQueue(rawValue: try row.get("queue")) {
            case .new: cards.new += total
            case .learning: cards.learning += total
            case .review: if try row.get("lasts", as: Int.self) == 1 { cards.mature += total } else { cards.young += total }
            case nil: throw DatabaseFailure(.decoding, "cards.queue")
            }
        }
        return cards
    }
}
