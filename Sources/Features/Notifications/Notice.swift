package import FoundationEssentials

/// Something to tell a student: what, when it was to be told, and until when it is of use.
package struct Notice: Sendable, Hashable, Codable {
    /// What tells it from all others; under one key it is told once.
    package var key: String
    package var kind: NotificationKind
    /// What the student calls it; empty where nothing has a name.
    package var title: String
    /// Whether there is a time at which something is due rather than begins.
    package var isDeadline: Bool
    package var start: Date?
    package var isAllDay: Bool
    /// Of cards.
    package var count: Int?
    /// When it was to be told.
    package var due: Date
    /// From then on nobody wants to know.
    package var expires: Date

    package init(
        key: String, kind: NotificationKind, title: String = "", isDeadline: Bool = false, start: Date? = nil,
        isAllDay: Bool = false,
        count: Int? = nil, due: Date, expires: Date
    ) {
        (self.key, self.kind, self.title, self.isDeadline, self.start) = (key, kind, title, isDeadline, start)
        (self.isAllDay, self.count, self.due, self.expires) = (isAllDay, count, due, expires)
    }

    private enum CodingKeys: String, CodingKey {
        case key, kind, title, start, count, due, expires
        case isDeadline = "is_deadline"
        case isAllDay = "is_all_day"
    }

    /// What is told this long after its time says that it is late.
    static let grace: TimeInterval = 15 * 60
    /// How long after its time a reminder still is of use, where what it reminds of has begun.
    static let patience: TimeInterval = 3600

    func isLate(at now: Date) -> Bool { now.timeIntervalSince(due) > Self.grace }
    func isOver(at now: Date) -> Bool { now >= expires }
}

/// A message by mail that is no notice: a link to a new password, an answer to an invitation.
package struct MailDraft: Sendable, Hashable, Codable {
    package var subject: String
    package var text: String
    package var html: String?
    package var expires: Date?

    package init(subject: String, text: String, html: String? = nil, expires: Date? = nil) {
        (self.subject, self.text, self.html, self.expires) = (subject, text, html, expires)
    }
}
