import FoundationEssentials
import Planning
import SeededTesting
import Testing
import TimeZones

/// What every plan keeps, on many terms that are drawn by number.
struct StudyPlanTests {
    private static let berlin = ZoneCatalogue.system.zone("Europe/Berlin") ?? .utc
    /// Monday, eight in the morning, three weeks before the clocks are changed.
    private static let now = berlin.moment(WallTime(DayNumber(year: 2026, month: 10, day: 5) ?? DayNumber(0), second: 28_800))

    private static func request(_ seed: UInt64) -> PlanRequest {
        var numbers = SeededGenerator(seed: seed)
        func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &numbers) }
        let goals = (0..<draw(1...7)).map { index in
            StudyGoal(
                id: "goal \(index)", title: "Exam \(index)",
                deadline: now.addingTimeInterval(Double(draw(-1...60)) * 86_400 + Double(draw(0...20)) * 1800),
                target: Double(draw(60...95)) / 100,
                topics: (0..<draw(0...6)).map {
                    .init("Topic \($0)", mastery: Double(draw(0...100)) / 100, minutes: Double(draw(0...200)))
                },
                minutes: draw(0...3) == 0 ? Double(draw(0...900)) : nil)
        }
        let free = (0..<draw(0...9)).map { _ -> PlanRequest.FreeTime in
            let start = draw(6...21) * 3600
            return .init(Weekday.allCases[draw(0...6)], start: start, end: start + draw(1...16) * 900)
        }
        let busy = (0..<draw(0...20)).map { _ -> Range<Date> in
            let start = now.addingTimeInterval(Double(draw(0...2000)) * 1800)
            return start..<start.addingTimeInterval(Double(draw(0...8)) * 1800)
        }
        var cards: [DayNumber: Int] = [:]
        for _ in 0..<draw(0...20) { cards[berlin.wall(now).day + draw(0...40), default: 0] += draw(1...120) }
        var request = PlanRequest(
            now: now,
            range: now.addingTimeInterval(Double(draw(-5...3)) * 86_400)..<now.addingTimeInterval(Double(draw(5...70)) * 86_400),
            zone: berlin, free: free, busy: busy, goals: goals, cardsDue: cards)
        request.preferences.block = draw(20...90)
        request.preferences.rest = draw(0...20)
        request.preferences.daily = draw(0...400)
        return request
    }

    private static func isFree(_ block: StudyPlan.Block, _ request: PlanRequest) -> Bool {
        let (start, end) = (request.zone.wall(block.start), request.zone.wall(block.end))
        // Hours that touch are one stretch of free time.
        let hours = request.free.filter { $0.weekday == start.day.weekday }
        return stride(from: start.second, to: start.second + (end.seconds - start.seconds), by: 60).allSatisfy { second in
            hours.contains { $0.start <= second && second < $0.end }
        }
    }

    @Test(arguments: 1...300) func `no plan overlaps, is in the past, or leaves the free hours`(_ seed: Int) {
        let request = Self.request(UInt64(seed))
        for plan in [PlanOptimiser().plan(request), EarliestDeadlinePlan().plan(request)] {
            for (block, next) in zip(plan.blocks, plan.blocks.dropFirst()) { #expect(block.end <= next.start) }
            var daily: [DayNumber: Double] = [:]
            for block in plan.blocks {
                #expect(
                    block.start >= request.now && block.start >= request.range.lowerBound && block.end <= request.range.upperBound)
                #expect(Self.isFree(block, request))
                #expect(!request.busy.contains { $0.lowerBound < block.end && block.start < $0.upperBound })
                daily[request.zone.wall(block.start).day, default: 0] += block.end.timeIntervalSince(block.start) / 60
                #expect(!block.reason.sentence.isEmpty)
                if let id = block.goal, let goal = request.goals.first(where: { $0.id == id }) {
                    #expect(block.end <= goal.deadline)
                }
            }
            for minutes in daily.values { #expect(minutes <= Double(request.preferences.daily) + 1e-6) }
            for day in Set(plan.blocks.map { request.zone.wall($0.start).day }) {
                // Reviews come before anything new.
                let kinds = plan.blocks.filter { request.zone.wall($0.start).day == day }.map { $0.activity == .review }
                if let lastReview = kinds.lastIndex(of: true), let firstNew = kinds.firstIndex(of: false) {
                    #expect(lastReview < firstNew)
                }
            }
        }
    }

    @Test(arguments: 1...300) func `every minute is planned or said to be missing, and never more are than need be`(_ seed: Int) {
        let request = Self.request(UInt64(seed))
        let (plan, greedy) = (PlanOptimiser().plan(request), EarliestDeadlinePlan().plan(request))
        func missing(_ plan: StudyPlan, _ goal: String) -> Int {
            plan.missing.filter { $0.goal == goal }.reduce(0) { $0 + $1.missing }
        }
        for goal in request.goals {
            let planned = plan.blocks.filter { $0.goal == goal.id }
            let minutes = planned.reduce(0.0) { $0 + $1.end.timeIntervalSince($1.start) / 60 }
            #expect(minutes + Double(missing(plan, goal.id)) >= goal.neededMinutes - 1e-6)
        }
        let all = request.goals.map(\.id)
        #expect(all.reduce(0) { $0 + missing(plan, $1) } <= all.reduce(0) { $0 + missing(greedy, $1) })
        // The same request has the same plan.
        #expect(PlanOptimiser().plan(request) == plan)
    }

    @Test func `what does not fit is said plainly`() {
        let hour = PlanRequest.FreeTime(.wednesday, start: 36_000, end: 39_600)
        let goals = [
            StudyGoal(id: "long", title: "Long", deadline: Self.now.addingTimeInterval(10 * 86_400), minutes: 500),
            StudyGoal(id: "soon", title: "Soon", deadline: Self.now.addingTimeInterval(86_400), minutes: 50),
            StudyGoal(id: "over", title: "Over", deadline: Self.now.addingTimeInterval(-60), minutes: 50),
        ]
        let plan = PlanOptimiser().plan(
            PlanRequest(
                now: Self.now, range: Self.now..<Self.now.addingTimeInterval(30 * 86_400), zone: Self.berlin, free: [hour],
                goals: goals))
        #expect(plan.blocks.count == 2)
        let found = Dictionary(plan.missing.map { ($0.goal ?? "", $0) }) { first, _ in first }
        #expect(found["long"]?.cause == .tooFewHours && found["long"]?.missing == 400 && found["long"]?.needed == 500)
        #expect(found["soon"]?.cause == .noFreeTime && found["over"]?.cause == .past)
    }

    @Test func `cards of a day without free time are answered on the next that has some`() {
        let today = Self.berlin.wall(Self.now).day
        func plan(_ free: Weekday) -> StudyPlan {
            PlanOptimiser().plan(
                PlanRequest(
                    now: Self.now, range: Self.now..<Self.now.addingTimeInterval(5 * 86_400), zone: Self.berlin,
                    free: [.init(free, start: 54_000, end: 57_600)], goals: [], cardsDue: [today: 8, today + 1: 4]))
        }
        let evening = plan(.tuesday)
        #expect(evening.blocks.map(\.activity) == [.review] && evening.blocks.first?.reason.cards == 12 && evening.missing.isEmpty)
        #expect(evening.blocks.first.map { Self.berlin.wall($0.start).day } == today + 1)
        // None is left to go to.
        #expect(plan(.sunday).blocks.isEmpty && !plan(.sunday).missing.isEmpty)
    }

    @Test func `a subject is on many days and in turn with others, and not all at the beginning`() {
        let free = Weekday.allCases.map { PlanRequest.FreeTime($0, start: 50_400, end: 64_800) }
        let goals = ["a", "b"].map {
            StudyGoal(
                id: $0, title: $0, deadline: Self.now.addingTimeInterval(21 * 86_400),
                topics: (0..<4).map { .init("t\($0)", mastery: 0.2, minutes: 240) })
        }
        let request = PlanRequest(
            now: Self.now, range: Self.now..<Self.now.addingTimeInterval(30 * 86_400), zone: Self.berlin, free: free, goals: goals)
        let plan = PlanOptimiser().plan(request)
        #expect(plan.missing.isEmpty)
        let days = Set(plan.blocks.filter { $0.goal == "a" }.map { Self.berlin.wall($0.start).day })
        let greedyDays = Set(
            EarliestDeadlinePlan().plan(request).blocks.filter { $0.goal == "a" }.map { Self.berlin.wall($0.start).day })
        #expect(days.count >= 11 && days.count > 2 * greedyDays.count)
        let topics = plan.blocks.filter { $0.goal == "a" }.map(\.topic)
        #expect(zip(topics, topics.dropFirst()).allSatisfy { $0 != $1 })
        #expect(plan.blocks.last { $0.goal == "a" }?.activity == .rehearse)
        let loads = Dictionary(grouping: plan.blocks) { Self.berlin.wall($0.start).day }.values.map(\.count)
        #expect((loads.max() ?? 0) - (loads.min() ?? 0) <= 1)
    }

    @Test func `simulated students know more by it than by what is due first`() {
        var better = 0
        for seed in 1...8 {
            var request = Self.request(UInt64(seed) &* 77)
            request.free = Weekday.allCases.map { .init($0, start: 57_600, end: 64_800) }
            (request.busy, request.cardsDue, request.preferences) = ([], [:], .init())
            request.range = Self.now..<Self.now.addingTimeInterval(70 * 86_400)
            request.goals = (0..<4).map {
                StudyGoal(
                    id: "\($0)", title: "\($0)", deadline: Self.now.addingTimeInterval(Double(30 + 10 * $0) * 86_400), minutes: 700)
            }
            let cards = Dictionary(uniqueKeysWithValues: request.goals.map { ($0.id, 400) })
            func known(_ plan: StudyPlan) -> Double {
                var student = SimulatedStudent(seed: UInt64(seed))
                return student.known(after: plan, goals: request.goals, cards: cards).values.reduce(0, +)
            }
            let (ours, greedy) = (PlanOptimiser().plan(request), EarliestDeadlinePlan().plan(request))
            #expect(ours.blocks.count == greedy.blocks.count)
            if known(ours) > known(greedy) { better += 1 }
        }
        #expect(better == 8)
    }
}
