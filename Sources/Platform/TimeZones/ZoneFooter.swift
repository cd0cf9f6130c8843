/// The rule by which clocks are changed for ever, as TZif ends with it: `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX, with the hours of RFC 9636).
struct ZoneFooter: Sendable, Hashable {
    /// A day of each year and the second of it by the clock that holds before.
    private enum Change: Sendable, Hashable {
        /// The nth day of a week in a month, 5 for the last; Sunday is 0.
        case weekday(month: Int, week: Int, day: Int, second: Int)
        /// The nth day of the year, from 1, 29 February not counted.
        case julian(Int, second: Int)
        /// The nth day of the year, from 0.
        case ordinal(Int, second: Int)
    }

    private let standard: Int
    private let summer: Int
    private let begins: Change?
    private let ends: Change?

    init?(_ text: String) {
        var reader = Reader(text)
        guard reader.name(), let standard = reader.clock() else { return nil }
        self.standard = -standard
        guard reader.name() else {
            guard reader.isAtEnd else { return nil }
            (summer, begins, ends) = (self.standard, nil, nil)
            return
        }
        summer = reader.peek == UInt8(ascii: ",") ? self.standard + 3600 : -(reader.clock() ?? -(self.standard + 3600))
        guard let begins = reader.change(), let ends = reader.change(), reader.isAtEnd else { return nil }
        (self.begins, self.ends) = (begins, ends)
    }

    func offset(at second: Int) -> Int {
        guard let begins, let ends else { return standard }
        let year = WallTime(seconds: second + standard).day.civil.year
        let start = Self.second(of: begins, in: year) - standard
        let end = Self.second(of: ends, in: year) - summer
        // South of the equator summer lies about the turn of the year.
        let isSummer = start < end ? (start..<end).contains(second) : !(end..<start).contains(second)
        return isSummer ? summer : standard
    }

    /// By the wall, in seconds since 1970.
    private static func second(of change: Change, in year: Int) -> Int {
        switch change {
        case .weekday(let month, let week, let day, let second):
            let first = DayNumber(unchecked: year, month, 1)
            // `day` counts from Sunday, `Weekday` from Monday.
            let ahead = ((day + 6) % 7 - first.weekday.rawValue + 7) % 7
            var date = 1 + ahead + (week - 1) * 7
            if date > DayNumber.length(of: month, in: year) { date -= 7 }
            return (first.value + date - 1) * 86_400 + second
        case .julian(let number, let second):
            let leap = DayNumber.isLeap(year) && number >= 60 ? 1 : 0
            return (DayNumber(unchecked: year, 1, 1).value + number - 1 + leap) * 86_400 + second
        case .ordinal(let number, let second): return (DayNumber(unchecked: year, 1, 1).value + number) * 86_400 + second
        }
    }

    private struct Reader {
        private let bytes: [UInt8]
        private var at = 0

        init(_ text: String) { bytes = Array(text.utf8) }

        var isAtEnd: Bool { at == bytes.count }
        var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard peek == byte else { return false }
            at += 1
            return true
        }

        /// `CET` or `<+03>`: three signs at least.
        mutating func name() -> Bool {
            let start = at
            if take(UInt8(ascii: "<")) {
                while let byte = peek, byte != UInt8(ascii: ">") {
                    _ = byte
                    at += 1
                }
                return take(UInt8(ascii: ">"))
            }
            while let byte = peek, (65...90).contains(byte) || (97...122).contains(byte) { at += 1 }
            return at - start >= 3
        }

        private mutating func number() -> Int? {
            let start = at
            var value = 0
            while let byte = peek, (48...57).contains(byte), at - start < 4 {
                value = value * 10 + Int(byte) - 48
                at += 1
            }
            return at > start ? value : nil
        }

        /// `-1`, `5:30`, in seconds.
        mutating func clock() -> Int? {
            var sign = 1
            if take(UInt8(ascii: "-")) { sign = -1 } else { _ = take(UInt8(ascii: "+")) }
            guard let hours = number() else { return nil }
            var seconds = hours * 3600
            for unit in [60, 1] {
                guard take(UInt8(ascii: ":")) else { break }
                guard let part = number() else { return nil }
                seconds += part * unit
            }
            return sign * seconds
        }

        mutating func change() -> Change? {
            guard take(UInt8(ascii: ",")) else { return nil }
            let change: (Int) -> Change
            if take(UInt8(ascii: "M")) {
                guard let month = number(), (1...12).contains(month), take(UInt8(ascii: ".")), let week = number(),
                    (1...5).contains(week), take(UInt8(ascii: ".")), let day = number(), (0...6).contains(day)
                else { return nil }
                change = { .weekday(month: month, week: week, day: day, second: $0) }
            } else if take(UInt8(ascii: "J")) {
                guard let day = number(), (1...365).contains(day) else { return nil }
                change = { .julian(day, second: $0) }
            } else {
                guard let day = number(), (0...365).contains(day) else { return nil }
                change = { .ordinal(day, second: $0) }
            }
            guard take(UInt8(ascii: "/")) else { return change(7200) }
            return clock().map(change)
        }
    }
}
