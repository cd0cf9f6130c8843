package import Ambient
package import Database
package import FoundationEssentials

/// How much a student has asked, for whoever counts what was learned, in a transaction of theirs.
package enum ChatFigures {
    package static func questions(of user: UserID, in transaction: any Transaction) async throws -> Int {
        try await transaction.first("SELECT count(*) AS total \(asked(by: user))")?.get("total") ?? 0
    }

    /// When questions were asked within a stretch of time.
    @Sendable package static func moments(
        in times: Range<Date>, of user: UserID, in transaction: any Transaction
    ) async throws -> [Date] {
        try await transaction.query(
            """
            SELECT m.created_at \(asked(by: user)) AND m.created_at >= \(times.lowerBound) AND m.created_at < \(times.upperBound)
            """
        ).map { try $0.get("created_at") }
    }

    /// By way of the conversations, which are found by their student.
    private static func asked(by user: UserID) -> SQL {
        """
        FROM chat_conversations c JOIN chat_messages m ON m.conversation_id = c.id AND m.role = 'user' WHERE c.user_id = \(user)
        """
    }
}
