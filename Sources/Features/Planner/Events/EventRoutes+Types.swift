import Ambient
import Courses
import FoundationEssentials
import HTTPServing
import Planning

/// An event as the API shows it, at one time that it happens.
struct EventView: APIType, Equatable {
    var id: PlannerEventID
    var seriesID: PlannerEventID?
    var occurrence: Date?
    var courseID: CourseID?
    var type: EventType
    var title: String
    var description: String
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
        case id, occurrence, type, title, description, rrule, activity, goal, topic, reason
        case seriesID = "series_id"
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
            .describe("rrule", "How it comes again, as iCalendar writes it."),
            .describe("study_minutes", "Minutes that it takes to get ready for it; missing where topics say so."),
            .describe("remind_before", "Minutes before its start at which planner.reminder is told."),
            .describe("goal", "Of a planned block: the event or the course that it prepares for."),
        ]
    }
}

/// Why a planned block stands where it does.
struct ReasonView: APIType, Equatable {
    var kind: String
    var text: String
    var goal: String
    var topic: String
    var days: Int
    var mastery: Int
    var cards: Int

    init(_ reason: PlanReason) {
        kind = reason.kind.rawValue
        text = reason.sentence
        goal = reason.goal
        topic = reason.topic
        days = reason.days
        mastery = reason.mastery
        cards = reason.cards
    }

    static var schemaName: String { "PlanReason" }
}

struct EventList: APIType {
    var data: [EventView]
}

struct EventQuery: APIType {
    var from: Date?
    var to: Date?
    var courseID: CourseID?

    enum CodingKeys: String, CodingKey {
        case from, to
        case courseID = "course_id"
    }

    static var constraints: [Constraint<EventQuery>] {
        [
            .describe("from", "Begins a week ago by itself."), .describe("to", "Ends five weeks after its beginning by itself."),
            .check("to") { query in
                guard let from = query.from, let to = query.to else { return nil }
                return to <= from
                    ? "must be after from" : to.timeIntervalSince(from) > 400 * 86_400 ? "must be within 400 days" : nil
            },
        ]
    }
}

struct NewEvent: APIType {
    var title: String
    var description: String?
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
        case title, description, type, rrule
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
            .check("start_date") { EventFields.fault($0.startDate) }, .check("end_date") { $0.endDate.flatMap(EventFields.fault) },
            .range(\.studyMinutes, "study_minutes", 0...60_000), .range(\.remindBefore, "remind_before", 0...43_200),
            .length(\.rrule, "rrule", 1...500), .example("title", "Biology exam"), .example("rrule", "FREQ=WEEKLY;BYDAY=MO,WE"),
            .example("time_zone", "Europe/Berlin"),
            .describe("time_zone", "In which it comes again, so that it moves with the clocks. UTC by itself."),
            .describe("end_date", "By itself an exam takes two hours, a class ninety minutes, a deadline no time."),
        ]
    }
}

/// What may change about an event. A field that is not there stays as it is.
struct EventChange: APIType {
    var occurrence: Date?
    var title: String?
    var description: String?
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
        case occurrence, title, description, type, rrule
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
            .check("title") { $0.title?.allSatisfy(\.isWhitespace) == true ? "must not be blank" : nil },
            .length(\.description, "description", 0...5000), .check("start_date") { $0.startDate.flatMap(EventFields.fault) },
            .check("end_date") { $0.endDate.flatMap(EventFields.fault) }, .range(\.studyMinutes, "study_minutes", 0...60_000),
            .range(\.remindBefore, "remind_before", 0...43_200), .length(\.rrule, "rrule", 1...500),
            .describe("occurrence", "Changes this time of a series alone."),
            .describe("rrule", "null ends the repetition."), .describe("course_id", "null takes it out of its course."),
            .describe("remind_before", "null tells of it no more."),
            .describe("start_date", "Moves the end with it, unless that is there too."),
        ]
    }
}

/// What new events and changed ones check alike.
enum EventFields {
    private static let years = Date(timeIntervalSince1970: 0)..<Date(timeIntervalSince1970: 4_102_444_800)

    static func fault(_ date: Date) -> String? { years.contains(date) ? nil : "must be between 1970 and 2100" }

    static func zone(_ name: String?) throws(PlannerFailure) -> ZoneRules? {
        guard let name else { return nil }
        guard let zone = ZoneCatalogue.system.zone(name) else {
            throw PlannerFailure.invalid("time_zone", "must be a time zone such as Europe/Berlin")
        }
        return zone
    }

    static func rule(_ text: String) throws(PlannerFailure) -> RecurrenceRule {
        do {
            return try RecurrenceRule(text)
        } catch {
            throw PlannerFailure.invalid("rrule", error.reason)
        }
    }
}

/// A line in which somebody says what is when.
struct EntryLine: APIType {
    var text: String
    var timeZone: String?

    enum CodingKeys: String, CodingKey {
        case text
        case timeZone = "time_zone"
    }

    static var constraints: [Constraint<EntryLine>] {
        [.length(\.text, "text", 1...500), .notBlank(\.text, "text"), .example("text", "bio exam friday 9am")]
    }
}

/// What such a line was understood as: nothing is kept yet.
struct EntryView: APIType {
    var title: String
    var type: EventType
    var startDate: Date?
    var endDate: Date?
    var isAllDay: Bool
    var rrule: String?
    var courseID: CourseID?

    enum CodingKeys: String, CodingKey {
        case title, type, rrule
        case startDate = "start_date"
        case endDate = "end_date"
        case isAllDay = "is_all_day"
        case courseID = "course_id"
    }

    static var schemaName: String { "UnderstoodEntry" }

    static var constraints: [Constraint<EntryView>] {
        [
            .describe("start_date", "Missing where the line has no day."),
            .describe("course_id", "The course whose name the line has a word of, where there is one alone."),
        ]
    }
}
