import FoundationEssentials
import Planning
import TimeZones

/// What new events and changed ones check alike.
enum EventFields {
    private static let years = Date(timeIntervalSince1970: 0)..<Date(timeIntervalSince1970: 4_102_444_800)

    static func fault(_ date: Date) -> String? { years.contains(date) ? nil : "must be between 1970 and 2100" }

    static func zone(_ name: String?) throws(PlannerFailure) -> ZoneRules? {
        guard let name else { return nil }
        guard let zone = ZoneCatalogue.system.zone(name) else {
            throw PlannerFailure.invalid("time_zone", "must be a time zone such as Europe/Berlin")
        }
        return zone
    }

    static func rule(_ text: String) throws(PlannerFailure) -> RecurrenceRule {
        do {
            return try RecurrenceRule(text)
        } catch {
            throw PlannerFailure.invalid("rrule", error.reason)
        }
    }
}
