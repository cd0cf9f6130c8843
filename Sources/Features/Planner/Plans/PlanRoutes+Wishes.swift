import FoundationEssentials
import HTTPServing

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
            .checked("time_zone"), .checked("to"), .describe("free", "Hours of each week in which you can study."),
        ]
    }
}
