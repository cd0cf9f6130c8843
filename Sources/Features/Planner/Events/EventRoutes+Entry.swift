import Courses
import FoundationEssentials
import HTTPServing

/// A line in which somebody says what is when.
struct EntryLine: APIType {
    var text: String
    var timeZone: String?

    enum CodingKeys: String, CodingKey {
        case text
        case timeZone = "time_zone"
    }

    static var constraints: [Constraint<EntryLine>] {
        [
            .checked("time_zone"), .length(\.text, "text", 1...500), .notBlank(\.text, "text"),
            .example("text", "bio exam friday 9am"),
        ]
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
