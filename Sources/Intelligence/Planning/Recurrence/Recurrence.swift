package import FoundationEssentials
package import TimeZones

/// An event in time: when it is first, how it comes again, and what is left out or added.
package struct Recurrence: Sendable, Hashable {
    package var start: Date
    package var zone: ZoneRules
    /// nil is once.
    package var rule: RecurrenceRule?
    /// Starts that are left out: EXDATE, and those that another event stands for by its RECURRENCE-ID.
    package var excluded: Set<Date>
    /// Starts besides those of the rule: RDATE.
    package var added: Set<Date>

    package init(
        start: Date, zone: ZoneRules, rule: RecurrenceRule? = nil, excluded: Set<Date> = [], added: Set<Date> = []
    ) {
        self.start = start
        self.zone = zone
        self.rule = rule
        self.excluded = excluded
        self.added = added
    }

    /// When it starts within a range of time, in order, at most `limit` times.
    package func starts(in range: Range<Date>, limit: Int = 1000) -> [Date] {
        var found = added.filter { range.contains($0) }
        if let rule {
            // A wall may be ahead of or behind Greenwich by a day, and a start that the clocks skip is moved.
            let lower = WallTime(seconds: Int(max(range.lowerBound.timeIntervalSince1970, -2e11)) - 90_000)
            let upper = WallTime(seconds: Int(min(range.upperBound.timeIntervalSince1970, 2e11)) + 90_000)
            let walls = RecurrenceExpansion(rule, start: zone.wall(start)).occurrences(
                in: lower..<max(lower, upper), limit: limit + 100, isPast: isPast)
            for wall in walls {
                let moment = zone.moment(wall)
                if range.contains(moment) { found.insert(moment) }
            }
        } else if range.contains(start) {
            found.insert(start)
        }
        return Array(found.subtracting(excluded).sorted().prefix(limit))
    }

    /// Whether it starts at a moment.
    package func has(_ moment: Date) -> Bool {
        starts(in: moment..<moment.addingTimeInterval(1), limit: 1).first == moment
    }

    private func isPast(_ wall: WallTime) -> Bool {
        guard case .until(let second, let isUTC)? = rule?.end else { return false }
        return (isUTC ? Int(zone.moment(wall).timeIntervalSince1970) : wall.seconds) > second
    }
}
