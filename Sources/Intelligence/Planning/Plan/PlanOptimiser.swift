import FoundationEssentials
import TimeZones

/// Makes the best plan by ``PlanObjective``: a flow of blocks from goals through days into the free hours.
package struct PlanOptimiser: Sendable {
    private let objective: PlanObjective

    package init(_ objective: PlanObjective = PlanObjective()) { self.objective = objective }

    package func plan(_ request: PlanRequest) -> StudyPlan {
        let places = PlanPlaces(request)
        let goals = request.goals.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
        let needs = goals.map { PlanDraft.blocks(for: $0, length: places.length) }
        let bins = Self.bins(places, goals)
        let counts = assign(places, goals, needs, bins)
        var draft = PlanDraft(places: places, goals: goals, needs: needs)
        for (bin, counts) in zip(bins, counts) {
            for (place, goal) in zip(bin.places, Self.interleaved(counts)) { draft.put(goal, at: place) }
        }
        return draft.plan(request)
    }

    /// Places of one day between which no goal ends: they are worth the same to each goal.
    private struct Bin {
        var day: Int
        var places: [Int]
        /// The first goal that is not over.
        var firstGoal: Int
    }

    private static func bins(_ places: PlanPlaces, _ goals: [StudyGoal]) -> [Bin] {
        var bins: [Bin] = []
        for (index, place) in places.places.enumerated() {
            let first = goals.firstIndex { $0.deadline >= place.range.upperBound } ?? goals.count
            if let last = bins.last, last.day == place.day, last.firstGoal == first {
                bins[bins.count - 1].places.append(index)
            } else {
                bins.append(Bin(day: place.day, places: [index], firstGoal: first))
            }
        }
        return bins
    }

    /// How many blocks of each goal each bin has.
    private func assign(_ places: PlanPlaces, _ goals: [StudyGoal], _ needs: [Int], _ bins: [Bin]) -> [[Int]] {
        let (firstGoal, firstBin, firstDay) = (1, 1 + goals.count, 1 + goals.count + bins.count)
        let sink = firstDay + places.days.count
        var flow = CostFlow(nodes: sink + 1)
        for (index, need) in needs.enumerated() where need > 0 {
            let (cover, need) = (objective.cover, need)
            flow.connect(0, firstGoal + index, capacity: need) {
                PlanObjective.cost(-cover * (1 - Double($0) / Double(2 * need)))
            }
        }
        // The curve is the same for all goals.
        var arcs: [[Int]] = bins.map { _ in Array(repeating: -1, count: goals.count) }
        for (number, bin) in bins.enumerated() {
            let start = places.places[bin.places[0]].range.lowerBound
            for index in bin.firstGoal..<max(bin.firstGoal, goals.count) where needs[index] > 0 {
                let worth = objective.worth(days: Int(goals[index].deadline.timeIntervalSince(start) / 86_400))
                var value = worth
                let costs = bin.places.map { _ in
                    defer { value *= objective.spread }
                    return PlanObjective.cost(-value)
                }
                arcs[number][index] = flow.connect(firstGoal + index, firstBin + number, capacity: bin.places.count) { costs[$0] }
            }
            flow.connect(firstBin + number, firstDay + bin.day, capacity: bin.places.count)
        }
        let load = objective.load
        for day in places.days.indices {
            flow.connect(firstDay + day, sink, capacity: places.budgets[day]) { PlanObjective.cost(load * Double(2 * $0 + 1)) }
        }
        flow.run(from: 0, to: sink)
        return arcs.map { $0.map { $0 < 0 ? 0 : flow.flow(of: $0) } }
    }

    /// Goals in turn: none twice in a row while another is left.
    private static func interleaved(_ counts: [Int]) -> [Int] {
        var left = counts
        var order: [Int] = []
        while let most = left.indices.filter({ left[$0] > 0 && $0 != order.last }).max(by: {
            (left[$0], $1) < (left[$1], $0)
        }) ?? left.firstIndex(where: { $0 > 0 }) {
            order.append(most)
            left[most] -= 1
        }
        return order
    }
}
