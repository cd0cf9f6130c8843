import Courses
import FoundationEssentials
import HTTPServing

/// What may change about an event. A field that is not there stays as it is.
struct EventChange: APIType {
    var occurrence: Date?
    var title: String?
    var description: String?
    var location: String?
    var type: EventType?
    var startDate: Date?
    var endDate: Date?
    var isAllDay: Bool?
    var timeZone: String?
    var rrule: String?
    var changesRule: Bool
    var courseID: CourseID?
    var changesCourse: Bool
    var isCompleted: Bool?
    var studyMinutes: Int?
    var changesStudy: Bool
    var remindBefore: Int?
    var changesReminder: Bool

    enum CodingKeys: String, CodingKey {
        case occurrence, title, description, location, type, rrule
        case startDate = "start_date"
        case endDate = "end_date"
        case isAllDay = "is_all_day"
        case timeZone = "time_zone"
        case courseID = "course_id"
        case isCompleted = "is_completed"
        case studyMinutes = "study_minutes"
        case remindBefore = "remind_before"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        occurrence = try container.decodeIfPresent(Date.self, forKey: .occurrence)
        title = try container.decodeIfPresent(String.self, forKey: .title)
        description = try container.decodeIfPresent(String.self, forKey: .description)
        location = try container.decodeIfPresent(String.self, forKey: .location)
        type = try container.decodeIfPresent(EventType.self, forKey: .type)
        startDate = try container.decodeIfPresent(Date.self, forKey: .startDate)
        endDate = try container.decodeIfPresent(Date.self, forKey: .endDate)
        isAllDay = try container.decodeIfPresent(Bool.self, forKey: .isAllDay)
        timeZone = try container.decodeIfPresent(String.self, forKey: .timeZone)
        changesRule = container.contains(.rrule)
        rrule = try container.decodeIfPresent(String.self, forKey: .rrule)
        changesCourse = container.contains(.courseID)
        courseID = try container.decodeIfPresent(CourseID.self, forKey: .courseID)
        isCompleted = try container.decodeIfPresent(Bool.self, forKey: .isCompleted)
        changesStudy = container.contains(.studyMinutes)
        studyMinutes = try container.decodeIfPresent(Int.self, forKey: .studyMinutes)
        changesReminder = container.contains(.remindBefore)
        remindBefore = try container.decodeIfPresent(Int.self, forKey: .remindBefore)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(occurrence, forKey: .occurrence)
        try container.encodeIfPresent(title, forKey: .title)
        try container.encodeIfPresent(description, forKey: .description)
        try container.encodeIfPresent(location, forKey: .location)
        try container.encodeIfPresent(type, forKey: .type)
        try container.encodeIfPresent(startDate, forKey: .startDate)
        try container.encodeIfPresent(endDate, forKey: .endDate)
        try container.encodeIfPresent(isAllDay, forKey: .isAllDay)
        try container.encodeIfPresent(timeZone, forKey: .timeZone)
        if changesRule { try container.encode(rrule, forKey: .rrule) }
        if changesCourse { try container.encode(courseID, forKey: .courseID) }
        try container.encodeIfPresent(isCompleted, forKey: .isCompleted)
        if changesStudy { try container.encode(studyMinutes, forKey: .studyMinutes) }
        if changesReminder { try container.encode(remindBefore, forKey: .remindBefore) }
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
        if changesRule {
            if let rrule { change.rule = .some(try EventFields.rule(rrule)) } else { change.rule = .some(nil) }
        }
        if changesCourse { change.courseID = .some(courseID) }
        change.isCompleted = isCompleted
        if changesStudy { change.studyMinutes = .some(studyMinutes) }
        if changesReminder { change.remindBefore = .some(remindBefore) }
        return change
    }

    static var constraints: [Constraint<EventChange>] {
        [
            .length(\.title, "title", 1...200),
            .notBlank(\.title, "title"),
            .length(\.description, "description", 0...5000), .length(\.location, "location", 0...300),
            .check("start_date") { $0.startDate.flatMap(EventFields.fault) },
            .check("end_date") { $0.endDate.flatMap(EventFields.fault) }, .range(\.studyMinutes, "study_minutes", 0...60_000),
            .range(\.remindBefore, "remind_before", 0...43_200), .length(\.rrule, "rrule", 1...500),
            .checked("time_zone"), .checked("rrule"), .checked("end_date"),
            .describe("occurrence", "Changes this time of a series alone."),
            .describe("rrule", "null ends the repetition."), .describe("course_id", "null takes it out of its course."),
            .describe("remind_before", "null tells of it no more."),
            .describe("start_date", "Moves the end with it, unless that is there too."),
        ]
    }
}
