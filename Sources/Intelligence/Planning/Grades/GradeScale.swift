/// How a share of the points becomes a grade.
package struct GradeScale: Sendable, Hashable, Codable {
    package struct Step: Sendable, Hashable, Codable {
        /// `A−`, `1,3`, `pass`
        package var label: String
        /// The least share, 0 to 1, that earns it.
        package var from: Double
        /// What it counts in an average; nil where it does not.
        package var points: Double?

        package init(_ label: String, from: Double, points: Double?) {
            self.label = label
            self.from = from
            self.points = points
        }
    }

    /// The best first.
    package var steps: [Step]
    /// The share below which a course is not passed.
    package var passes: Double

    /// nil unless the steps fall and the last begins at nothing.
    package init?(_ steps: [Step], passes: Double) {
        guard (2...30).contains(steps.count), steps.last?.from == 0,
            zip(steps, steps.dropFirst()).allSatisfy({ $0.from > $1.from }), (0...1).contains(passes),
            steps.allSatisfy({ !$0.label.isEmpty && $0.label.count <= 20 })
        else { return nil }
        self.steps = steps
        self.passes = passes
    }

    private init(unchecked steps: [Step], passes: Double) {
        self.steps = steps
        self.passes = passes
    }

    /// Letters and 4.0 points as most colleges of the United States have them.
    package static let fourPoint = GradeScale(
        unchecked: [
            Step("A", from: 0.93, points: 4), Step("A−", from: 0.9, points: 3.7), Step("B+", from: 0.87, points: 3.3),
            Step("B", from: 0.83, points: 3), Step("B−", from: 0.8, points: 2.7), Step("C+", from: 0.77, points: 2.3),
            Step("C", from: 0.73, points: 2), Step("C−", from: 0.7, points: 1.7), Step("D+", from: 0.67, points: 1.3),
            Step("D", from: 0.6, points: 1), Step("F", from: 0, points: 0),
        ], passes: 0.6)

    /// The share itself, in percent.
    package static let percentage = GradeScale(unchecked: [], passes: 0.5)

    /// Passed or not, without points.
    package static let passFail = GradeScale(
        unchecked: [Step("pass", from: 0.5, points: nil), Step("fail", from: 0, points: nil)], passes: 0.5)

    package func passed(_ share: Double) -> Bool { share >= passes - 1e-9 }

    package func grade(_ share: Double) -> Grade {
        guard !steps.isEmpty else {
            let percent = (share * 1000).rounded() / 10
            return Grade(label: percent == percent.rounded() ? "\(Int(percent)) %" : "\(percent) %", points: percent)
        }
        // Shares are quotients: .9 may come out as .8999999.
        let step = steps.first { share >= $0.from - 1e-9 } ?? steps[steps.count - 1]
        return Grade(label: step.label, points: step.points)
    }

    /// The least share that earns a grade of that name; nil where there is none. In percent it is a number: `85`.
    package func share(for label: String) -> Double? {
        guard !steps.isEmpty else {
            let digits = label.filter { $0.isNumber || $0 == "." }
            return Double(digits).flatMap { (0...100).contains($0) ? $0 / 100 : nil }
        }
        return steps.first { $0.label.lowercased() == label.lowercased() }?.from
    }
}

/// A grade as it stands in a transcript, and what it counts in an average.
package struct Grade: Sendable, Hashable {
    package var label: String
    package var points: Double?

    package init(label: String, points: Double?) {
        self.label = label
        self.points = points
    }
}
