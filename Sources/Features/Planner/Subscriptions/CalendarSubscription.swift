package import Ambient
package import Courses
package import FoundationEssentials

/// A calendar of others that is read again and again, such as a university's timetable.
package struct CalendarSubscription: Sendable, Hashable {
    package var id: CalendarSubscriptionID
    package var userID: UserID
    package var courseID: CourseID?
    package var url: String
    package var name: String
    /// In which times stand that name none.
    package var zone: String
    /// As many as it had the last time.
    package var events = 0
    package var leftOut = 0
    package var fetchedAt: Date?
    package var dueAt: Date
    /// In a row.
    package var failures = 0
    /// Why it could not be read the last time.
    package var problem: String?
    /// What its server knows the last answer by.
    package var validator: String?
    package var createdAt: Date

    static let pause: TimeInterval = 4 * 3600
    static let longestPause: TimeInterval = 86_400

    mutating func note(fetchedAt now: Date) {
        (fetchedAt, problem, failures) = (now, nil, 0)
        dueAt = now.addingTimeInterval(Self.pause)
    }

    /// What fails is left alone for longer and longer.
    mutating func note(problem text: String, at now: Date) {
        (problem, failures) = (text, failures + 1)
        dueAt = now.addingTimeInterval(min(Self.longestPause, Self.pause * Double(1 << min(failures - 1, 4))))
    }
}
