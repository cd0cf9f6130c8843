package import Ambient
package import Database
package import FoundationEssentials

/// What the features know of how much a person has brought and learned: a port, since accounts know no features.
package struct StudyFigures: Sendable {
    /// How much of what there is; each feature fills in what is its own.
    package struct Counts: Sendable, Hashable {
        package var documents = 0
        package var questions = 0
        package var quizzes = 0
        package var cards = 0
        package var reviews = 0
        /// Milliseconds of answering cards and quizzes.
        package var duration = 0

        package init() {}

        static func + (a: Counts, b: Counts) -> Counts {
            var sum = a
            sum.documents += b.documents
            sum.questions += b.questions
            sum.quizzes += b.quizzes
            sum.cards += b.cards
            sum.reviews += b.reviews
            sum.duration += b.duration
            return sum
        }
    }

    /// The days of one person, which are not everybody's.
    package struct Days: Sendable {
        let number: @Sendable (Date) -> Int
        let start: @Sendable (Int) -> Date

        package init(number: @escaping @Sendable (Date) -> Int, start: @escaping @Sendable (Int) -> Date) {
            (self.number, self.start) = (number, start)
        }

        /// By UTC, where nobody says otherwise.
        package static let universal = Days(
            number: { Int(($0.timeIntervalSince1970 / 86_400).rounded(.down)) },
            start: { Date(timeIntervalSince1970: Double($0) * 86_400) })
    }

    /// What is told of a person.
    struct Standing: Sendable, Hashable {
        var counts: Counts
        /// Days without a gap on which something was learned, up to today, or to yesterday where today has nothing yet.
        var streak: Int
    }

    package typealias Count = @Sendable (UserID, any Transaction) async throws -> Counts
    package typealias Moments = @Sendable (Range<Date>, UserID, any Transaction) async throws -> [Date]

    private let counts: [Count]
    private let moments: [Moments]
    private let days: @Sendable (UserID, any Transaction) async throws -> Days

    /// - Parameters:
    ///   - moments: when something was learned, within a stretch of time.
    ///   - days: how a person's days are told apart.
    package init(
        counts: [Count] = [], moments: [Moments] = [],
        days: @escaping @Sendable (UserID, any Transaction) async throws -> Days = { _, _ in .universal }
    ) {
        (self.counts, self.moments, self.days) = (counts, moments, days)
    }

    func standing(of user: UserID, at now: Date, in transaction: any Transaction) async throws -> Standing {
        var sum = Counts()
        for count in counts { sum = sum + (try await count(user, transaction)) }
        return Standing(counts: sum, streak: try await streak(of: user, at: now, in: transaction))
    }

    /// Looks back two months at a time, as far as there is no gap: a student of years has some hundred thousand answers.
    private func streak(of user: UserID, at now: Date, in transaction: any Transaction) async throws -> Int {
        let days = try await days(user, transaction)
        let today = days.number(now)
        var (streak, end) = (0, today + 1)
        for _ in 0..<Self.longestLook {
            let begin = end - Self.daysAtOnce
            var active: Set<Int> = []
            for part in moments {
                for moment in try await part(days.start(begin)..<days.start(end), user, transaction) {
                    active.insert(days.number(moment))
                }
            }
            var day = end - 1
            // It is not over.
            if day == today, !active.contains(today) { day -= 1 }
            while day >= begin, active.contains(day) {
                streak += 1
                day -= 1
            }
            if day >= begin { break }
            end = begin
        }
        return streak
    }

    private static let daysAtOnce = 60
    private static let longestLook = 120
}
