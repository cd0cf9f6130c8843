import Planning
import TimeZones

/// How a student wants to be planned for.
package struct PlannerSettings: Sendable, Hashable, Codable {
    package struct FreeHours: Sendable, Hashable, Codable {
        /// 1 for Monday to 7 for Sunday, as ISO 8601 counts.
        package var weekday: Int
        /// `16:30`
        package var start: String
        package var end: String

        package init(weekday: Int, start: String, end: String) {
            self.weekday = weekday
            self.start = start
            self.end = end
        }

        var time: PlanRequest.FreeTime? {
            guard let day = Weekday(rawValue: weekday - 1), let from = Self.second(start), let to = Self.second(end), from < to
            else {
                return nil
            }
            return .init(day, start: from, end: to)
        }

        /// Seconds since midnight of `16:30`, to `24:00`.
        static func second(_ text: String) -> Int? {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
                let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour < 24 || (hour == 24 && minute == 0)
            else { return nil }
            return hour * 3600 + minute * 60
        }
    }

    package var free: [FreeHours]
    package var timeZone: String
    /// Minutes.
    package var block: Int
    package var rest: Int
    package var daily: Int

    package init(free: [FreeHours] = Self.usual, timeZone: String = "UTC", block: Int = 50, rest: Int = 10, daily: Int = 240) {
        self.free = free
        self.timeZone = timeZone
        self.block = block
        self.rest = rest
        self.daily = daily
    }

    /// Late afternoons, and Saturday morning.
    package static let usual =
        (1...5).map { FreeHours(weekday: $0, start: "16:00", end: "19:00") } + [FreeHours(weekday: 6, start: "10:00", end: "13:00")]

    package enum CodingKeys: String, CodingKey {
        case free, block, rest, daily
        case timeZone = "time_zone"
    }
}
