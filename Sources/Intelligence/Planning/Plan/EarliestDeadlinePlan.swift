import TimeZones

/// The plan that most people make: as soon as possible, for what is due next, until that is done. What the optimiser is held against.
package struct EarliestDeadlinePlan: Sendable {
    package init() {}

    package func plan(_ request: PlanRequest) -> StudyPlan {
        let places = PlanPlaces(request)
        let goals = request.goals.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
        let needs = goals.map { PlanDraft.blocks(for: $0, length: places.length) }
        var draft = PlanDraft(places: places, goals: goals, needs: needs)
        var left = needs
        var budgets = places.budgets
        for (index, place) in places.places.enumerated() where budgets[place.day] > 0 {
            guard let goal = goals.indices.first(where: { left[$0] > 0 && goals[$0].deadline >= place.range.upperBound }) else {
                continue
            }
            left[goal] -= 1
            budgets[place.day] -= 1
            draft.put(goal, at: index)
        }
        return draft.plan(request)
    }
}
