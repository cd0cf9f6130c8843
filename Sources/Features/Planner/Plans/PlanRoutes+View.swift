import Courses
import FoundationEssentials
import HTTPServing
import Planning

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
    var undoID: PlannerUndoID?

    enum CodingKeys: String, CodingKey {
        case blocks, missing
        case undoID = "undo_id"
    }

    static var schemaName: String { "Plan" }
    static var constraints: [Constraint<PlanView>] {
        [.describe("undo_id", "Brings the plan before it back: POST /planner/undos/ID. There where it was just planned.")]
    }

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
                goal: $0.goal, title: $0.title, cause: $0.cause, neededMinutes: $0.needed, missingMinutes: $0.missing)
        }
        undoID = outcome.undo
    }
}
