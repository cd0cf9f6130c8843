import FoundationEssentials
import Planning
import TimeZones

// Plans of terms that are drawn by number, and what simulated students know by them when it is asked, beside the plan that takes what is
// due first. Prints one JSON object.

let zone = ZoneCatalogue.system.zone("Europe/Berlin") ?? .utc
let now = zone.moment(WallTime(DayNumber(year: 2026, month: 10, day: 5) ?? DayNumber(0), second: 28_800))

/// A linear congruential generator: the same terms on every run.
struct Draws {
    var state: UInt64

    mutating func draw(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }
}

/// Six courses, exams between day 25 and 100, and so many free hours a weekday.
func term(_ seed: UInt64, hours: Int) -> (request: PlanRequest, cards: [String: Int]) {
    var draws = Draws(state: seed)
    var (goals, cards) = ([StudyGoal](), [String: Int]())
    for course in 0..<6 {
        let deadline = now.addingTimeInterval(Double(25 + draws.draw(75)) * 86_400 + 3600)
        let topics = (0..<6).map { topic in
            StudyGoal.Topic("Topic \(topic)", mastery: Double(draws.draw(40)) / 100, minutes: 120 + Double(draws.draw(120)))
        }
        let goal = StudyGoal(id: "\(course)", title: "Course \(course)", deadline: deadline, target: 0.9, topics: topics)
        goals.append(goal)
        // New cards take all the time that there is, were there no reviews: nobody ends with time to spare.
        cards[goal.id] = Int(goal.neededMinutes * 60 / 45)
    }
    let days: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    let free =
        days.map { PlanRequest.FreeTime($0, start: 57_600, end: 57_600 + hours * 3600) } + [
            .init(.saturday, start: 32_400, end: 32_400 + hours * 7200)
        ]
    let request = PlanRequest(
        now: now, range: now..<now.addingTimeInterval(110 * 86_400), zone: zone, free: free, goals: goals)
    return (request, cards)
}

func known(_ plan: StudyPlan, _ request: PlanRequest, _ cards: [String: Int]) -> Double {
    (1...2).reduce(0.0) { sum, seed in
        var student = SimulatedStudent(seed: UInt64(seed))
        return sum + student.known(after: plan, goals: request.goals, cards: cards).values.reduce(0, +) / Double(cards.count) / 2
    }
}

let clock = ContinuousClock()
var rows: [String] = []
for hours in 1...4 {
    var (ours, greedy, wins, times) = (0.0, 0.0, 0, [Double]())
    var (blocks, greedyBlocks) = (0, 0)
    for seed in 1...12 {
        let (request, cards) = term(UInt64(seed), hours: hours)
        let start = clock.now
        let plan = PlanOptimiser().plan(request)
        times.append((clock.now - start) / .milliseconds(1))
        let other = EarliestDeadlinePlan().plan(request)
        let (mine, theirs) = (known(plan, request, cards), known(other, request, cards))
        ours += mine / 12
        greedy += theirs / 12
        if mine > theirs { wins += 1 }
        blocks += plan.blocks.count
        greedyBlocks += other.blocks.count
    }
    times.sort()
    rows.append(
        """
        {"hours": \(hours), "known": \(ours), "known_greedy": \(greedy), "better": \(wins), "terms": 12, "blocks": \(blocks), \
        "blocks_greedy": \(greedyBlocks), "median_ms": \(times[6]), "slowest_ms": \(times[11])}
        """)
}
print("{\"planner\": [\(rows.joined(separator: ", "))]}")
