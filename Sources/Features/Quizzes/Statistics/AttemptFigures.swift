package import Ambient
package import Database
package import FoundationEssentials

/// How much a student has done with quizzes, for whoever counts that, in a transaction of theirs.
package enum AttemptFigures {
    /// An attempt that lay open overnight was not worked on all the while.
    private static let longest: TimeInterval = 4 * 3600

    /// Attempts that were handed in, and the milliseconds from their beginnings to their ends.
    package static func counts(
        of user: UserID, in transaction: any Transaction
    ) async throws -> (attempts: Int, duration: Int) {
        let times = try await transaction.query(
            "SELECT started_at, submitted_at FROM quiz_attempts WHERE user_id = \(user) AND submitted_at IS NOT NULL"
        ).map { (start: try $0.get("started_at", as: Date.self), end: try $0.get("submitted_at", as: Date.self)) }
        let seconds = times.reduce(0.0) { $0 + min(longest, max(0, $1.end.timeIntervalSince($1.start))) }
        return (times.count, Int(seconds * 1000))
    }

    /// When attempts were handed in within a stretch of time.
    @Sendable package static func moments(
        in times: Range<Date>, of user: UserID, in transaction: any Transaction
    ) async throws -> [Date] {
        try await transaction.query(
            """
            SELECT submitted_at FROM quiz_attempts
            WHERE user_id = \(user) AND submitted_at >= \(times.lowerBound) AND submitted_at < \(times.upperBound)
            """
        ).map { try $0.get("submitted_at") }
    }
}
