package import Ambient
package import Database
package import FoundationEssentials

/// What other features ask about cards that come back, in a transaction of theirs.
package enum CardForecast {
    /// When cards that were learned come back before a moment, those that wait already among them.
    package static func due(before end: Date, user: UserID, in transaction: any Transaction) async throws -> [Date] {
        try await StatisticsStore().coming(before: end, deck: nil, user: user, in: transaction)
    }
}
