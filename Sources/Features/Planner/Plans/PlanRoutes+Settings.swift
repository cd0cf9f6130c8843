import HTTPServing

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
