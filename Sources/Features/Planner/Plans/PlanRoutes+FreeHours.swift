import HTTPServing

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
