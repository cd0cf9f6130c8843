import Ambient
import Courses
import FoundationEssentials
import HTTPServing
import Planning
import TimeZones

/// An event as the API shows it, at one time that it happens.
struct EventView: APIType, Equatable {
    var id: PlannerEventID
    var seriesID: PlannerEventID?
    var occurrence: Date?
    var courseID: CourseID?
    var type: EventType
    var title: String
    var description: String
    var location: String?
    var subscriptionID: CalendarSubscriptionID?
    var startDate: Date
    var endDate: Date
    var isAllDay: Bool
    var timeZone: String
    var rrule: String?
    var isCompleted: Bool
    var studyMinutes: Int?
    var remindBefore: Int?
    var activity: String?
    var goal: String?
    var topic: String?
    var reason: ReasonView?
    var createdAt: Date
    var updatedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, occurrence, type, title, description, location, rrule, activity, goal, topic, reason
        case seriesID = "series_id"
        case subscriptionID = "subscription_id"
        case courseID = "course_id"
        case startDate = "start_date"
        case endDate = "end_date"
        case isAllDay = "is_all_day"
        case timeZone = "time_zone"
        case isCompleted = "is_completed"
        case studyMinutes = "study_minutes"
        case remindBefore = "remind_before"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    init(_ event: PlannerEvent) { self.init(Occurrence(event: event, occurrence: event.occurrence)) }

    init(_ found: Occurrence) {
        let event = found.event
        id = event.id
        seriesID = event.seriesID
        occurrence = found.occurrence
        courseID = event.courseID
        type = event.type
        title = event.title
        description = event.description
        location = event.location.isEmpty ? nil : event.location
        subscriptionID = event.origin.subscriptionID
        startDate = event.start
        endDate = event.end
        isAllDay = event.isAllDay
        timeZone = event.zone.name
        rrule = event.rule?.text
        isCompleted = event.isCompleted
        studyMinutes = event.studyMinutes
        remindBefore = event.remindBefore
        activity = event.plan?.activity.rawValue
        goal = event.plan?.goal
        topic = event.plan.flatMap { $0.topic.isEmpty ? nil : $0.topic }
        reason = event.plan.map { ReasonView($0.reason) }
        createdAt = event.createdAt
        updatedAt = event.updatedAt
    }

    static var schemaName: String { "PlannerEvent" }

    static var constraints: [Constraint<EventView>] {
        [
            .describe("occurrence", "Names this time among those of a series: send it with a change to change this one alone."),
            .describe("series_id", "The event for one of whose times this stands."),
            .describe("subscription_id", "The calendar that it is read from again and again."),
            .describe("rrule", "How it comes again, as iCalendar writes it."),
            .describe("study_minutes", "Minutes that it takes to get ready for it; missing where topics say so."),
            .describe("remind_before", "Minutes before its start at which planner.reminder is told."),
            .describe("goal", "Of a planned block: the event or the course that it prepares for."),
        ]
    }
}
