package import FoundationEssentials
package import TimeZones

/// All that a plan is made of. The same request has the same plan.
package struct PlanRequest: Sendable {
    /// Hours of a week that are free for studying, by the student's clock.
    package struct FreeTime: Sendable, Hashable {
        package var weekday: Weekday
        /// Seconds since midnight.
        package var start: Int
        package var end: Int

        package init(_ weekday: Weekday, start: Int, end: Int) {
            self.weekday = weekday
            self.start = start
            self.end = end
        }
    }

    package struct Preferences: Sendable, Hashable {
        /// Minutes of a block; shortened to 25 at least where the free hours hold more of shorter ones.
        package var block = 50
        /// Minutes between two blocks.
        package var rest = 10
        /// Minutes of studying a day, at most.
        package var daily = 240
        /// Seconds that a card which is due takes.
        package var secondsPerCard = 10.0

        package init() {}
    }

    /// Nothing is planned before it.
    package var now: Date
    /// Nothing is planned outside of it.
    package var range: Range<Date>
    package var zone: ZoneRules
    package var free: [FreeTime]
    /// What is taken already: classes, exams, blocks that the student has put somewhere.
    package var busy: [Range<Date>]
    package var goals: [StudyGoal]
    /// Cards that come back, by the day they are due.
    package var cardsDue: [DayNumber: Int]
    package var preferences: Preferences

    package init(
        now: Date, range: Range<Date>, zone: ZoneRules, free: [FreeTime], busy: [Range<Date>] = [], goals: [StudyGoal] = [],
        cardsDue: [DayNumber: Int] = [:], preferences: Preferences = Preferences()
    ) {
        self.now = now
        self.range = range
        self.zone = zone
        self.free = free
        self.busy = busy
        self.goals = goals
        self.cardsDue = cardsDue
        self.preferences = preferences
    }
}
