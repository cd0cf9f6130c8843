package import FoundationEssentials
package import Manuscript
package import TimeZones

/// Reads what a calendar file tells (RFC 5545) out of its components: events and tasks with their recurrences, exceptions and alarms.
///
/// One that cannot be read is left out and named, and all others are there.
package struct CalendarReader {
    /// As many as are read of one file.
    package static let most = 10_000
    /// Starts of one event that are kept one by one.
    static let mostStarts = 1000
    /// Seconds that one may last.
    package static let longest = 366 * 86_400

    private let zones: CalendarZones
    private let isCancelled: Bool
    private let now: Date
    private var problems: [CalendarContent.Problem] = []

    /// - Parameters:
    ///   - zone: of whoever reads it, for times that name none.
    ///   - now: a recurrence in a zone that cannot be named is followed from a year before it to five after.
    package static func read(_ file: CalendarTree, zone: ZoneRules, now: Date) -> CalendarContent {
        var content = CalendarContent()
        for line in file.faults where line > 0 {
            content.problems.append(.init(line: line, title: "", reason: "is no line of a calendar"))
        }
        var drafts: [CalendarDraft] = []
        for calendar in file.components where calendar.name == "VCALENDAR" {
            content.name =
                content.name
                ?? (calendar.first("X-WR-CALNAME") ?? calendar.first("NAME")).map { CalendarValues.text($0.value).oneLine(200) }
            var reader = CalendarReader(calendar, zone: zone, now: now)
            for line in calendar.faults where line > 0 { reader.note(line, "", "is no line of a calendar") }
            for component in calendar.components where component.name == "VEVENT" || component.name == "VTODO" {
                guard drafts.count < most else {
                    reader.note(component.line, "", "comes after \(most) others, which is as many as are read of one file")
                    break
                }
                if let draft = reader.draft(component) { drafts.append(draft) }
            }
            content.problems += reader.problems
        }
        content.groups = groups(of: drafts)
        content.problems.sort { $0.line < $1.line }
        return content
    }

    private init(_ calendar: CalendarTree, zone: ZoneRules, now: Date) {
        zones = CalendarZones(calendar, own: zone)
        isCancelled = calendar.first("METHOD")?.value.uppercased() == "CANCEL"
        self.now = now
    }

    private mutating func note(_ line: Int, _ title: String, _ reason: String) {
        problems.append(.init(line: line, title: title, reason: reason))
    }

    // MARK: - One event

    private mutating func draft(_ component: CalendarTree) -> CalendarDraft? {
        let title = component.first("SUMMARY").map { CalendarValues.text($0.value).oneLine(200) } ?? ""
        do {
            let draft = try readDraft(component, title: title)
            for line in component.faults {
                problems.append(
                    .init(
                        line: line, title: title, reason: "has a line that is none of a calendar, which was passed over",
                        isPassedOver: true))
            }
            return draft
        } catch {
            note(error.line ?? component.line, title, error.reason)
            return nil
        }
    }

    private struct Fault: Error {
        var line: Int?
        var reason: String
    }

    private func readDraft(_ component: CalendarTree, title: String) throws(Fault) -> CalendarDraft {
        if component.faults.contains(0) { throw Fault(reason: "does not end: the file may have been cut off") }
        let isTask = component.name == "VTODO"
        guard let begin = isTask ? component.first("DUE") ?? component.first("DTSTART") : component.first("DTSTART") else {
            throw Fault(reason: "has no date")
        }
        let (start, isDay, zone) = try time(begin)
        var draft = CalendarDraft(
            uid: component.first("UID").map { String(CalendarValues.text($0.value).oneLine(500)) } ?? "", line: component.line,
            title: title.isEmpty ? "—" : title, start: start, end: start, zone: zone.isKnown ? zone.rules : zones[nil].rules)
        if draft.uid.isEmpty { draft.uid = "lm-" + CalendarValues.fingerprint(begin.value + "\n" + title) }
        draft.isTask = isTask
        draft.isAllDay = isDay
        if !isTask {
            draft.end = try end(component, start: start, isDay: isDay, zone: zone.rules)
        } else if isDay {
            draft.end = zone.rules.moment(zone.rules.wall(start).day.next)
        }
        guard (0...4_102_444_800).contains(start.timeIntervalSince1970) else {
            throw Fault(line: begin.line, reason: "is not between 1970 and 2100")
        }
        guard draft.end >= start else { throw Fault(reason: "ends before it begins") }
        guard draft.end.timeIntervalSince(start) <= Double(Self.longest) else { throw Fault(reason: "lasts longer than a year") }
        draft.description = description(component)
        draft.location = component.first("LOCATION").map { CalendarValues.text($0.value).oneLine(300) } ?? ""
        draft.categories = component.all("CATEGORIES").flatMap { CalendarValues.texts($0.value) }.prefix(20)
            .map { $0.oneLine(100) }.filter { !$0.isEmpty }
        let status = component.first("STATUS")?.value.uppercased()
        draft.isCancelled = isCancelled || status == "CANCELLED"
        if isTask { draft.isCompleted = status == "COMPLETED" || component.first("COMPLETED") != nil }
        if let value = component.first("X-LM-COMPLETED")?.value.uppercased() { draft.isCompleted = value == "TRUE" }
        draft.isFree =
            component.first("TRANSP")?.value.uppercased() == "TRANSPARENT"
            || component.first("X-MICROSOFT-CDO-BUSYSTATUS")?.value.uppercased() == "FREE"
        draft.sequence = component.first("SEQUENCE").flatMap { Int($0.value) } ?? 0
        draft.remindBefore = reminder(component, start: start)
        try repeats(component, zone: zone, &draft)
        if let id = component.first("RECURRENCE-ID") {
            draft.replaces = try times(id, like: draft.start, zone.rules).first
            (draft.rule, draft.excluded, draft.added) = (nil, [], [])
        }
        return draft
    }

    private func end(_ component: CalendarTree, start: Date, isDay: Bool, zone: ZoneRules) throws(Fault) -> Date {
        if let property = component.first("DTEND") {
            let (end, endsByDay, _) = try time(property)
            return isDay && endsByDay && end == start ? zone.moment(zone.wall(start).day.next) : end
        }
        if let property = component.first("DURATION") {
            guard let seconds = CalendarValues.duration(property.value) else {
                throw Fault(line: property.line, reason: "has a DURATION that is none")
            }
            // Days of a duration are days of the wall.
            return isDay || seconds % 86_400 == 0
                ? zone.moment(WallTime(seconds: zone.wall(start).seconds + seconds)) : start.addingTimeInterval(Double(seconds))
        }
        return isDay ? zone.moment(zone.wall(start).day.next) : start
    }

    private func description(_ component: CalendarTree) -> String {
        var text = component.first("DESCRIPTION").map { CalendarValues.text($0.value) } ?? ""
        if let address = component.first("URL")?.value, address.hasPrefix("http"), !text.contains(address) {
            text += (text.isEmpty ? "" : "\n\n") + address
        }
        return String(text.prefix(5000))
    }

    /// Minutes before the start, of the first alarm that says when.
    private func reminder(_ component: CalendarTree, start: Date) -> Int? {
        for alarm in component.components where alarm.name == "VALARM" {
            guard let trigger = alarm.first("TRIGGER"), trigger["RELATED"]?.uppercased() != "END" else { continue }
            if let seconds = CalendarValues.duration(trigger.value) { return min(43_200, max(0, -seconds / 60)) }
            if let wall = WallTime(compact: trigger.value.filter { $0 != "Z" }) {
                let moment = ZoneRules.utc.moment(wall)
                return min(43_200, max(0, Int(start.timeIntervalSince(moment) / 60)))
            }
        }
        return nil
    }

    // MARK: - Again and again

    private func repeats(_ component: CalendarTree, zone: CalendarZones.Zone, _ draft: inout CalendarDraft) throws(Fault) {
        if let property = component.first("EXRULE") {
            throw Fault(line: property.line, reason: "leaves times out by a rule, which is not read")
        }
        var rule: RecurrenceRule?
        if let property = component.first("RRULE") {
            var text = property.value
            while text.hasSuffix(";") { text.removeLast() }
            do {
                rule = try RecurrenceRule(text)
            } catch {
                throw Fault(line: property.line, reason: "comes again by a rule that cannot be read: it \(error.reason)")
            }
        }
        for property in component.all("EXDATE") { draft.excluded.formUnion(try times(property, like: draft.start, zone.rules)) }
        for property in component.all("RDATE") { draft.added.formUnion(try times(property, like: draft.start, zone.rules)) }
        draft.added.remove(draft.start)
        guard draft.added.count + draft.excluded.count <= Self.mostStarts else {
            throw Fault(reason: "names more than \(Self.mostStarts) times")
        }
        guard zone.isKnown || rule == nil else {
            // In a zone that cannot be named it is kept by its moments.
            let range = min(draft.start, now.addingTimeInterval(-366 * 86_400))..<now.addingTimeInterval(5 * 366 * 86_400)
            let starts = Recurrence(start: draft.start, zone: zone.rules, rule: rule).starts(in: range, limit: Self.mostStarts)
            draft.added.formUnion(starts.filter { $0 != draft.start })
            return
        }
        draft.rule = rule
    }

    // MARK: - Times

    private func time(_ property: CalendarTree.Property) throws(Fault) -> (moment: Date, isDay: Bool, zone: CalendarZones.Zone) {
        let value = property.value.filter { !$0.isWhitespace }
        let zone = zones[property["TZID"]]
        let isGreenwich = value.hasSuffix("Z") || value.hasSuffix("z")
        guard let wall = WallTime(compact: isGreenwich ? String(value.dropLast()) : value) else {
            throw Fault(line: property.line, reason: "has a \(property.name) that is no time")
        }
        // A day is one wherever its reader is.
        if value.utf8.count == 8 { return (zones.own.moment(wall), true, .init(rules: zones.own, isKnown: true)) }
        guard isGreenwich else { return (zone.rules.moment(wall), false, zone) }
        return (ZoneRules.utc.moment(wall), false, .init(rules: .utc, isKnown: true))
    }

    /// The starts that EXDATE, RDATE and RECURRENCE-ID name. A day stands for the time of that day at which the event begins.
    private func times(_ property: CalendarTree.Property, like start: Date, _ zone: ZoneRules) throws(Fault) -> [Date] {
        var found: [Date] = []
        for part in property.value.split(separator: ",").prefix(Self.mostStarts + 1) {
            var single = property
            // Of a stretch of time its beginning counts.
            single.value = String(part.prefix { $0 != "/" })
            let (moment, isDay, own) = try time(single)
            found.append(
                isDay ? zone.moment(WallTime(own.rules.wall(moment).day, second: zone.wall(start).second)) : moment)
        }
        return found
    }

    // MARK: - Together

    /// By UID: of several that are the same the newest; a time of a series that the file does not have stands by itself.
    private static func groups(of drafts: [CalendarDraft]) -> [CalendarContent.Group] {
        var (groups, places): ([CalendarContent.Group], [String: Int]) = ([], [:])
        for draft in drafts where draft.replaces == nil {
            if let place = places[draft.uid] {
                if draft.sequence >= groups[place].event.sequence { groups[place].event = draft }
            } else {
                places[draft.uid] = groups.count
                groups.append(.init(event: draft, replacements: []))
            }
        }
        for var draft in drafts {
            guard let replaced = draft.replaces else { continue }
            guard let place = places[draft.uid] else {
                draft.uid += "#" + ZoneRules.utc.wall(replaced).compact
                draft.replaces = nil
                groups.append(.init(event: draft, replacements: []))
                continue
            }
            if draft.isCancelled {
                groups[place].event.excluded.insert(replaced)
                continue
            }
            if let known = groups[place].replacements.firstIndex(where: { $0.replaces == replaced }) {
                if draft.sequence >= groups[place].replacements[known].sequence { groups[place].replacements[known] = draft }
            } else {
                groups[place].replacements.append(draft)
            }
        }
        return groups
    }
}

extension DayNumber {
    fileprivate var next: WallTime { WallTime(self + 1) }
}

extension String {
    /// Its words on one line, cut where it is too long.
    fileprivate func oneLine(_ most: Int) -> String {
        String(split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(most))
    }
}
