package import TimeZones

/// What a line such as “bio exam friday 9am” says of an event.
package struct EntryDraft: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, Codable { case `class`, exam, deadline, study, reminder }

    /// What is left of the line.
    package var title: String
    package var kind: Kind?
    /// nil where the line has no day.
    package var day: DayNumber?
    /// Seconds since midnight; nil where the line has no time.
    package var start: Int?
    /// Seconds from the start on.
    package var duration: Int?
    /// `FREQ=WEEKLY;BYDAY=MO`
    package var rule: String?
}
