import FoundationEssentials
import TimeZones

/// Where blocks can stand: the free hours without what is taken, cut into places of one length, with breaks between them.
struct PlanPlaces {
    struct Place {
        var range: Range<Date>
        /// The number of its day among `days`.
        var day: Int
    }

    /// The student's days that have any place, in order.
    private(set) var days: [DayNumber] = []
    private(set) var places: [Place] = []
    /// Cards' reviews: the first thing of each day.
    private(set) var reviews: [(range: Range<Date>, cards: Int)] = []
    private(set) var missingReviewMinutes = 0
    private(set) var neededReviewMinutes = 0
    /// Seconds of a place.
    let length: Double
    /// How many blocks a day may have.
    let daily: Int

    init(_ request: PlanRequest) {
        let wishes = request.preferences
        let rest = Double(max(0, wishes.rest)) * 60
        var byDay = Self.freeTime(request)
        let due = Self.cardsDue(request, byDay.map(\.day))
        for index in byDay.indices {
            let cards = due[byDay[index].day, default: 0]
            guard cards > 0 else { continue }
            let minutes = max(5, Int((Double(cards) * wishes.secondsPerCard / 300).rounded(.up)) * 5)
            neededReviewMinutes += minutes
            var left = Double(min(minutes, wishes.daily)) * 60
            var free: [Range<Date>] = []
            for range in byDay[index].free {
                // A piece of less than five minutes is none.
                let taken = min(left, (range.upperBound.timeIntervalSince(range.lowerBound) / 300).rounded(.down) * 300)
                guard taken >= 300 else {
                    free.append(range)
                    continue
                }
                let end = range.lowerBound.addingTimeInterval(taken)
                reviews.append((range.lowerBound..<end, Int(Double(cards) * taken / 60 / Double(minutes) + 0.5)))
                left -= taken
                if end.addingTimeInterval(rest) < range.upperBound { free.append(end.addingTimeInterval(rest)..<range.upperBound) }
            }
            let placed = Double(min(minutes, wishes.daily)) * 60 - left
            missingReviewMinutes += minutes - Int(placed / 60)
            byDay[index].free = free
            byDay[index].budget -= placed
        }
        // The cards of days without any free time, on which and after which there is none.
        let known = Set(byDay.map(\.day))
        for (day, cards) in due where cards > 0 && !known.contains(day) && Self.days(request).contains(day.value) {
            let minutes = max(5, Int((Double(cards) * wishes.secondsPerCard / 300).rounded(.up)) * 5)
            neededReviewMinutes += minutes
            missingReviewMinutes += minutes
        }
        let ranges = byDay.flatMap(\.free)
        length = Double(Self.bestLength(ranges, wishes)) * 60
        daily = max(0, wishes.daily * 60 / Int(length))
        for (day, free, budget) in byDay {
            var left = Int(budget / length)
            var added = false
            for range in free {
                var start = range.lowerBound
                while start.addingTimeInterval(length) <= range.upperBound {
                    if !added { days.append(day) }
                    added = true
                    places.append(Place(range: start..<start.addingTimeInterval(length), day: days.count - 1))
                    start = start.addingTimeInterval(length + rest)
                    left -= 1
                }
            }
            budgets.append(contentsOf: added ? [max(0, Int(budget / length))] : [])
        }
    }

    /// Cards by the day on which they can be answered: those of a day without free time, such as of this evening, on the next that has some.
    private static func cardsDue(_ request: PlanRequest, _ free: [DayNumber]) -> [DayNumber: Int] {
        var due = request.cardsDue
        for (day, cards) in request.cardsDue where !free.contains(day) {
            guard let next = free.first(where: { $0.value > day.value }) else { continue }
            due[day] = nil
            due[next, default: 0] += cards
        }
        return due
    }

    /// Blocks that each day of `days` may have.
    private(set) var budgets: [Int] = []

    private static func days(_ request: PlanRequest) -> ClosedRange<Int> {
        let start = max(request.now, request.range.lowerBound)
        let first = request.zone.wall(start).day.value
        let last = request.zone.wall(max(start, request.range.upperBound)).day.value
        return first...max(first, min(last, first + 400))
    }

    /// The free time of each day that has any, without what is taken and what is past.
    private static func freeTime(_ request: PlanRequest) -> [(day: DayNumber, free: [Range<Date>], budget: Double)] {
        let start = max(request.now, request.range.lowerBound)
        guard start < request.range.upperBound else { return [] }
        // By whole minutes: a plan does not begin at half a second.
        let earliest = Date(timeIntervalSince1970: (start.timeIntervalSince1970 / 300).rounded(.up) * 300)
        let busy = request.busy.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        var found: [(day: DayNumber, free: [Range<Date>], budget: Double)] = []
        for value in days(request) {
            let day = DayNumber(value)
            let hours = request.free.filter { $0.weekday == day.weekday && $0.start < $0.end }
                .map { time -> Range<Date> in
                    let from = request.zone.moment(WallTime(seconds: value * 86_400 + time.start))
                    let to = request.zone.moment(WallTime(seconds: value * 86_400 + time.end))
                    return from..<max(from, to)
                }
                .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
            var free: [Range<Date>] = []
            for range in hours {
                // Hours that are named twice are there once.
                var from = max(range.lowerBound, earliest, free.last?.upperBound ?? earliest)
                let to = min(range.upperBound, request.range.upperBound)
                for taken in busy where taken.upperBound > from && taken.lowerBound < to {
                    if taken.lowerBound > from { free.append(from..<taken.lowerBound) }
                    from = max(from, taken.upperBound)
                }
                if from < to { free.append(from..<to) }
            }
            if !free.isEmpty { found.append((day, free, Double(max(0, request.preferences.daily)) * 60)) }
        }
        return found
    }

    /// The length, in minutes, of which the free hours hold the most time: as wished, or down to 25 in steps of five.
    private static func bestLength(_ ranges: [Range<Date>], _ wishes: PlanRequest.Preferences) -> Int {
        let wished = max(wishes.block, 10)
        let rest = Double(max(0, wishes.rest))
        func held(_ minutes: Int) -> Int {
            ranges.reduce(0) { sum, range in
                let free = range.upperBound.timeIntervalSince(range.lowerBound) / 60
                return sum + Int((free + rest) / (Double(minutes) + rest)) * minutes
            }
        }
        var best = (minutes: wished, held: held(wished))
        for minutes in stride(from: wished - 5, through: 25, by: -5) {
            // A shorter block is taken where the gain is worth the change.
            let held = held(minutes)
            if Double(held) > Double(best.held) * 1.25 { best = (minutes, held) }
        }
        return best.minutes
    }
}
