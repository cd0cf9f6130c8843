import Courses
import FoundationEssentials
import HTTPServing
import Planning

extension CalendarMerge.Fate: APIType {}

/// What came, or would come, of a calendar.
struct CalendarImportView: APIType {
    struct Event: APIType {
        var title: String
        var type: EventType
        var startDate: Date
        var isAllDay: Bool
        var rrule: String?
        var courseID: CourseID?
        var fate: CalendarMerge.Fate

        enum CodingKeys: String, CodingKey {
            case title, type, rrule, fate
            case startDate = "start_date"
            case isAllDay = "is_all_day"
            case courseID = "course_id"
        }

        static var schemaName: String { "CalendarImportEvent" }
        static var constraints: [Constraint<Event>] {
            [.describe("fate", "new, changed, same (as it was), or cancelled: taken out, or never brought in.")]
        }
    }

    struct Problem: APIType {
        var line: Int
        var title: String
        var reason: String

        static var schemaName: String { "CalendarImportProblem" }
    }

    var name: String?
    var added: Int
    var updated: Int
    var same: Int
    var cancelled: Int
    var leftOut: Int
    var events: [Event]
    var problems: [Problem]
    var undoID: PlannerUndoID?

    enum CodingKeys: String, CodingKey {
        case name, added, updated, same, cancelled, events, problems
        case leftOut = "left_out"
        case undoID = "undo_id"
    }

    init(_ brought: ImportService.Brought) {
        let outcome = brought.outcome
        name = brought.name
        (added, updated) = (outcome.count(.new), outcome.count(.changed))
        (same, cancelled) = (outcome.count(.same), outcome.count(.cancelled))
        leftOut = brought.problems.count
        events = outcome.entries.sorted { ($0.draft.start, $0.draft.line) < ($1.draft.start, $1.draft.line) }.prefix(100).map {
            Event(
                title: $0.draft.title, type: $0.type, startDate: $0.draft.start, isAllDay: $0.draft.isAllDay,
                rrule: $0.draft.rule?.text, courseID: $0.courseID, fate: $0.fate)
        }
        problems = brought.problems.prefix(100).map { Problem(line: $0.line, title: $0.title, reason: $0.reason) }
        undoID = brought.undo
    }

    static var schemaName: String { "CalendarImport" }
    static var constraints: [Constraint<CalendarImportView>] {
        [
            .describe("events", "The first hundred, in order of time."),
            .describe("problems", "What was left out or passed over, by the line where it begins; at most a hundred."),
            .describe("left_out", "How many problems there are."),
            .describe("undo_id", "Takes it back: POST /planner/undos/ID. Missing where nothing changed."),
        ]
    }
}
