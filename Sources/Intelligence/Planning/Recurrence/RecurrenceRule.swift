package import TimeZones

/// How an event comes again: RRULE of RFC 5545, from days to years.
package struct RecurrenceRule: Sendable, Hashable {
    package enum Frequency: String, Sendable, Hashable {
        case daily = "DAILY", weekly = "WEEKLY", monthly = "MONTHLY", yearly = "YEARLY"
    }

    /// When it ends.
    package enum End: Sendable, Hashable {
        case never
        case count(Int)
        /// The last moment, in seconds since 1970: of UTC, or of the wall on which the event stands.
        case until(second: Int, isUTC: Bool)
    }

    /// A day of the week; with a number, the nth of the month or year, from its end where it is negative.
    package struct Day: Sendable, Hashable {
        package var weekday: Weekday
        package var number: Int?

        package init(_ weekday: Weekday, number: Int? = nil) {
            self.weekday = weekday
            self.number = number
        }
    }

    package var frequency: Frequency
    package var interval = 1
    package var end = End.never
    package var months: Set<Int> = []
    package var weeks: Set<Int> = []
    package var yearDays: Set<Int> = []
    package var monthDays: Set<Int> = []
    package var days: [Day] = []
    package var hours: Set<Int> = []
    package var minutes: Set<Int> = []
    package var seconds: Set<Int> = []
    package var positions: Set<Int> = []
    package var weekStart = Weekday.monday
    /// As it was written.
    package let text: String

    /// Reads `FREQ=WEEKLY;BYDAY=MO,WE`.
    /// - Throws: what is wrong with it, in plain words.
    package init(_ text: String) throws(RecurrenceFault) {
        let line = text.hasPrefix("RRULE:") ? String(text.dropFirst(6)) : text
        guard line.utf8.count <= 500 else { throw RecurrenceFault("is longer than 500 signs") }
        self.text = line.uppercased()
        var parts: [String: String] = [:]
        for part in self.text.split(separator: ";", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, !pair[1].isEmpty else {
                throw RecurrenceFault("must have a value in each part: “\(part)” has none")
            }
            guard parts.updateValue(String(pair[1]), forKey: String(pair[0])) == nil else {
                throw RecurrenceFault("names \(pair[0]) twice")
            }
        }
        guard let name = parts.removeValue(forKey: "FREQ") else { throw RecurrenceFault("must begin with FREQ") }
        guard let frequency = Frequency(rawValue: name) else {
            throw RecurrenceFault("FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY")
        }
        self.frequency = frequency
        for (key, value) in parts.sorted(by: { $0.key < $1.key }) { try take(key, value) }
        if parts["COUNT"] != nil, parts["UNTIL"] != nil { throw RecurrenceFault("ends by COUNT or by UNTIL, not by both") }
        if !positions.isEmpty, months.isEmpty, weeks.isEmpty, yearDays.isEmpty, monthDays.isEmpty, days.isEmpty, hours.isEmpty {
            throw RecurrenceFault("BYSETPOS picks from days that another part names")
        }
        if !weeks.isEmpty, frequency != .yearly { throw RecurrenceFault("BYWEEKNO goes with FREQ=YEARLY") }
        if !yearDays.isEmpty, frequency != .yearly { throw RecurrenceFault("BYYEARDAY goes with FREQ=YEARLY") }
        if !monthDays.isEmpty, frequency == .weekly { throw RecurrenceFault("BYMONTHDAY does not go with FREQ=WEEKLY") }
        if days.contains(where: { $0.number != nil }), frequency == .daily || frequency == .weekly || !weeks.isEmpty {
            throw RecurrenceFault("a number before a day goes with months and years alone")
        }
    }

    private mutating func take(_ key: String, _ value: String) throws(RecurrenceFault) {
        switch key {
        case "INTERVAL": interval = try Self.number(key, value, 1...1000)
        case "COUNT": end = .count(try Self.number(key, value, 1...10_000))
        case "UNTIL":
            let isUTC = value.hasSuffix("Z")
            guard let wall = WallTime(compact: isUTC ? String(value.dropLast()) : value) else {
                throw RecurrenceFault("UNTIL must be a day or a time such as 20261224T180000Z")
            }
            end = .until(second: value.utf8.count == 8 ? wall.seconds + 86_399 : wall.seconds, isUTC: isUTC)
        case "BYMONTH": months = try Self.numbers(key, value, 1...12, signed: false)
        case "BYWEEKNO": weeks = try Self.numbers(key, value, 1...53, signed: true)
        case "BYYEARDAY": yearDays = try Self.numbers(key, value, 1...366, signed: true)
        case "BYMONTHDAY": monthDays = try Self.numbers(key, value, 1...31, signed: true)
        case "BYHOUR": hours = try Self.numbers(key, value, 0...23, signed: false)
        case "BYMINUTE": minutes = try Self.numbers(key, value, 0...59, signed: false)
        case "BYSECOND": seconds = try Self.numbers(key, value, 0...59, signed: false)
        case "BYSETPOS": positions = try Self.numbers(key, value, 1...366, signed: true)
        case "WKST":
            guard let day = Weekday(code: value) else { throw RecurrenceFault("WKST must be a day such as MO") }
            weekStart = day
        case "BYDAY":
            for part in value.split(separator: ",", omittingEmptySubsequences: false) {
                guard let weekday = Weekday(code: part.suffix(2)) else {
                    throw RecurrenceFault("BYDAY must list days such as MO or -1FR")
                }
                let digits = part.dropLast(2)
                if digits.isEmpty {
                    days.append(Day(weekday))
                } else {
                    guard let number = Int(digits), number != 0, abs(number) <= 53 else {
                        throw RecurrenceFault("BYDAY must list days such as MO or -1FR")
                    }
                    days.append(Day(weekday, number: number))
                }
            }
        default: throw RecurrenceFault("has the part \(key.prefix(20)), which is none that events come again by")
        }
    }

    private static func number(_ key: String, _ value: String, _ range: ClosedRange<Int>) throws(RecurrenceFault) -> Int {
        guard let number = Int(value), range.contains(number) else {
            throw RecurrenceFault("\(key) must be from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func numbers(
        _ key: String, _ value: String, _ range: ClosedRange<Int>, signed: Bool
    ) throws(RecurrenceFault) -> Set<Int> {
        var numbers: Set<Int> = []
        for part in value.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Int(part), range.contains(signed ? abs(number) : number) else {
                throw RecurrenceFault("\(key) must list numbers from \(range.lowerBound) to \(range.upperBound)")
            }
            numbers.insert(number)
        }
        return numbers
    }
}

/// Why a text is no rule to come again by.
package struct RecurrenceFault: Error, Sendable, Hashable {
    /// What follows on the name of the field: `must begin with FREQ`.
    package let reason: String

    init(_ reason: String) { self.reason = reason }
}
