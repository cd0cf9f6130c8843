package import FoundationEssentials
import TimeZones

/// Writes events as a calendar file: iCalendar, RFC 5545.
package struct CalendarWriter {
    private var text = ""
    private let now: Date

    /// - Parameters:
    ///   - name: of the calendar; nil for a file that is one event of it.
    ///   - now: zones are described from a year before it to ten after.
    package static func text(of entries: [CalendarEntry], named name: String?, now: Date) -> String {
        var writer = CalendarWriter(now: now)
        writer.write(entries, named: name)
        return writer.text
    }

    private init(now: Date) { self.now = now }

    private mutating func write(_ entries: [CalendarEntry], named name: String?) {
        line("BEGIN:VCALENDAR")
        line("VERSION:2.0")
        line("PRODID:-//Little Monster//Planner//EN")
        line("CALSCALE:GREGORIAN")
        if let name {
            line("X-WR-CALNAME:\(Self.escaped(name))")
            line("REFRESH-INTERVAL;VALUE=DURATION:PT1H")
        }
        // What comes again stands by the wall, so that it moves with the clocks; the rest stands in UTC.
        let zones = Set(entries.filter { Self.isByWall($0) }.map(\.zone)).sorted { $0.name < $1.name }
        let first = min(entries.map(\.start).min() ?? now, now).addingTimeInterval(-366 * 86_400)
        for zone in zones { write(zone, from: first) }
        for entry in entries.sorted(by: { ($0.start, $0.uid) < ($1.start, $1.uid) }) { write(entry) }
        line("END:VCALENDAR")
    }

    private static func isByWall(_ entry: CalendarEntry) -> Bool {
        !entry.isAllDay && entry.zone != .utc && (entry.rule != nil || entry.replaces != nil || !entry.added.isEmpty)
    }

    private mutating func write(_ entry: CalendarEntry) {
        line("BEGIN:VEVENT")
        line("UID:\(Self.escaped(entry.uid))")
        line("DTSTAMP:\(ZoneRules.utc.wall(entry.updatedAt).compact)Z")
        time("DTSTART", entry.start, entry)
        time("DTEND", entry.end, entry)
        if let replaces = entry.replaces { time("RECURRENCE-ID", replaces, entry) }
        if let rule = entry.rule { line("RRULE:\(rule)") }
        for date in entry.excluded.sorted() { time("EXDATE", date, entry) }
        for date in entry.added.sorted() { time("RDATE", date, entry) }
        line("SUMMARY:\(Self.escaped(entry.title))")
        if !entry.description.isEmpty { line("DESCRIPTION:\(Self.escaped(entry.description))") }
        if !entry.location.isEmpty { line("LOCATION:\(Self.escaped(entry.location))") }
        if !entry.category.isEmpty { line("CATEGORIES:\(Self.escaped(entry.category))") }
        if entry.isCompleted { line("X-LM-COMPLETED:TRUE") }
        if let minutes = entry.remindBefore {
            line("BEGIN:VALARM")
            line("ACTION:DISPLAY")
            line("DESCRIPTION:\(Self.escaped(entry.title))")
            line("TRIGGER:-PT\(minutes)M")
            line("END:VALARM")
        }
        line("END:VEVENT")
    }

    private mutating func time(_ name: String, _ date: Date, _ entry: CalendarEntry) {
        if entry.isAllDay {
            line("\(name);VALUE=DATE:\(entry.zone.wall(date).compactDay)")
        } else if Self.isByWall(entry) {
            line("\(name);TZID=\(entry.zone.name):\(entry.zone.wall(date).compact)")
        } else {
            line("\(name):\(ZoneRules.utc.wall(date).compact)Z")
        }
    }

    /// Each change of the clocks by itself: true for every zone, also for one whose changes follow no rule.
    private mutating func write(_ zone: ZoneRules, from first: Date) {
        line("BEGIN:VTIMEZONE")
        line("TZID:\(zone.name)")
        let changes = zone.changes(in: first..<now.addingTimeInterval(3660 * 86_400))
        observance("STANDARD", at: zone.wall(first), before: zone.offset(at: first), after: zone.offset(at: first))
        for change in changes {
            let wall = WallTime(seconds: Int(change.moment.timeIntervalSince1970) + change.before)
            observance(change.after > change.before ? "DAYLIGHT" : "STANDARD", at: wall, before: change.before, after: change.after)
        }
        line("END:VTIMEZONE")
    }

    private mutating func observance(_ kind: String, at wall: WallTime, before: Int, after: Int) {
        line("BEGIN:\(kind)")
        line("DTSTART:\(wall.compact)")
        line("TZOFFSETFROM:\(Self.offset(before))")
        line("TZOFFSETTO:\(Self.offset(after))")
        line("END:\(kind)")
    }

    private static func offset(_ seconds: Int) -> String {
        func pad(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let size = abs(seconds)
        let rest = size % 60 == 0 ? "" : pad(size % 60)
        return (seconds < 0 ? "-" : "+") + pad(size / 3600) + pad(size % 3600 / 60) + rest
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\", ";", ",": escaped += "\\\(character)"
            case "\n", "\r\n", "\r": escaped += "\\n"
            default: if character.unicodeScalars.allSatisfy({ $0.value >= 32 || $0 == "\t" }) { escaped.append(character) }
            }
        }
        return escaped
    }

    /// At most 75 bytes a line, never cut within a character.
    private mutating func line(_ content: String) {
        var (room, out) = (75, "")
        for scalar in content.unicodeScalars {
            let size = UTF8.width(scalar)
            if size > room {
                out += "\r\n "
                room = 74
            }
            out.unicodeScalars.append(scalar)
            room -= size
        }
        text += out + "\r\n"
    }
}
