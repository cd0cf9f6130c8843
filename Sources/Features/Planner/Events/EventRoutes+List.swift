import Courses
import FoundationEssentials
import HTTPServing

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
