import FoundationEssentials
import Manuscript
import TimeZones

/// The zones of a calendar file: each by its name where the zone database knows it, else by the rules that the file gives.
struct CalendarZones {
    /// What a name stands for.
    struct Zone {
        var rules: ZoneRules
        /// Whether it is one of the zone database, which can be named where it is kept.
        var isKnown: Bool
    }

    private var zones: [String: Zone] = [:]
    /// The zone of whoever reads the file.
    let own: ZoneRules

    /// - Parameter own: the zone of whoever reads the file, for times that name none.
    init(_ calendar: CalendarTree, own: ZoneRules) {
        self.own = own
        for component in calendar.components where component.name == "VTIMEZONE" {
            guard let name = component.first("TZID")?.value, zones[name] == nil else { continue }
            if let zone = Self.known(name) ?? component.first("X-LIC-LOCATION").flatMap({ Self.known($0.value) }) {
                zones[name] = Zone(rules: zone, isKnown: true)
            } else if let rules = Self.rules(of: component) {
                zones[name] = Self.equal(to: rules).map { Zone(rules: $0, isKnown: true) } ?? Zone(rules: rules, isKnown: false)
            }
        }
        if let named = calendar.first("X-WR-TIMEZONE").flatMap({ Self.known($0.value) }) {
            zones[""] = Zone(rules: named, isKnown: true)
        }
    }

    /// - Parameter name: as TZID has it; nil for a time that names none.
    subscript(_ name: String?) -> Zone {
        guard let name else { return zones[""] ?? Zone(rules: own, isKnown: true) }
        return zones[name] ?? Self.known(name).map { Zone(rules: $0, isKnown: true) } ?? self[nil]
    }

    /// `Europe/Berlin`, `/citadel.org/20190914_1/Europe/Berlin`, `W. Europe Standard Time`.
    private static func known(_ name: String) -> ZoneRules? {
        let trimmed = name.drop { $0 == " " || $0 == "/" }
        if ["UTC", "GMT", "Z", "Etc/UTC"].contains(trimmed) { return .utc }
        if let windows = WindowsZones.name(of: String(trimmed)) { return ZoneCatalogue.system.zone(windows) }
        let parts = trimmed.split(separator: "/")
        for count in [3, 2, 1] where count <= parts.count {
            if count == 1, parts.count > 1 { break }
            if let zone = ZoneCatalogue.system.zone(parts.suffix(count).joined(separator: "/")) { return zone }
        }
        return nil
    }

    /// The rules of a VTIMEZONE; nil where it has none that can be read.
    static func rules(of component: CalendarTree) -> ZoneRules? {
        let range = Date(timeIntervalSince1970: -366 * 86_400)..<Date(timeIntervalSince1970: 4_102_444_800)
        var changes: [Int: Int] = [:]
        var first: (at: Int, offset: Int)?
        for part in component.components where part.name == "STANDARD" || part.name == "DAYLIGHT" {
            guard let from = part.first("TZOFFSETFROM").flatMap({ CalendarValues.offset($0.value) }),
                let to = part.first("TZOFFSETTO").flatMap({ CalendarValues.offset($0.value) }),
                let start = part.first("DTSTART").flatMap({ WallTime(compact: $0.value.filter { $0 != "Z" }) })
            else { return nil }
            // The wall is reckoned with as if it hung in Greenwich.
            let rule = part.first("RRULE").flatMap { try? RecurrenceRule($0.value) }
            let dates = part.all("RDATE").flatMap { $0.value.split(separator: ",") }
                .compactMap { WallTime(compact: $0.filter { $0 != "Z" }) }
            let onsets =
                Recurrence(
                    start: ZoneRules.utc.moment(start), zone: .utc, rule: rule, added: Set(dates.map { ZoneRules.utc.moment($0) })
                ).starts(in: range, limit: 400).map { Int($0.timeIntervalSince1970) } + [start.seconds]
            for onset in onsets {
                changes[onset - from] = to
                if onset - from < first?.at ?? .max { first = (onset - from, from) }
            }
        }
        guard let first else { return nil }
        let order = changes.sorted { $0.key < $1.key }
        return ZoneRules(
            name: "", moments: order.map(\.key), offsets: order.map(\.value), first: first.offset)
    }

    /// A zone of the database by which the clocks show the same from some years ago to some years ahead.
    private static func equal(to rules: ZoneRules) -> ZoneRules? {
        // Every nine days from 2022 to 2032, so that each change of the clocks lies between two.
        let days = stride(from: 1_640_995_200.0, to: 1_956_528_000.0, by: 9 * 86_400).map { Date(timeIntervalSince1970: $0) }
        return WindowsZones.common.lazy.compactMap { ZoneCatalogue.system.zone($0) }.first { zone in
            days.allSatisfy { zone.offset(at: $0) == rules.offset(at: $0) }
        }
    }
}
