package import FoundationEssentials
package import TimeZones

/// An event as a calendar file has it.
package struct CalendarEntry: Sendable, Hashable {
    package var uid: String
    package var title: String
    package var description: String
    package var location: String
    package var category: String
    package var start: Date
    package var end: Date
    package var isAllDay: Bool
    package var zone: ZoneRules
    /// `FREQ=WEEKLY;BYDAY=MO`
    package var rule: String?
    package var excluded: [Date]
    /// Starts besides those of the rule.
    package var added: [Date]
    /// The start in the series for which this stands.
    package var replaces: Date?
    package var isCompleted: Bool
    /// Minutes before its start; nil writes no alarm.
    package var remindBefore: Int?
    package var updatedAt: Date

    package init(
        uid: String, title: String, description: String = "", location: String = "", category: String = "", start: Date, end: Date,
        isAllDay: Bool = false, zone: ZoneRules, rule: String? = nil, excluded: [Date] = [], added: [Date] = [],
        replaces: Date? = nil,
        isCompleted: Bool = false, remindBefore: Int? = nil, updatedAt: Date
    ) {
        self.uid = uid
        self.title = title
        self.description = description
        self.location = location
        self.category = category
        self.start = start
        self.end = end
        self.isAllDay = isAllDay
        self.zone = zone
        self.rule = rule
        self.excluded = excluded
        self.added = added
        self.replaces = replaces
        self.isCompleted = isCompleted
        self.remindBefore = remindBefore
        self.updatedAt = updatedAt
    }
}
