import FoundationEssentials

/// Values of iCalendar (RFC 5545, 3.3) that are read alike wherever they stand.
enum CalendarValues {
    /// `Room 2\, first floor` without its escapes.
    static func text(_ value: String) -> String {
        guard value.utf8.contains(UInt8(ascii: "\\")) else { return value }
        var (text, isEscaped) = ("", false)
        for character in value {
            if isEscaped {
                text += character == "n" || character == "N" ? "\n" : String(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                text.append(character)
            }
        }
        return text
    }

    /// A list of texts, parted by commas that are not escaped.
    static func texts(_ value: String) -> [String] {
        var (parts, isEscaped) = ([""], false)
        for character in value {
            if character == ",", !isEscaped { parts.append("") } else { parts[parts.count - 1].append(character) }
            isEscaped = character == "\\" && !isEscaped
        }
        return parts.map { text($0) }
    }

    /// Seconds of `-P1DT2H30M` or `P2W`; nil where it is none, or longer than ten years.
    static func duration(_ value: String) -> Int? {
        var rest = value.uppercased()[...]
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
        guard rest.popFirst() == "P", !rest.isEmpty else { return nil }
        var (seconds, isTime) = (0, false)
        while !rest.isEmpty {
            if rest.first == "T" {
                isTime = true
                rest.removeFirst()
            }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard let number = Int(digits), number <= 400_000_000, let unit = rest.popFirst() else { return nil }
            switch (unit, isTime) {
            case ("W", false): seconds += number * 604_800
            case ("D", false): seconds += number * 86_400
            case ("H", true): seconds += number * 3600
            case ("M", true): seconds += number * 60
            case ("S", true): seconds += number
            default: return nil
            }
            guard seconds <= 3660 * 86_400 else { return nil }
        }
        return isNegative ? -seconds : seconds
    }

    /// Seconds east of Greenwich of `+0130` or `-083000`.
    static func offset(_ value: String) -> Int? {
        let isNegative = value.hasPrefix("-")
        let digits = value.drop { $0 == "-" || $0 == "+" }
        guard [4, 6].contains(digits.count), digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits) else {
            return nil
        }
        let clock = digits.count == 4 ? number * 100 : number
        let seconds = clock / 10_000 * 3600 + clock / 100 % 100 * 60 + clock % 100
        guard seconds < 86_400 else { return nil }
        return isNegative ? -seconds : seconds
    }

    /// A stretch of text that no other has, with few exceptions, for what has no name of its own (FNV-1a).
    static func fingerprint(_ text: String) -> String {
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
