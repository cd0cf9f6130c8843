import FoundationEssentials

/// Places that are given to goals, on their way to a plan: what is studied in each, why, and what is missing.
struct PlanDraft {
    private let places: PlanPlaces
    private let goals: [StudyGoal]
    private let needs: [Int]
    private var taken: [(place: Int, goal: Int)] = []

    init(places: PlanPlaces, goals: [StudyGoal], needs: [Int]) {
        self.places = places
        self.goals = goals
        self.needs = needs
    }

    /// How many blocks a goal takes.
    static func blocks(for goal: StudyGoal, length: Double) -> Int {
        min(1000, Int((goal.neededMinutes * 60 / length - 1e-9).rounded(.up)))
    }

    mutating func put(_ goal: Int, at place: Int) { taken.append((place, goal)) }

    func plan(_ request: PlanRequest) -> StudyPlan {
        var blocks = places.reviews.map { review in
            StudyPlan.Block(
                start: review.range.lowerBound, end: review.range.upperBound, goal: nil, topic: "", activity: .review,
                reason: PlanReason(.cardsDue, cards: review.cards))
        }
        for (index, goal) in goals.enumerated() {
            let own = taken.filter { $0.goal == index }.map(\.place).sorted()
            blocks += self.blocks(of: goal, at: own.map { places.places[$0].range })
        }
        blocks.sort { ($0.start, $0.goal ?? "") < ($1.start, $1.goal ?? "") }
        return StudyPlan(blocks: blocks, missing: missing(request))
    }

    /// The topic that lacks most for what it was given gets the next block, never the same twice in a row while another lacks anything.
    private func blocks(of goal: StudyGoal, at ranges: [Range<Date>]) -> [StudyPlan.Block] {
        let gaps = goal.topics.map { max(goal.gap(of: $0), goal.minutes == nil ? 0 : 1) }
        var given = gaps.map { _ in 0 }
        var last: Int?
        return ranges.enumerated().map { index, range in
            let days = Int(goal.deadline.timeIntervalSince(range.lowerBound) / 86_400)
            if index == ranges.count - 1, ranges.count >= 3 {
                return StudyPlan.Block(
                    start: range.lowerBound, end: range.upperBound, goal: goal.id, topic: "", activity: .rehearse,
                    reason: PlanReason(.rehearsal, goal: goal.title, days: days))
            }
            func lacks(_ topic: Int) -> Double { gaps[topic] / Double(given[topic] + 1) }
            let open = gaps.indices.filter { gaps[$0] > 0 && $0 != last }
            let topic = open.max { (lacks($0), $1) < (lacks($1), $0) } ?? last ?? 0
            let isFirst = given[topic] == 0
            given[topic] += 1
            last = topic
            let (name, mastery) = (goal.topics[topic].name, goal.topics[topic].mastery)
            return StudyPlan.Block(
                start: range.lowerBound, end: range.upperBound, goal: goal.id, topic: name,
                activity: isFirst && mastery < 0.3 ? .learn : .practise,
                reason: PlanReason(
                    isFirst ? .weakTopic : .spacedAgain, goal: goal.title, topic: name, days: days,
                    mastery: Int((mastery * 100).rounded())))
        }
    }

    private func missing(_ request: PlanRequest) -> [StudyPlan.Missing] {
        let minutes = Int(places.length / 60)
        var missing: [StudyPlan.Missing] = []
        for (index, goal) in goals.enumerated() {
            let planned = taken.count { $0.goal == index }
            guard planned < needs[index] else { continue }
            let cause: StudyPlan.Missing.Cause =
                goal.deadline <= request.now
                ? .past
                : places.places.contains { $0.range.upperBound <= goal.deadline } ? .tooFewHours : .noFreeTime
            missing.append(
                .init(
                    goal: goal.id, cause: cause, needed: needs[index] * minutes, missing: (needs[index] - planned) * minutes))
        }
        if places.missingReviewMinutes > 0 {
            missing.append(
                .init(
                    goal: nil, cause: .tooFewHours, needed: places.neededReviewMinutes, missing: places.missingReviewMinutes))
        }
        return missing
    }
}
