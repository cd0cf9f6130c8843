package import Ambient
package import Database
package import FoundationEssentials

/// What other features ask about cards that come back, in a transaction of theirs.
package enum CardForecast {
    /// When cards are to be answered within a stretch of time: those that were learned as they come back, with those that wait already,
    /// and new ones as many a day as the student has set.
    package static func due(in times: Range<Date>, user: UserID, in transaction: any Transaction) async throws -> [Date] {
        let store = StatisticsStore()
        var dates: [Date] = []
        for queue in [CardQueue.review, .learning] {
            dates += try await store.coming(queue, before: times.upperBound, deck: nil, user: user, in: transaction)
        }
        let settings = try await ReviewStore().settings(of: user, in: transaction)
        var day = settings.day.number(of: times.lowerBound)
        let done = try await ReviewStore().done(since: settings.day.start(of: day), user: user, in: transaction)
        let most = settings.newPerDay * (settings.day.number(of: times.upperBound) - day + 1)
        var left = try await CardStore().countWaiting(
            .new, before: times.upperBound, CardFilter(), user: user, most: most, in: transaction)
        var (at, today) = (times.lowerBound, max(0, settings.newPerDay - done.new))
        while left > 0, at < times.upperBound {
            let count = min(left, today)
            dates += Array(repeating: at, count: count)
            left -= count
            day += 1
            (at, today) = (settings.day.start(of: day), settings.newPerDay)
        }
        return dates
    }
}
