import FoundationEssentials
import Planning
import TimeZones

/// What a program wants of a calendar: the filter of CalDAV's `calendar-query` (RFC 4791, 9.7).
struct CalendarQuery: Sendable {
    /// Nothing else than events is there.
    private var isForOthers = false
    private var range: Range<Date>?
    private var texts: [TextRule] = []

    private struct TextRule: Sendable {
        var property: String
        /// nil asks that it is there, or is not.
        var wanted: String?
        var isExact = false
        var isNegated = false
    }

    /// nil where the filter is none that can be answered.
    init?(_ filter: XMLElement) {
        guard let calendar = filter.first("comp-filter"), calendar.attributes["name"]?.uppercased() == "VCALENDAR" else {
            return nil
        }
        for component in calendar.all("comp-filter") {
            if component.attributes["name"]?.uppercased() != "VEVENT" {
                isForOthers = component.first("is-not-defined") == nil
                continue
            }
            if component.first("is-not-defined") != nil { isForOthers = true }
            if let range = component.first("time-range") {
                guard let times = Self.times(range) else { return nil }
                self.range = times
            }
            for property in component.all("prop-filter") {
                guard let name = property.attributes["name"]?.uppercased() else { return nil }
                if property.first("is-not-defined") != nil {
                    texts.append(TextRule(property: name, wanted: nil, isNegated: true))
                } else if let match = property.first("text-match") {
                    texts.append(
                        TextRule(
                            property: name, wanted: match.text, isExact: match.attributes["match-type"] == "equals",
                            isNegated: match.attributes["negate-condition"] == "yes"))
                } else {
                    texts.append(TextRule(property: name, wanted: nil))
                }
            }
        }
    }

    private static func times(_ range: XMLElement) -> Range<Date>? {
        func date(_ name: String, _ other: Date) -> Date? {
            guard let text = range.attributes[name] else { return other }
            return text.hasSuffix("Z") ? WallTime(compact: text.dropLast()).map { ZoneRules.utc.moment($0) } : nil
        }
        guard let start = date("start", Date(timeIntervalSince1970: 0)),
            let end = date("end", Date(timeIntervalSince1970: 4_102_444_800)),
            start < end
        else { return nil }
        return start..<end
    }

    func matches(_ resource: CalendarCollection.Resource) -> Bool {
        if isForOthers { return false }
        if let range, !([resource.event] + resource.singles).contains(where: { Self.touches($0, range) }) { return false }
        return texts.allSatisfy { rule in
            let value = Self.value(of: rule.property, resource.event)
            guard let wanted = rule.wanted else { return (value != nil) != rule.isNegated }
            guard let value else { return rule.isNegated }
            let (there, asked) = (value.lowercased(), wanted.lowercased())
            return (rule.isExact ? there == asked : there.contains(asked)) != rule.isNegated
        }
    }

    private static func touches(_ event: PlannerEvent, _ range: Range<Date>) -> Bool {
        let length = event.end.timeIntervalSince(event.start)
        let reach = range.lowerBound.addingTimeInterval(-length)..<range.upperBound
        return event.recurrence.starts(in: reach, limit: 2).contains {
            $0 >= range.lowerBound || $0.addingTimeInterval(length) > range.lowerBound
        }
    }

    /// nil where the event has no such property.
    private static func value(of property: String, _ event: PlannerEvent) -> String? {
        switch property {
        case "UID": event.uid
        case "SUMMARY": event.title
        case "DESCRIPTION": event.description.isEmpty ? nil : event.description
        case "LOCATION": event.location.isEmpty ? nil : event.location
        case "CATEGORIES": event.type.rawValue
        case "RRULE": event.rule?.text
        case "DTSTART", "DTEND", "DTSTAMP": ""
        default: nil
        }
    }
}
