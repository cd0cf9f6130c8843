package import FoundationEssentials
package import TimeZones

/// An event or a task as a calendar file tells it, with its times made moments of.
package struct CalendarDraft: Sendable, Hashable {
    package var uid: String
    /// Where it begins in the file.
    package var line: Int
    package var title = ""
    package var description = ""
    package var location = ""
    package var categories: [String] = []
    package var start: Date
    package var end: Date
    package var isAllDay = false
    /// Of the zone database; where the file's zone is none of it, the reader's own.
    package var zone: ZoneRules
    package var rule: RecurrenceRule?
    package var excluded: Set<Date> = []
    package var added: Set<Date> = []
    /// The start in the series for which this stands.
    package var replaces: Date?
    package var isCancelled = false
    /// A task: it is due at its start.
    package var isTask = false
    /// nil where the file does not say.
    package var isCompleted: Bool?
    /// Minutes before its start; nil where the file has no alarm.
    package var remindBefore: Int?
    /// Whoever is there may do something else.
    package var isFree = false
    /// Which of several that say they are the same is the newest.
    var sequence = 0
}

/// What a calendar file holds.
package struct CalendarContent: Sendable {
    /// What belongs together by its UID: an event, and what stands for single times of it.
    package struct Group: Sendable, Hashable {
        package var event: CalendarDraft
        package var replacements: [CalendarDraft]
    }

    /// Something that was left out, or passed over.
    package struct Problem: Sendable, Hashable {
        /// In the file, from 1.
        package var line: Int
        /// As far as it is known.
        package var title: String
        /// What follows on it: `has no date`.
        package var reason: String
        /// The event is there without it.
        package var isPassedOver = false
    }

    package var name: String?
    package var groups: [Group] = []
    package var problems: [Problem] = []
}
