import Glibc

/// Numbers of spreadsheets as a reader would see them.
enum NumberText {
    /// Without the noise of binary fractions: `0.30000000000000004` is 0.3.
    static func shortened(_ text: String) -> String {
        guard text.contains("."), text.count > 12 || text.contains("E") || text.contains("e"), let value = Double(text) else {
            return text
        }
        return plain(value)
    }

    static func plain(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        // Fifteen digits are what spreadsheets keep.
        var best = formatted(value, digits: 15)
        if best.contains("e"), abs(value) >= 1e-9, abs(value) < 1e15 { best = decimal(value, places: 12) }
        return best
    }

    /// `%.15g`.
    private static func formatted(_ value: Double, digits: Int) -> String {
        withVaList([Int32(digits), value]) { arguments in
            var buffer = [CChar](repeating: 0, count: 64)
            vsnprintf(&buffer, buffer.count, "%.*g", arguments)
            return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    static func decimal(_ value: Double, places: Int, trimming: Bool = true) -> String {
        let text = withVaList([Int32(places), value]) { arguments in
            var buffer = [CChar](repeating: 0, count: 400)
            vsnprintf(&buffer, buffer.count, "%.*f", arguments)
            return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        guard trimming, text.contains(".") else { return text }
        var trimmed = text[...]
        while trimmed.last == "0" { trimmed = trimmed.dropLast() }
        if trimmed.last == "." { trimmed = trimmed.dropLast() }
        return String(trimmed)
    }

    /// A day of a spreadsheet's calendar, with the time if the format shows one.
    ///
    /// - Parameter serial: days since the end of 1899; since the beginning of 1904 in old files of the Macintosh.
    static func date(_ serial: Double, since1904: Bool, showsDate: Bool, showsTime: Bool) -> String {
        var days = Int(serial.rounded(.down))
        var seconds = Int(((serial - serial.rounded(.down)) * 86_400).rounded())
        if seconds == 86_400 { (days, seconds) = (days + 1, 0) }
        let time = "\(two(seconds / 3600)):\(two(seconds / 60 % 60))" + (seconds % 60 == 0 ? "" : ":\(two(seconds % 60))")
        guard showsDate else { return time }
        // Its calendar has a 29 February 1900, which never was.
        let epoch = since1904 ? 24_107 : days >= 60 ? 25_569 : 25_568
        let (year, month, day) = civil(days - epoch)
        let text = "\(year)-\(two(month))-\(two(day))"
        return showsTime && seconds != 0 ? "\(text) \(time)" : text
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// Year, month and day of a number of days since 1970.
    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
    }
}
