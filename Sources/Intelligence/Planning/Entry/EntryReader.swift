package import TimeZones

/// Reads a line in which a student says what is when, in English or German.
///
/// Rules, no model: each takes the words it understands, and what nobody takes is the title. A word that might be part of a title is taken
/// only where it can mean nothing else.
package struct EntryReader {
    private struct Token {
        var text: String
        var word: String
        var isTaken = false
    }

    private var tokens: [Token]
    private let today: DayNumber
    private let now: Int
    private var draft = EntryDraft(title: "")
    private var isAfternoon = false
    private var isMorning = false

    /// - Parameter now: what the student's wall shows.
    package static func read(_ line: String, now: WallTime) -> EntryDraft {
        var reader = EntryReader(line, now: now)
        return reader.read()
    }

    private init(_ line: String, now: WallTime) {
        today = now.day
        self.now = now.second
        var line = String(line.unicodeScalars.prefix(500).map(Character.init))
        line = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        tokens = line.split(separator: " ").map { part in
            let bare = part.trimming { ",;:!()".contains($0) }
            return Token(text: String(part), word: bare.lowercased())
        }
    }

    private mutating func read() -> EntryDraft {
        for (kind, words) in EntryWords.kinds where tokens.contains(where: { words.contains($0.word) }) {
            draft.kind = kind
            break
        }
        repetition()
        dates()
        duration()
        dayParts()
        times()
        weekdays()
        // What comes again today, but has been, begins the next time.
        if let rule = draft.rule, draft.day == today, let start = draft.start, start <= now,
            let parsed = try? RecurrenceRule(rule), let next = parsed.days.map({ upcoming($0.weekday) }).min()
        {
            draft.day = next
        }
        if draft.day == nil, let start = draft.start { draft.day = start > now ? today : today + 1 }
        sweep()
        draft.title = tokens.filter { !$0.isTaken }.map(\.text).joined(separator: " ").trimming { ",;:-– ".contains($0) }
        if draft.title.isEmpty { draft.title = tokens.map(\.text).joined(separator: " ") }
        return draft
    }

    private mutating func take(_ range: Range<Int>) { for index in range { tokens[index].isTaken = true } }

    private func word(_ index: Int) -> String? {
        tokens.indices.contains(index) && !tokens[index].isTaken ? tokens[index].word : nil
    }

    private static func number(_ word: String?) -> Int? {
        word.flatMap { $0.count <= 4 ? Int($0) : nil } ?? word.flatMap { EntryWords.numbers[$0] }
    }

    // MARK: - Days

    /// “every monday”, “every 2 weeks”, “weekly”.
    private mutating func repetition() {
        for index in tokens.indices {
            guard let first = word(index) else { continue }
            if let rhythm = EntryWords.rhythms[first] {
                draft.rule = "FREQ=\(rhythm)"
                take(index..<index + 1)
            } else if EntryWords.every.contains(first) {
                var at = index + 1
                var count = 1
                if let number = Self.number(word(at)), number > 0, number <= 52 { (count, at) = (number, at + 1) }
                let interval = count == 1 ? "" : ";INTERVAL=\(count)"
                guard let unit = word(at) else { continue }
                if let day = EntryWords.weekdays[unit] ?? (unit.hasSuffix("s") ? EntryWords.weekdays[String(unit.dropLast())] : nil)
                {
                    var days = [day]
                    var next = at + 1
                    // “every monday and thursday”
                    while let joiner = word(next), ["and", "und", "&", "+"].contains(joiner), let more = word(next + 1),
                        let day = EntryWords.weekdays[more]
                    {
                        days.append(day)
                        next += 2
                    }
                    draft.rule = "FREQ=WEEKLY\(interval);BYDAY=\(days.map(\.code).joined(separator: ","))"
                    draft.day = days.map { upcoming($0) }.min()
                    take(index..<next)
                } else if EntryWords.days.contains(unit) {
                    draft.rule = "FREQ=DAILY\(interval)"
                    take(index..<at + 1)
                } else if EntryWords.weeks.contains(unit) {
                    draft.rule = "FREQ=WEEKLY\(interval)"
                    take(index..<at + 1)
                } else if EntryWords.monthWords.contains(unit) {
                    draft.rule = "FREQ=MONTHLY\(interval)"
                    take(index..<at + 1)
                }
            }
        }
    }

    private mutating func dates() {
        for index in tokens.indices where draft.day == nil {
            guard let first = word(index) else { continue }
            if let days = EntryWords.relative[first] {
                // “morgen” is tomorrow, “heute morgen” is this morning.
                draft.day = today + days
                if first == "tonight" { isAfternoon = true }
                take(index..<index + 1)
                // “heute in einer Woche”
                if word(index + 1) == "in", let count = Self.number(word(index + 2)), let unit = word(index + 3),
                    EntryWords.weeks.contains(unit) || EntryWords.days.contains(unit)
                {
                    draft.day = today + days + count * (EntryWords.weeks.contains(unit) ? 7 : 1)
                    take(index + 1..<index + 4)
                }
                if let part = word(index + 1), EntryWords.mornings.contains(part) || (first == "heute" && part == "morgen") {
                    isMorning = true
                    take(index + 1..<index + 2)
                }
            } else if first == "in", let count = Self.number(word(index + 1)), let unit = word(index + 2) {
                if EntryWords.days.contains(unit) { draft.day = today + count }
                if EntryWords.weeks.contains(unit) { draft.day = today + count * 7 }
                if EntryWords.monthWords.contains(unit) { draft.day = later(months: count) }
                if draft.day != nil { take(index..<index + 3) }
            } else if EntryWords.next.contains(first), let unit = word(index + 1), EntryWords.weeks.contains(unit) {
                // The Monday of it, or the day that is named beside it.
                let monday = today + (7 - today.weekday.rawValue)
                take(index..<index + 2)
                let named = tokens.indices.first { word($0).flatMap { EntryWords.weekdays[$0] } != nil }
                let day = named.flatMap { word($0) }.flatMap { EntryWords.weekdays[$0] }
                draft.day = monday + (day?.rawValue ?? 0)
                if let named, day != nil { take(named..<named + 1) }
            } else {
                date(at: index, first)
            }
        }
    }

    private mutating func date(at index: Int, _ first: String) {
        let civil = today.civil
        // 2026-12-05
        let parts = first.split(separator: "-")
        if parts.count == 3, parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            let found = DayNumber(year: year, month: month, day: day)
        {
            draft.day = found
            return take(index..<index + 1)
        }
        // 5.12. and 5.12.2026
        let dotted = first.split(separator: ".")
        if (2...3).contains(dotted.count), first.hasSuffix(".") || dotted.count == 3, let day = Int(dotted[0]),
            let month = Int(dotted[1])
        {
            let year = dotted.count == 3 ? Int(dotted[2]).map { $0 < 100 ? 2000 + $0 : $0 } : nil
            if let found = self.day(day, month, year: year) {
                draft.day = found
                return take(index..<index + 1)
            }
        }
        // 12/5 and 12/5/2026: the month first, unless it can be none
        let slashed = first.split(separator: "/")
        if (2...3).contains(slashed.count), let a = Int(slashed[0]), let b = Int(slashed[1]) {
            let year = slashed.count == 3 ? Int(slashed[2]).map { $0 < 100 ? 2000 + $0 : $0 } : nil
            if let found = day(b, a, year: year) ?? day(a, b, year: year) {
                draft.day = found
                return take(index..<index + 1)
            }
        }
        // 5 december, 5. Dezember 2026, december 5th
        func ordinal(_ word: String?) -> Int? {
            guard let word else { return nil }
            let digits = word.prefix { $0.isASCII && $0.isNumber }
            guard (1...2).contains(digits.count), ["", ".", "st", "nd", "rd", "th"].contains(word.dropFirst(digits.count)) else {
                return nil
            }
            return Int(digits)
        }
        func month(_ word: String?) -> Int? { word.flatMap { EntryWords.months[$0.hasSuffix(".") ? String($0.dropLast()) : $0] } }
        func year(_ word: String?) -> Int? {
            word.flatMap { $0.count == 4 ? Int($0) : nil }.flatMap { (civil.year...civil.year + 20).contains($0) ? $0 : nil }
        }
        var (number, name, end) = (ordinal(first), month(word(index + 1)), index + 2)
        if number == nil || name == nil {
            (number, name) = (ordinal(word(index + 1)), month(first))
        } else if word(index + 1) == "of" {
            (name, end) = (month(word(index + 2)), index + 3)
        }
        guard let number, let name else { return }
        let written = year(word(end))
        guard let found = day(number, name, year: written) else { return }
        draft.day = found
        take(index..<(written == nil ? end : end + 1))
    }

    /// The next such day, where no year is named.
    private func day(_ day: Int, _ month: Int, year: Int?) -> DayNumber? {
        if let year { return DayNumber(year: year, month: month, day: day) }
        let this = today.civil.year
        return (this...this + 8).lazy.compactMap { DayNumber(year: $0, month: month, day: day) }.first { $0 >= today }
    }

    private func later(months: Int) -> DayNumber {
        let civil = today.civil
        let month = civil.month - 1 + months
        let (year, number) = (civil.year + month / 12, month % 12 + 1)
        return DayNumber(unchecked: year, number, min(civil.day, DayNumber.length(of: number, in: year)))
    }

    /// The next day of that name; today only where its time is still to come.
    private func upcoming(_ weekday: Weekday) -> DayNumber {
        let ahead = (weekday.rawValue - today.weekday.rawValue + 7) % 7
        if ahead == 0, let start = draft.start, start <= now { return today + 7 }
        return today + ahead
    }

    private mutating func weekdays() {
        for index in tokens.indices where draft.day == nil {
            guard let first = word(index), let day = EntryWords.weekdays[first.hasSuffix(".") ? String(first.dropLast()) : first]
            else {
                continue
            }
            let before = index > 0 ? tokens[index - 1].word : ""
            let isNext = EntryWords.next.contains(before)
            if EntryWords.doubtfulDays.contains(first), draft.start == nil, !isNext, !EntryWords.fillers.contains(before),
                !EntryWords.this.contains(before)
            {
                continue
            }
            let found = upcoming(day)
            // “next friday” on a Monday is that of the week after, as most people mean it; today's name never means today.
            draft.day = isNext && (found.value - today.value < 7 - today.weekday.rawValue) ? found + 7 : found
            take((isNext || EntryWords.this.contains(before) ? index - 1 : index)..<index + 1)
        }
    }

    // MARK: - Times

    private mutating func dayParts() {
        for index in tokens.indices {
            guard let first = word(index) else { continue }
            let isPart = EntryWords.afternoons.contains(first) || EntryWords.mornings.contains(first)
            guard isPart else { continue }
            if EntryWords.afternoons.contains(first) { isAfternoon = true } else { isMorning = true }
            let before = word(index - 1).map { ["in", "the", "this", "am"].contains($0) } == true
            take((before ? index - 1 : index)..<index + 1)
        }
    }

    /// “for 2 hours”, “90 min”, “1,5 Stunden”.
    private mutating func duration() {
        for index in tokens.indices where draft.duration == nil {
            guard let first = word(index) else { continue }
            var (number, unit, end) = (first, word(index + 1), index + 2)
            let digits = first.prefix { $0.isNumber || $0 == "." || $0 == "," }
            if !digits.isEmpty, digits.count < first.count {
                (number, unit, end) = (String(digits), String(first.dropFirst(digits.count)), index + 1)
            }
            guard let unit else { continue }
            let isHours = EntryWords.hours.contains(unit)
            guard isHours || EntryWords.minutes.contains(unit) else { continue }
            let value = Double(number.split(separator: ",").joined(separator: ".")) ?? EntryWords.numbers[number].map(Double.init)
            // “um 9 h” is a time.
            let before = index > 0 ? tokens[index - 1].word : ""
            guard let value, value > 0, value <= (isHours ? 24 : 1440), before != "um", before != "at" else { continue }
            draft.duration = Int(value * (isHours ? 3600 : 60))
            let isFor = ["for", "für", "lang"].contains(before)
            take((isFor ? index - 1 : index)..<end)
        }
    }

    private mutating func times() {
        for index in tokens.indices where draft.start == nil {
            guard let first = word(index) else { continue }
            if let time = EntryWords.times[first] {
                draft.start = time
                take(index..<index + 1)
                continue
            }
            // “9-11am”, “14–16”
            let ends = first.split { $0 == "-" || $0 == "–" }.map(String.init)
            if ends.count == 2, let range = span(ends[0], ends[1], at: index, width: 1) {
                return use(range, taking: index)
            }
            // “9 to 11”, “von 14 bis 16 Uhr”
            if let joiner = word(index + 1), EntryWords.joiners.contains(joiner), let last = word(index + 2),
                let range = span(first, last, at: index, width: 3)
            {
                return use(range, taking: index)
            }
            let before = index > 0 ? tokens[index - 1].word : ""
            let after = word(index + 1) ?? ""
            if let time = clock(first, after: after, isNamed: ["at", "um", "by", "ab", "bis", "gegen"].contains(before)) {
                draft.start = time.second
                take(index..<index + 1 + time.words)
            }
        }
    }

    private mutating func use(_ range: (start: Int, end: Int, words: Int), taking index: Int) {
        draft.start = range.start
        draft.duration = range.end - range.start
        take(index..<index + range.words)
    }

    /// A time from and a time to; nil where one is none, or nothing says that they are times.
    private func span(_ from: String, _ to: String, at index: Int, width: Int) -> (start: Int, end: Int, words: Int)? {
        let after = word(index + width) ?? ""
        guard let end = clock(to, after: after, isNamed: true) else { return nil }
        let isSure =
            end.isMarked || from.contains(":") || to.contains(":")
            || (index > 0 && ["from", "von", "at", "um"].contains(tokens[index - 1].word))
        guard isSure, var start = clock(from, after: end.half ?? "", isNamed: true)?.second else { return nil }
        // “11-1pm”: from before noon.
        if start >= end.second, end.half == "pm", start >= 43_200 { start -= 43_200 }
        guard start < end.second else { return nil }
        return (start, end.second, width + end.words)
    }

    /// - Parameter isNamed: “at” or “um” stands before it, so that a bare number is a time.
    private func clock(
        _ text: String, after: String, isNamed: Bool
    ) -> (second: Int, words: Int, isMarked: Bool, half: String?)? {
        var digits = text
        var (half, words, isMarked) = (String?.none, 0, false)
        for mark in ["am", "pm", "a.m.", "p.m.", "uhr", "h"] where digits.hasSuffix(mark) && digits.count > mark.count {
            digits = String(digits.dropLast(mark.count))
            isMarked = true
            if mark.hasPrefix("a") { half = "am" } else if mark.hasPrefix("p") { half = "pm" }
            break
        }
        if !isMarked {
            if ["pm", "p.m."].contains(after) { (half, words, isMarked) = ("pm", 1, true) }
            if ["uhr", "o'clock", "h"].contains(after) { (words, isMarked) = (1, true) }
            // “9 am Freitag” is German for 9 on Friday.
            if ["am", "a.m."].contains(after) { (half, words, isMarked) = ("am", 1, true) }
        }
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
        let pieces = parts.count == 1 && isMarked ? digits.split(separator: ".", omittingEmptySubsequences: false) : parts
        guard (1...2).contains(pieces.count), isMarked || isNamed || pieces.count == 2, (1...2).contains(pieces[0].count),
            var hour = Int(pieces[0]), (0...24).contains(hour)
        else { return nil }
        var minute = 0
        if pieces.count == 2 {
            guard pieces[1].count == 2, let found = Int(pieces[1]), (0..<60).contains(found) else { return nil }
            minute = found
        }
        if let half {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (half == "pm" ? 12 : 0)
        } else if isAfternoon, hour < 12 {
            hour += 12
        }
        guard hour < 24 || minute == 0 else { return nil }
        return (min(hour * 3600 + minute * 60, 86_340), words, isMarked, half)
    }

    /// Small words that led to what was taken.
    private mutating func sweep() {
        for index in tokens.indices.reversed()
        where !tokens[index].isTaken && EntryWords.fillers.contains(tokens[index].word) {
            if index + 1 < tokens.count, tokens[index + 1].isTaken { tokens[index].isTaken = true }
        }
        if isMorning, draft.start == nil { draft.start = 9 * 3600 }
        if isAfternoon, draft.start == nil { draft.start = 18 * 3600 }
    }
}

extension StringProtocol {
    fileprivate func trimming(_ isOff: (Character) -> Bool) -> String {
        var rest = self[...]
        while let first = rest.first, isOff(first) { rest.removeFirst() }
        while let last = rest.last, isOff(last) { rest.removeLast() }
        return String(rest)
    }
}
