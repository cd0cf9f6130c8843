package import FoundationEssentials

/// The days of one student: they change at four in the morning by the student's own clock, so that who studies late is not cut in two.
package struct StudyDay: Sendable, Hashable {
    private static let turn = 4.0 * 3600
    private let offset: Double
    /// Minutes of the student's clock from UTC.
    let utcOffset: Int

    /// - Parameter utcOffset: what the student's clock is ahead of UTC, in minutes.
    package init(utcOffset: Int) {
        self.utcOffset = utcOffset
        offset = Double(utcOffset) * 60 - Self.turn
    }

    /// Days since 1970.
    package func number(of date: Date) -> Int { Int(((date.timeIntervalSince1970 + offset) / 86_400).rounded(.down)) }

    package func start(of number: Int) -> Date { Date(timeIntervalSince1970: Double(number) * 86_400 - offset) }

    /// When the day of a moment began.
    package func start(at date: Date) -> Date { start(of: number(of: date)) }

    /// When the day after that of a moment begins.
    package func end(at date: Date) -> Date { start(of: number(of: date) + 1) }

    /// Nights between two moments; none where the clock went back.
    package func days(from start: Date, to end: Date) -> Int { max(0, number(of: end) - number(of: start)) }
}
