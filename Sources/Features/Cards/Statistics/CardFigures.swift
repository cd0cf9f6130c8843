package import Ambient
package import Database
package import FoundationEssentials

/// How much a student has learned with cards, for whoever counts that, in a transaction of theirs.
package enum CardFigures {
    /// Cards, answers that count, and the milliseconds that they took.
    package static func counts(
        of user: UserID, in transaction: any Transaction
    ) async throws -> (cards: Int, reviews: Int, duration: Int) {
        let cards: Int =
            try await transaction.first("SELECT count(*) AS total FROM cards WHERE user_id = \(user)")?.get("total") ?? 0
        let reviews = try await transaction.first(
            """
            SELECT count(*) AS total, CAST(COALESCE(SUM(duration_ms), 0) AS bigint) AS duration
            FROM card_reviews WHERE user_id = \(user) AND undone_at IS NULL
            """)
        return (cards, try reviews?.get("total") ?? 0, try reviews?.get("duration") ?? 0)
    }

    /// When cards were answered within a stretch of time.
    @Sendable package static func moments(
        in times: Range<Date>, of user: UserID, in transaction: any Transaction
    ) async throws -> [Date] {
        try await transaction.query(
            """
            SELECT reviewed_at FROM card_reviews
            WHERE user_id = \(user) AND reviewed_at >= \(times.lowerBound) AND reviewed_at < \(times.upperBound)
                  AND undone_at IS NULL
            """
        ).map { try $0.get("reviewed_at") }
    }

    /// How the student's days are told apart.
    package static func day(of user: UserID, in transaction: any Transaction) async throws -> StudyDay {
        try await ReviewStore().settings(of: user, in: transaction).day
    }
}
