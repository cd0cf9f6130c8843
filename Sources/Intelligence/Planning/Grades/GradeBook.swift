/// All that counts in a course, and what grade comes of it.
///
/// The share of a course is Σ wᵢ·sᵢ / Σ wᵢ over what counts: works that stand alone, and categories with the average of what is left of
/// them when the worst are dropped. Extra credit adds wᵢ·sᵢ above the line alone.
package struct GradeBook: Sendable {
    package var assessments: [Assessment]
    package var categories: [AssessmentCategory]

    package init(_ assessments: [Assessment], categories: [AssessmentCategory] = []) {
        self.assessments = assessments
        self.categories = categories
    }

    /// The share by what is marked; nil where nothing is.
    package var current: Double? { share(of: assessments.filter { $0.share != nil }) }

    /// The share where all that is not marked yet is done with a share; nil where nothing counts at all.
    package func forecast(rest: Double) -> Double? {
        share(
            of: assessments.compactMap { work in
                // Who has not done extra credit yet has not promised to.
                if work.share == nil, work.isExtra { return nil }
                var work = work
                work.share = work.share ?? rest
                return work
            })
    }

    /// How much of all weights is marked, 0 to 1.
    package var marked: Double {
        let (all, done) = assessments.filter { !$0.isExtra }.reduce((0.0, 0.0)) {
            ($0.0 + $1.weight, $0.1 + ($1.share == nil ? 0 : $1.weight))
        }
        return all > 0 ? done / all : 0
    }

    /// What one work must become for the course to reach a share.
    /// - Parameters:
    ///   - rest: what the other works that are not marked are taken to become.
    package func need(for target: Double, on index: Int, rest: Double) -> GradeNeed {
        func reached(_ share: Double) -> Double {
            var book = self
            book.assessments[index].share = share
            return book.forecast(rest: rest) ?? 0
        }
        let close = 1e-9
        if reached(0) >= target - close { return .reachedAnyway(with: reached(0)) }
        guard reached(1) >= target - close else { return .outOfReach(best: reached(1)) }
        // The share of the course rises with that of the work, but bends where another work is dropped for it.
        var (low, high) = (0.0, 1.0)
        while high - low > 1e-7 {
            let middle = (low + high) / 2
            if reached(middle) >= target - close { high = middle } else { low = middle }
        }
        return .share(high)
    }

    private func share(of works: [Assessment]) -> Double? {
        var (reached, possible) = (0.0, 0.0)
        for work in works where work.isExtra { reached += work.weight * (work.share ?? 0) }
        let regular = works.filter { !$0.isExtra }
        for (name, group) in Dictionary(grouping: regular, by: \.category).sorted(by: { $0.key < $1.key }) {
            let category = name.isEmpty ? nil : categories.first { $0.name == name }
            guard let category else {
                reached += group.reduce(0) { $0 + $1.weight * ($1.share ?? 0) }
                possible += group.reduce(0) { $0 + $1.weight }
                continue
            }
            let kept = Self.best(of: group.map { ($0.weight, $0.share ?? 0) }, dropping: category.dropsLowest)
            let weight = category.weight ?? kept.weight
            reached += weight * kept.average
            possible += weight
        }
        return possible > 0 ? reached / possible : nil
    }

    /// The best average that is left when some are dropped; one is always kept.
    ///
    /// With unlike weights the lowest share is not always the best to drop. Kept are those with the greatest w·(s − r), where r is the
    /// average itself (Dinkelbach's method, which ends after few rounds).
    private static func best(
        of works: [(weight: Double, share: Double)], dropping drops: Int
    ) -> (average: Double, weight: Double) {
        let keeps = max(1, works.count - max(0, drops))
        var kept = works
        var average = 0.0
        for _ in 0..<50 {
            let weight = kept.reduce(0) { $0 + $1.weight }
            let next = weight > 0 ? kept.reduce(0) { $0 + $1.weight * $1.share } / weight : 0
            if kept.count == keeps, next <= average + 1e-12 { break }
            average = next
            kept = Array(works.sorted { $0.weight * ($0.share - average) > $1.weight * ($1.share - average) }.prefix(keeps))
        }
        let weight = kept.reduce(0) { $0 + $1.weight }
        return (weight > 0 ? kept.reduce(0) { $0 + $1.weight * $1.share } / weight : 0, weight)
    }
}

/// The answer to “what do I need on the final?”.
package enum GradeNeed: Sendable, Hashable {
    /// So much of it, 0 to 1.
    case share(Double)
    /// Even with nothing there; what the course then has.
    case reachedAnyway(with: Double)
    /// Not even with all of it; what the course has at best.
    case outOfReach(best: Double)
}
