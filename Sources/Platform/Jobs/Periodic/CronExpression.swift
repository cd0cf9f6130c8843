import Failures
package import FoundationEssentials
package import TimeZones

/// When something is done again and again, as cron has it: minute, hour, day of the month, month, day of the week. `30 3 * * MON-FRI`
///
/// Days match as in cron: where both the day of the month and that of the week are given, either will do. In the night in which clocks are
/// changed a time that is named comes once: one that is skipped as much later as clocks are put forward, one that comes twice at its first. An
/// expression whose hour begins with `*` goes by the time that passes, so that what comes each quarter of an hour does so in that night too.
package struct CronExpression: Sendable, Hashable, CustomStringConvertible {
    /// As it was written.
    package let description: String
    /// Of `CRON_TZ=Europe/Berlin` before it; nil for that of whoever asks.
    package let zone: ZoneRules?
    private let minutes: CronField
    private let hours: CronField
    private let days: CronField
    private let months: CronField
    private let weekdays: CronField

    private static let names = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0", "@daily": "0 0 * * *",
        "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]
    private static let monthWords = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
    private static let weekdayWords = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    /// Within so many days every day comes that ever does: 29 February on each day of the week, over a year without one.
    private static let horizon = 41 * 366

    /// - Throws: a `JobFailure` that says which field is wrong.
    package init(_ text: String, zones: ZoneCatalogue = .system) throws(JobFailure) {
        var words = text.split { $0 == " " || $0 == "\t" }
        description = words.joined(separator: " ")
        zone = try Self.zone(of: &words, zones)
        if words.count == 1, let meant = Self.names[words[0].lowercased()] { words = meant.split(separator: " ") }
        guard words.count == 5 else {
            throw JobFailure(
                .validationFailed,
                "A schedule has five fields (minute, hour, day, month, day of the week), or is @daily or the like.")
        }
        minutes = try CronField(words[0], .init(name: "minute", values: 0...59))
        hours = try CronField(words[1], .init(name: "hour", values: 0...23))
        days = try CronField(words[2], .init(name: "day of the month", values: 1...31))
        months = try CronField(words[3], .init(name: "month", values: 1...12, words: Self.monthWords))
        weekdays = try CronField(words[4], .init(name: "day of the week", values: 0...7, words: Self.weekdayWords))
        let start = DayNumber(unchecked: 2020, 1, 1)
        guard (0..<Self.horizon).contains(where: { matches(start + $0) }) else {
            throw JobFailure(.validationFailed, "The schedule “\(description)” names a day that never comes.")
        }
    }

    /// The first moment after another; nil where none comes within forty years.
    package func next(after date: Date, in zone: ZoneRules) -> Date? {
        let today = zone.wall(date).day
        // From the day before, whose last moments a change of clocks may have moved past midnight.
        for ahead in -1..<Self.horizon where matches(today + ahead) {
            let found = [today + ahead, today + (ahead + 1)].flatMap { moments(on: $0, in: zone) }.filter { $0 > date }.min()
            if let found { return found }
        }
        return nil
    }

    /// The last moment up to and with another.
    package func latest(upTo date: Date, in zone: ZoneRules) -> Date? {
        let today = zone.wall(date).day
        for back in -1..<Self.horizon where matches(today + -back) {
            let found = [today + -back, today + -(back + 1)].flatMap { moments(on: $0, in: zone) }.filter { $0 <= date }.max()
            if let found { return found }
        }
        return nil
    }

    private static func zone(of words: inout [Substring], _ zones: ZoneCatalogue) throws(JobFailure) -> ZoneRules? {
        guard let first = words.first, first.hasPrefix("CRON_TZ=") else { return nil }
        let name = String(first.dropFirst("CRON_TZ=".count))
        guard let zone = zones.zone(name) else { throw JobFailure(.validationFailed, "There is no time zone “\(name)”.") }
        words.removeFirst()
        return zone
    }

    private func matches(_ day: DayNumber) -> Bool {
        let civil = day.civil
        guard months.contains(civil.month) else { return false }
        // Sunday is the first day of cron's week, and the last.
        let number = (day.weekday.rawValue + 1) % 7
        let isWeekday = weekdays.contains(number) || number == 0 && weekdays.contains(7)
        let isDay = days.contains(civil.day)
        return days.isOpen || weekdays.isOpen ? isDay && isWeekday : isDay || isWeekday
    }

    private func moments(on day: DayNumber, in zone: ZoneRules) -> [Date] {
        guard matches(day) else { return [] }
        let minutes = minutes.values(in: 0..<60)
        return hours.values(in: 0..<24).flatMap { hour in
            minutes.flatMap { minute in
                let wall = WallTime(day, second: hour * 3600 + minute * 60)
                return hours.isOpen ? zone.moments(wall) : [zone.moment(wall)]
            }
        }
    }
}
