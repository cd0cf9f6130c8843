import Ambient
import Courses
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing
import Planning

/// Plans over HTTP.
package struct PlanRoutes: RouteCollection {
    private let service: PlanService

    package init(service: PlanService) { self.service = service }

    package var routes: [Route] { [plan, settings] }

    private static let tag = "Planner"

    private var plan: Route {
        Route.post(
            "/planner/plan", "Plan when to study what", tag: Self.tag, body: PlanWishes.self, returns: PlanView.self,
            failures: [.validationFailed]
        ) { call, body in
            PlanView(try await service.plan(try body.wishes(), user: try call.user()))
        }
        .described(
            """
            Blocks to come are replaced, missed ones are planned anew; what is completed, and what you moved, stays. What you leave out \
            is as you wanted it the last time. The same calendar, cards and answers have the same plan.
            """)
    }

    private var settings: Route {
        Route.get("/planner/settings", "Show how you are planned for", tag: Self.tag, returns: PlannerSettingsView.self) { call in
            PlannerSettingsView(try await service.settings(of: try call.user()))
        }
    }
}

struct FreeHoursView: APIType, Equatable {
    var weekday: Int
    var start: String
    var end: String

    static var schemaName: String { "FreeHours" }

    static var constraints: [Constraint<FreeHoursView>] {
        [
            .range(\.weekday, "weekday", 1...7), .describe("weekday", "1 is Monday."), .example("start", "16:30"),
        ]
    }
}

struct PlanWishes: APIType {
    var from: Date?
    var to: Date?
    var free: [FreeHoursView]?
    var timeZone: String?
    var blockMinutes: Int?
    var breakMinutes: Int?
    var dailyMinutes: Int?

    enum CodingKeys: String, CodingKey {
        case from, to, free
        case timeZone = "time_zone"
        case blockMinutes = "block_minutes"
        case breakMinutes = "break_minutes"
        case dailyMinutes = "daily_minutes"
    }

    func wishes() throws(PlannerFailure) -> PlanService.Wishes {
        _ = try EventFields.zone(timeZone)
        var wishes = PlanService.Wishes()
        (wishes.from, wishes.to, wishes.timeZone) = (from, to, timeZone)
        wishes.free = free?.map { .init(weekday: $0.weekday, start: $0.start, end: $0.end) }
        (wishes.block, wishes.rest, wishes.daily) = (blockMinutes, breakMinutes, dailyMinutes)
        return wishes
    }

    static var constraints: [Constraint<PlanWishes>] {
        [
            .count(\.free, "free", 0...100), .range(\.blockMinutes, "block_minutes", 15...180),
            .range(\.breakMinutes, "break_minutes", 0...120), .range(\.dailyMinutes, "daily_minutes", 15...960),
            .check("free") { $0.free?.lazy.compactMap(\.fault).first },
            .check("to") { wishes in
                guard let from = wishes.from, let to = wishes.to else { return nil }
                return to <= from ? "must be after from" : nil
            },
            .describe("from", "Now by itself."), .describe("to", "The last exam by itself."),
            .describe("free", "Hours of each week in which you can study."),
        ]
    }
}

extension FreeHoursView {
    /// What is wrong with it, in plain words.
    var fault: String? {
        guard (1...7).contains(weekday) else { return "must have weekdays from 1 to 7" }
        guard let start = PlannerSettings.FreeHours.second(start), let end = PlannerSettings.FreeHours.second(end) else {
            return "must have times like 16:30"
        }
        return start < end ? nil : "must have an end after each start"
    }
}

struct PlanView: APIType {
    struct Block: APIType {
        var id: PlannerEventID
        var courseID: CourseID?
        var startDate: Date
        var endDate: Date
        var activity: String
        var title: String
        var goal: String?
        var topic: String?
        var reason: String
        var why: ReasonView

        enum CodingKeys: String, CodingKey {
            case id, activity, title, goal, topic, reason, why
            case courseID = "course_id"
            case startDate = "start_date"
            case endDate = "end_date"
        }

        static var schemaName: String { "PlanBlock" }
        static var constraints: [Constraint<Block>] {
            [
                .describe("activity", "review, learn, practise or rehearse."),
                .describe("goal", "The event or the course that it prepares for; missing for cards of all courses."),
                .describe("reason", "Why it stands there, in a sentence."),
                .describe("why", "The same to be worded by who shows it."),
            ]
        }
    }

    struct Missing: APIType {
        var goal: String?
        var title: String
        var cause: String
        var neededMinutes: Int
        var missingMinutes: Int

        enum CodingKeys: String, CodingKey {
            case goal, title, cause
            case neededMinutes = "needed_minutes"
            case missingMinutes = "missing_minutes"
        }

        static var schemaName: String { "PlanMissing" }
        static var constraints: [Constraint<Missing>] {
            [.describe("goal", "Missing for cards."), .describe("cause", "too_few_hours, no_free_time or past.")]
        }
    }

    var blocks: [Block]
    var missing: [Missing]

    static var schemaName: String { "Plan" }

    init(_ outcome: PlanService.Outcome) {
        blocks = outcome.blocks.compactMap { event in
            guard let plan = event.plan else { return nil }
            return Block(
                id: event.id, courseID: event.courseID, startDate: event.start, endDate: event.end,
                activity: plan.activity.rawValue, title: event.title, goal: plan.goal, topic: plan.topic.isEmpty ? nil : plan.topic,
                reason: plan.reason.sentence, why: ReasonView(plan.reason))
        }
        missing = outcome.missing.map {
            Missing(
                goal: $0.missing.goal, title: $0.title, cause: $0.missing.cause.rawValue, neededMinutes: $0.missing.needed,
                missingMinutes: $0.missing.missing)
        }
    }
}

struct PlannerSettingsView: APIType {
    var free: [FreeHoursView]
    var timeZone: String
    var blockMinutes: Int
    var breakMinutes: Int
    var dailyMinutes: Int

    enum CodingKeys: String, CodingKey {
        case free
        case timeZone = "time_zone"
        case blockMinutes = "block_minutes"
        case breakMinutes = "break_minutes"
        case dailyMinutes = "daily_minutes"
    }

    init(_ settings: PlannerSettings) {
        free = settings.free.map { FreeHoursView(weekday: $0.weekday, start: $0.start, end: $0.end) }
        timeZone = settings.timeZone
        (blockMinutes, breakMinutes, dailyMinutes) = (settings.block, settings.rest, settings.daily)
    }

    static var schemaName: String { "PlannerSettings" }
}
