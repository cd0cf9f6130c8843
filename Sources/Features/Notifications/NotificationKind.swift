import Database

/// What a student is told of.
package enum NotificationKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Exams, deadlines, classes and reminders of the calendar.
    case events
    /// Blocks of a plan for studying.
    case studyBlocks = "study_blocks"
    /// Cards that wait to be learned, once a day.
    case cards
    /// A sign-in on a device, or in a country, where there was none before.
    case devices
    /// Something about the safety of the student's account; told by every channel, whatever is chosen.
    case security
    /// The same about somebody else's, to whoever looks after the installation.
    case watch
    /// The student asked for one, to see whether it arrives.
    case test

    /// Whether it comes at once, in quiet hours too.
    var isUrgent: Bool { self == .test || self == .security || self == .watch }
}

/// How a student is told.
package enum NotificationChannel: String, Sendable, Hashable, Codable, CaseIterable, SQLCodable {
    /// By the event stream of the app that is open.
    case app
    /// By the browser, also while the app is closed.
    case push
    case mail
}
