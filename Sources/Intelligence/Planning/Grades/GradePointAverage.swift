/// The average of courses' grades, each with the weight of its credits.
package struct GradePointAverage: Sendable, Hashable {
    package struct Result: Sendable {
        package var credits: Double
        package var share: Double
        package var scale: GradeScale

        package init(credits: Double, share: Double, scale: GradeScale) {
            self.credits = credits
            self.share = share
            self.scale = scale
        }
    }

    /// nil where no course counts.
    package let value: Double?
    /// Credits that the average is of.
    package let counted: Double
    /// Credits of all that is passed, also of courses that are passed or failed without a grade.
    package let earned: Double

    /// - Parameter scale: the one the average is on. A course graded on another scale is read on this one by its share; courses that
    ///   are passed or failed alone do not count.
    package init(_ results: [Result], on scale: GradeScale) {
        var (sum, counted, earned) = (0.0, 0.0, 0.0)
        for result in results {
            if result.scale.passed(result.share) { earned += result.credits }
            guard let own = result.scale.grade(result.share).points else { continue }
            guard let points = result.scale == scale ? own : scale.grade(result.share).points else { continue }
            sum += points * result.credits
            counted += result.credits
        }
        value = counted > 0 ? sum / counted : nil
        self.counted = counted
        self.earned = earned
    }
}
