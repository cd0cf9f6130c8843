import Ambient
import Courses
import Database
package import Events
import FoundationEssentials
import HTTPServing

/// What the planner tells, through the outbox.
package struct PlannerEvents: Sendable {
    static let created = EventKind("planner.event_created", "Something was put into the calendar.", payload: EventNews.self)
    static let updated = EventKind("planner.event_updated", "An event of the calendar changed.", payload: EventNews.self)
    static let deleted = EventKind("planner.event_deleted", "An event of the calendar is gone.", payload: EventNews.self)
    static let reminder = EventKind("planner.reminder", "It is time to think of an event.", payload: ReminderNews.self)
    static let planChanged = EventKind("plan.changed", "Blocks for studying were planned anew.", payload: PlanNews.self)
    static let calendar = EventKind(
        "planner.calendar_changed", "Many events changed at once: a calendar was brought in, read again, or taken back.",
        payload: CalendarNews.self)
    static let graded = EventKind("course.grade_changed", "What counts in a course changed.", payload: GradeNews.self)
    static let passwordMade = EventKind(
        "planner.password_made", "A calendar program was given a password.", payload: CalendarAccess.self, isSecurity: true)
    static let passwordRemoved = EventKind(
        "planner.password_removed", "A calendar program's password was taken away.", payload: CalendarAccess.self, isSecurity: true)
    static let addressMade = EventKind(
        "planner.address_made", "A calendar was given a secret address.", payload: CalendarAccess.self, isSecurity: true)
    static let addressRemoved = EventKind(
        "planner.address_removed", "A calendar's secret address was taken away.", payload: CalendarAccess.self, isSecurity: true)
    static let all = [
        created, updated, deleted, reminder, planChanged, calendar, graded, passwordMade, passwordRemoved, addressMade,
        addressRemoved,
    ]

    private let outbox: EventOutbox

    package init(outbox: EventOutbox) { self.outbox = outbox }

    func append(_ kind: EventKind, _ event: PlannerEvent, in transaction: any Transaction) async throws {
        let news = EventNews(id: event.id, type: event.type, courseID: event.courseID, startDate: event.start)
        try await outbox.append(EventDraft(type: kind.name, userID: event.userID, payload: news), in: transaction)
    }

    /// - Parameter due: when it was to be told.
    func appendReminder(_ event: PlannerEvent, due: Date, in transaction: any Transaction) async throws {
        let news = ReminderNews(
            id: event.id, type: event.type, title: event.title, startDate: event.start, isAllDay: event.isAllDay, dueDate: due)
        try await outbox.append(EventDraft(type: Self.reminder.name, userID: event.userID, payload: news), in: transaction)
    }

    func appendPlan(_ news: PlanNews, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(EventDraft(type: Self.planChanged.name, userID: user, payload: news), in: transaction)
    }

    func appendCalendar(_ news: CalendarNews, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(EventDraft(type: Self.calendar.name, userID: user, payload: news), in: transaction)
    }

    /// - Parameter id: of the password, where it is one.
    func appendAccess(
        _ kind: EventKind, id: AppPasswordID? = nil, user: UserID, in transaction: any Transaction
    ) async throws {
        let payload = CalendarAccess(userID: user.description, id: id)
        try await outbox.append(EventDraft(type: kind.name, userID: user, payload: payload), in: transaction)
    }

    func appendGrade(of course: CourseID, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: Self.graded.name, userID: user, payload: GradeNews(courseID: course)), in: transaction)
    }
}

/// Which event it was, and not what it says: events are kept for a while, and may be told beyond the installation.
struct EventNews: APIType {
    var id: PlannerEventID
    var type: EventType
    var courseID: CourseID?
    var startDate: Date

    enum CodingKeys: String, CodingKey {
        case id, type
        case courseID = "course_id"
        case startDate = "start_date"
    }
}

struct ReminderNews: APIType {
    var id: PlannerEventID
    var type: EventType
    var title: String
    var startDate: Date
    var isAllDay: Bool
    /// When it was to be told.
    var dueDate: Date

    enum CodingKeys: String, CodingKey {
        case id, type, title
        case startDate = "start_date"
        case isAllDay = "is_all_day"
        case dueDate = "due_date"
    }
}

struct PlanNews: APIType {
    var blocks: Int
    /// Minutes that found no place.
    var missingMinutes: Int

    enum CodingKeys: String, CodingKey {
        case blocks
        case missingMinutes = "missing_minutes"
    }
}

struct CalendarNews: APIType {
    var added: Int
    var updated: Int
    var removed: Int

    init(added: Int, updated: Int, removed: Int) { (self.added, self.updated, self.removed) = (added, updated, removed) }

    init(_ outcome: CalendarMerge.Outcome) {
        self.init(
            added: outcome.count(.new), updated: outcome.count(.changed), removed: outcome.removed + outcome.count(.cancelled))
    }
}

/// A way into a calendar was made or taken away.
struct CalendarAccess: APIType {
    var userID: String
    /// Of the password, where it is one.
    var id: AppPasswordID?

    enum CodingKeys: String, CodingKey {
        case id
        case userID = "user_id"
    }
}

struct GradeNews: APIType {
    var courseID: CourseID

    enum CodingKeys: String, CodingKey { case courseID = "course_id" }
}
