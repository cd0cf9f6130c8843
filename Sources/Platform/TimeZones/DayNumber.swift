/// A day of the Gregorian calendar as the number of days since 1970-01-01, so that days are reckoned with.
package struct DayNumber: Sendable, Hashable, Comparable {
    package var value: Int

    package init(_ value: Int) { self.value = value }

    /// nil where the month has no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= Self.length(of: month, in: year) else { return nil }
        self.init(unchecked: year, month, day)
    }

    // Howard Hinnant's civil calendar algorithms (public domain), proleptic Gregorian.
    package init(unchecked year: Int, _ month: Int, _ day: Int) {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yoe = y - era * 400
        let doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        value = era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
    }

    package var civil: (year: Int, month: Int, day: Int) {
        let z = value + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let doe = z - era * 146_097
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
        let mp = (5 * doy + 2) / 153
        let month = mp < 10 ? mp + 3 : mp - 9
        return (yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1)
    }

    package var weekday: Weekday { Weekday(rawValue: ((value + 3) % 7 + 7) % 7) ?? .monday }

    package static func < (a: Self, b: Self) -> Bool { a.value < b.value }
    package static func + (day: Self, count: Int) -> Self { Self(day.value + count) }

    package static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    package static func length(of month: Int, in year: Int) -> Int {
        month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }
}

/// Days of the week, as ISO 8601 begins it.
package enum Weekday: Int, Sendable, Hashable, CaseIterable, Codable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// As iCalendar writes it: `MO`.
    package var code: String { ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][rawValue] }

    package init?(code: some StringProtocol) {
        guard let found = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = found
    }
}
