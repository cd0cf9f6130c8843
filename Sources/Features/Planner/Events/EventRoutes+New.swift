import Courses
import FoundationEssentials
import HTTPServing

struct NewEvent: APIType {
    var title: String
    var description: String?
    var location: String?
    var type: EventType
    var startDate: Date
    var endDate: Date?
    var isAllDay: Bool?
    var timeZone: String?
    var rrule: String?
    var courseID: CourseID?
    var isCompleted: Bool?
    var studyMinutes: Int?
    var remindBefore: Int?

    enum CodingKeys: String, CodingKey {
        case title, description, location, type, rrule
        case startDate = "start_date"
        case endDate = "end_date"
        case isAllDay = "is_all_day"
        case timeZone = "time_zone"
        case courseID = "course_id"
        case isCompleted = "is_completed"
        case studyMinutes = "study_minutes"
        case remindBefore = "remind_before"
    }

    func change() throws(PlannerFailure) -> EventService.Change {
        var change = EventService.Change()
        change.title = title
        change.description = description
        change.location = location
        change.type = type
        change.start = startDate
        change.end = endDate
        change.isAllDay = isAllDay
        change.zone = try EventFields.zone(timeZone)
        if let rrule { change.rule = .some(try EventFields.rule(rrule)) }
        if let courseID { change.courseID = .some(courseID) }
        change.isCompleted = isCompleted
        if let studyMinutes { change.studyMinutes = .some(studyMinutes) }
        if let remindBefore { change.remindBefore = .some(remindBefore) }
        return change
    }

    static var constraints: [Constraint<NewEvent>] {
        [
            .length(\.title, "title", 1...200), .notBlank(\.title, "title"), .length(\.description, "description", 0...5000),
            .length(\.location, "location", 0...300),
            .check("start_date") { EventFields.fault($0.startDate) }, .check("end_date") { $0.endDate.flatMap(EventFields.fault) },
            .range(\.studyMinutes, "study_minutes", 0...60_000), .range(\.remindBefore, "remind_before", 0...43_200),
            .length(\.rrule, "rrule", 1...500), .example("title", "Biology exam"), .example("rrule", "FREQ=WEEKLY;BYDAY=MO,WE"),
            .example("time_zone", "Europe/Berlin"),
            .checked("time_zone"), .checked("rrule"), .checked("end_date"), .checked("start_date"),
            .describe("time_zone", "In which it comes again, so that it moves with the clocks. UTC by itself."),
            .describe("end_date", "By itself an exam takes two hours, a class ninety minutes, a deadline no time."),
        ]
    }
}
