package import Planning

/// What the last plan had no room for.
package struct PlanGap: Codable, Sendable, Hashable {
    /// The event or course; nil for cards.
    package var goal: String?
    package var title: String
    package var cause: String
    /// Minutes.
    package var needed: Int
    package var missing: Int

    package init(_ missing: StudyPlan.Missing, title: String) {
        goal = missing.goal
        self.title = title
        cause = missing.cause.rawValue
        needed = missing.needed
        self.missing = missing.missing
    }
}
