import Ambient
import Assembly
import Failures
import FoundationEssentials
import HTTPServing
import Planning
import TimeZones

/// Plans the week of a student who wishes for it in a conversation, and tells what to study next.
enum PlanTools {
    struct Input: APIType {}

    struct Told: Encodable, Sendable {
        var text: String
    }

    static func tools(_ plans: PlanService, _ undos: UndoService) -> [AssistantTool] { [today(plans), plan(plans, undos)] }

    private static func plan(_ plans: PlanService, _ undos: UndoService) -> AssistantTool {
        AssistantTool(
            "week_plan",
            "Plans when the student studies what, in their free hours until their exams. Replaces study blocks that are planned already.",
            takes: Input.self,
            wishes: ToolWishes(
                [
                    "study plan", "study schedule", "plan for my week", "plan for the week", "lernplan", "wochenplan",
                ].map { .init($0) },
                phrases: [
                    "plan my week", "plan my studies", "plan my studying", "plan my study time", "plan my days", "plan out my week",
                    "replan my week", "schedule my week", "plan when i study", "plan what i study", "plane meine woche",
                    "plan meine woche",
                    "plane mein lernen", "plane meine lernzeit", "plane, wann ich lerne",
                ]),
            asks: { _ in
                "I can plan your week: study blocks in your free hours, until your exams. Blocks that are planned and not done are placed "
                    + "anew; what you moved yourself stays. Shall I?"
            },
            make: { _, id, user in
                let outcome = try await plans.plan(as: PlannerUndoID(id), user: user)
                return ToolDeed("plan", id: id.uuidString.lowercased(), title: title(of: outcome))
            },
            undo: { id, user in
                do {
                    try await undos.undo(PlannerUndoID(id), user: user)
                } catch let failure as PlannerFailure where failure.code == .notFound {
                    // It is taken back already.
                }
            })
    }

    private static func today(_ plans: PlanService) -> AssistantTool {
        AssistantTool(
            "study_next", "Tells the student what to study today and next, by their plan.", takes: Input.self,
            wishes: ToolWishes(
                [],
                phrases: [
                    "what should i study today", "what should i study now", "what should i study next", "what should i learn today",
                    "what do i study today", "what shall i study today", "what is next in my plan", "what's next in my plan",
                    "what is on my plan", "what's on my plan", "show me my plan", "show my plan", "was soll ich heute lernen",
                    "was lerne ich heute", "was soll ich als nächstes lernen", "was steht heute an", "zeig mir meinen plan",
                ])
        ) { _, user in
            let zone = ZoneCatalogue.system.zone(try await plans.settings(of: user).timeZone) ?? .utc
            return Told(text: text(of: try await plans.standing(of: user), now: plans.now, zone: zone))
        }
    }

    static func title(of outcome: PlanService.Outcome) -> String {
        let count = outcome.blocks.count
        let blocks = count == 0 ? "There is nothing to plan" : count == 1 ? "One study block" : "\(count) study blocks"
        let lacking = outcome.missing.reduce(0) { $0 + $1.missing }
        return lacking == 0 ? blocks : blocks + "; \(lacking) minutes find no room"
    }

    static func text(of standing: PlanService.Outcome, now: Date, zone: ZoneRules) -> String {
        guard !standing.blocks.isEmpty else {
            return "Nothing is planned. Say “Plan my week”, and I place study blocks in your free hours before your exams."
        }
        let today = zone.wall(now).day
        let first = standing.blocks.filter { zone.wall($0.start).day == today }
        let shown = first.isEmpty ? Array(standing.blocks.prefix(3)) : first
        var lines = [
            first.isEmpty ? "Nothing is planned for today any more. This comes next:" : "This is your plan for today:", "",
        ]
        for block in shown.prefix(8) {
            let (begin, end) = (zone.wall(block.start), zone.wall(block.end))
            let day = first.isEmpty ? dayText(begin.day) + ", " : ""
            let reason = block.plan.map { " – " + $0.reason.sentence } ?? ""
            lines.append("- **\(day)\(clock(begin))–\(clock(end))** \(block.title)\(reason)")
        }
        let rest = standing.blocks.count - shown.prefix(8).count
        if rest > 0 {
            lines += ["", rest == 1 ? "One more block is planned after that." : "\(rest) more blocks are planned after that."]
        }
        return lines.joined(separator: "\n")
    }

    private static func clock(_ wall: WallTime) -> String {
        func pad(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return pad(wall.second / 3600) + ":" + pad(wall.second % 3600 / 60)
    }

    private static func dayText(_ day: DayNumber) -> String {
        let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        let (_, month, number) = day.civil
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(names[day.weekday.rawValue]) \(number) \(months[month - 1])"
    }
}
