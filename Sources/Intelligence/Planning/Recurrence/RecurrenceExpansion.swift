import TimeZones

/// Works out when a rule has an event come again, period by period.
///
/// All that is reckoned is days on a wall; zones come in when a wall time is made a moment of. A rule that no day satisfies ends where
/// the asked time ends, so no rule takes long.
struct RecurrenceExpansion {
    private let rule: RecurrenceRule
    private let start: WallTime
    /// Seconds of a day, in order.
    private let times: [Int]
    private let months: Set<Int>
    private let monthDays: Set<Int>
    private let days: [RecurrenceRule.Day]

    init(_ rule: RecurrenceRule, start: WallTime) {
        self.rule = rule
        self.start = start
        let hours = rule.hours.isEmpty ? [start.second / 3600] : rule.hours.sorted()
        let minutes = rule.minutes.isEmpty ? [start.second % 3600 / 60] : rule.minutes.sorted()
        let seconds = rule.seconds.isEmpty ? [start.second % 60] : rule.seconds.sorted()
        times = hours.flatMap { hour in minutes.flatMap { minute in seconds.map { hour * 3600 + minute * 60 + $0 } } }
        // What a rule leaves open is as the first occurrence has it.
        var (months, monthDays, days) = (rule.months, rule.monthDays, rule.days)
        let civil = start.day.civil
        if days.isEmpty, monthDays.isEmpty, rule.yearDays.isEmpty {
            switch rule.frequency {
            case .yearly where rule.weeks.isEmpty:
                if months.isEmpty { months = [civil.month] }
                monthDays = [civil.day]
            case .yearly, .weekly: days = [.init(start.day.weekday)]
            case .monthly: monthDays = [civil.day]
            case .daily: break
            }
        }
        (self.months, self.monthDays, self.days) = (months, monthDays, days)
    }

    /// The wall times that lie in a range, in order, at most `limit`; before `start` there are none.
    ///
    /// - Parameter isPast: whether a wall time lies behind the rule's own end.
    func occurrences(in range: Range<WallTime>, limit: Int, isPast: (WallTime) -> Bool) -> [WallTime] {
        var found: [WallTime] = []
        var (count, most) = (0, Int.max)
        if case .count(let number) = rule.end { most = number }
        // Who counts must have counted from the first on.
        var period = most == .max ? skipped(to: range.lowerBound.day) : 0
        while let days = periodDays(period) {
            guard days.lowerBound < range.upperBound.day + 1 else { return found }
            for wall in walls(in: days) where wall >= start {
                guard wall < range.upperBound, count < most, !isPast(wall) else { return found }
                count += 1
                guard wall >= range.lowerBound else { continue }
                found.append(wall)
                if found.count == limit { return found }
            }
            period += 1
        }
        return found
    }

    // MARK: - Periods

    /// The number of a period that begins no later than a day.
    private func skipped(to day: DayNumber) -> Int {
        guard day > start.day else { return 0 }
        let (from, to) = (start.day.civil, day.civil)
        let passed =
            switch rule.frequency {
            case .daily: day.value - start.day.value
            case .weekly: (day.value - start.day.value) / 7
            case .monthly: (to.year - from.year) * 12 + to.month - from.month
            case .yearly: to.year - from.year
            }
        return max(0, passed / rule.interval - 1)
    }

    /// The days of a period; nil behind the year 9999.
    private func periodDays(_ number: Int) -> Range<DayNumber>? {
        let step = number * rule.interval
        let civil = start.day.civil
        let (first, length): (DayNumber, Int)
        switch rule.frequency {
        case .daily: (first, length) = (start.day + step, 1)
        case .weekly:
            let behind = (start.day.weekday.rawValue - rule.weekStart.rawValue + 7) % 7
            (first, length) = (start.day + (step * 7 - behind), 7)
        case .monthly:
            let month = civil.month - 1 + step
            let year = civil.year + month / 12
            first = DayNumber(unchecked: year, month % 12 + 1, 1)
            length = DayNumber.length(of: month % 12 + 1, in: year)
        case .yearly:
            let year = civil.year + step
            (first, length) = (DayNumber(unchecked: year, 1, 1), DayNumber.isLeap(year) ? 366 : 365)
        }
        guard first.civil.year <= 9999 else { return nil }
        return first..<first + length
    }

    // MARK: - Days of a period

    private func walls(in period: Range<DayNumber>) -> [WallTime] {
        // The first and the last week of a year reach into its neighbours.
        let reach = rule.weeks.isEmpty ? 0 : 6
        var walls: [WallTime] = []
        for value in period.lowerBound.value - reach..<period.upperBound.value + reach {
            let day = DayNumber(value)
            if matches(day, period) { walls += times.map { WallTime(day, second: $0) } }
        }
        guard !rule.positions.isEmpty else { return walls }
        return walls.enumerated().filter {
            rule.positions.contains($0.offset + 1) || rule.positions.contains($0.offset - walls.count)
        }.map(\.element)
    }

    private func matches(_ day: DayNumber, _ period: Range<DayNumber>) -> Bool {
        let civil = day.civil
        if !months.isEmpty, !months.contains(civil.month) { return false }
        if !rule.weeks.isEmpty {
            let year = period.lowerBound.civil.year
            guard isInWeek(day, of: year) else { return false }
        }
        if !rule.yearDays.isEmpty {
            let length = DayNumber.isLeap(civil.year) ? 366 : 365
            let number = day.value - DayNumber(unchecked: civil.year, 1, 1).value + 1
            guard rule.yearDays.contains(number) || rule.yearDays.contains(number - length - 1) else { return false }
        }
        if !monthDays.isEmpty {
            let length = DayNumber.length(of: civil.month, in: civil.year)
            guard monthDays.contains(civil.day) || monthDays.contains(civil.day - length - 1) else { return false }
        }
        return days.isEmpty || days.contains { isOn($0, day, civil) }
    }

    private func isOn(_ wanted: RecurrenceRule.Day, _ day: DayNumber, _ civil: (year: Int, month: Int, day: Int)) -> Bool {
        guard wanted.weekday == day.weekday else { return false }
        guard let number = wanted.number else { return true }
        let first: DayNumber
        let length: Int
        if rule.frequency == .yearly, rule.months.isEmpty {
            (first, length) = (DayNumber(unchecked: civil.year, 1, 1), DayNumber.isLeap(civil.year) ? 366 : 365)
        } else {
            (first, length) = (DayNumber(unchecked: civil.year, civil.month, 1), DayNumber.length(of: civil.month, in: civil.year))
        }
        let index = day.value - first.value
        return number > 0 ? index / 7 + 1 == number : (length - 1 - index) / 7 + 1 == -number
    }

    /// Weeks are counted from the first that has four days or more in the year.
    private func isInWeek(_ day: DayNumber, of year: Int) -> Bool {
        let (first, next) = (firstWeek(of: year), firstWeek(of: year + 1))
        guard day.value >= first, day.value < next else { return false }
        let (number, total) = ((day.value - first) / 7 + 1, (next - first) / 7)
        return rule.weeks.contains(number) || rule.weeks.contains(number - total - 1)
    }

    private func firstWeek(of year: Int) -> Int {
        let newYear = DayNumber(unchecked: year, 1, 1)
        let behind = (newYear.weekday.rawValue - rule.weekStart.rawValue + 7) % 7
        return behind <= 3 ? newYear.value - behind : newYear.value + 7 - behind
    }
}
