/// What a clock on the wall and a calendar beside it show: a time of a day, wherever that is.
package struct WallTime: Sendable, Hashable, Comparable {
    package var day: DayNumber
    /// Seconds since midnight by the clock, 0 to 86,399.
    package var second: Int

    package init(_ day: DayNumber, second: Int = 0) {
        self.day = day
        self.second = second
    }

    /// Seconds since 1970-01-01 00:00 on the same wall.
    package init(seconds: Int) {
        var (day, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
        if rest < 0 { (day, rest) = (day - 1, rest + 86_400) }
        self.init(DayNumber(day), second: rest)
    }

    package var seconds: Int { day.value * 86_400 + second }

    package static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }

    /// As iCalendar writes it: `20261130T093000`.
    package var compact: String {
        compactDay + "T" + Self.pad(second / 3600) + Self.pad(second % 3600 / 60) + Self.pad(second % 60)
    }

    /// `20261130`
    package var compactDay: String {
        let (year, month, day) = day.civil
        return String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year) + Self.pad(month) + Self.pad(day)
    }

    /// Reads `20261130` and `20261130T093000`.
    package init?(compact text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 8 || (bytes.count == 15 && bytes[8] == UInt8(ascii: "T")) else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            bytes[range].reduce(Int?.some(0)) { value, byte in
                guard let value, (48...57).contains(byte) else { return nil }
                return value * 10 + Int(byte) - 48
            }
        }
        guard let year = number(0..<4), let month = number(4..<6), let date = number(6..<8),
            let day = DayNumber(year: year, month: month, day: date)
        else { return nil }
        guard bytes.count == 15 else {
            self.init(day)
            return
        }
        guard let hour = number(9..<11), let minute = number(11..<13), let second = number(13..<15), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        self.init(day, second: hour * 3600 + minute * 60 + min(second, 59))
    }

    private static func pad(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
