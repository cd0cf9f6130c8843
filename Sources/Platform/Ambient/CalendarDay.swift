/// A day of the calendar without a time or a zone, `2026-11-21`: an exam is on that day wherever one looks at it from.
package struct CalendarDay: Sendable, Hashable, Comparable, LosslessStringConvertible {
    /// Four digits, two and two, so that the order of texts is that of days.
    package let description: String

    /// nil unless the text is a day of the Gregorian calendar in that form.
    package init?(_ text: String) {
        guard text.utf8.count == 10, Timestamp.parse(text + "T00:00:00Z") != nil else { return nil }
        description = text
    }

    package static func < (a: Self, b: Self) -> Bool { a.description < b.description }
}
