import Glibc

/// Dates in HTTP headers (RFC 9110, 5.6.7).
package enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The preferred form: `Sun, 06 Nov 1994 08:49:37 GMT`.
    ///
    /// - Parameter seconds: since 1970, UTC.
    package static func text(_ seconds: Int) -> String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        func pad(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(days[Int(parts.tm_wday)]), \(pad(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
            + "\(pad(parts.tm_hour)):\(pad(parts.tm_min)):\(pad(parts.tm_sec)) GMT"
    }

    /// Reads the preferred form and the two obsolete ones that a recipient must take: `Sunday, 06-Nov-94 08:49:37 GMT` and
    /// `Sun Nov  6 08:49:37 1994`. The weekday is not held against the date.
    ///
    /// - Returns: seconds since 1970, UTC; nil if it is no date, or one before that year.
    package static func parse(_ text: String) -> Int? {
        let words = text.split(separator: " ")
        switch words.count {
        case 6 where words[5] == "GMT": return seconds(day: words[1], month: words[2], year: number(words[3]), clock: words[4])
        case 5: return seconds(day: words[2], month: words[1], year: number(words[4]), clock: words[3])
        case 4 where words[3] == "GMT":
            let date = words[1].split(separator: "-", omittingEmptySubsequences: false)
            guard date.count == 3, date[2].utf8.count == 2, let year = number(date[2]) else { return nil }
            return seconds(day: date[0], month: date[1], year: year + (year < 70 ? 2000 : 1900), clock: words[2])
        default: return nil
        }
    }

    private static func seconds(day: Substring, month: Substring, year: Int32?, clock: Substring) -> Int? {
        let clock = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard let day = number(day), let month = months.firstIndex(of: String(month)), let year, (1970...9999).contains(year),
            clock.count == 3, let hour = number(clock[0]), let minute = number(clock[1]), let second = number(clock[2]),
            (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second)
        else { return nil }
        var parts = tm()
        parts.tm_mday = day
        parts.tm_mon = Int32(month)
        parts.tm_year = year - 1900
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (hour, minute, 0)
        // A day that its month does not have comes back as one of the next month.
        let minuteBegan = Int(timegm(&parts))
        return parts.tm_mday == day ? minuteBegan + Int(second) : nil
    }

    private static func number(_ text: Substring) -> Int32? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int32(text) : nil
    }
}
