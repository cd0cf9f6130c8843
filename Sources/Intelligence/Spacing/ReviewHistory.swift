/// The reviews of one card, oldest first, as parameters are fitted to them.
package struct ReviewHistory: Sendable {
    package struct Entry: Sendable {
        package let grade: ReviewGrade
        /// Whole days since the review before; zero for the first.
        package let days: Double

        package init(grade: ReviewGrade, days: Double) {
            self.grade = grade
            self.days = days
        }
    }

    package let entries: [Entry]

    /// Only the first 64 count: what comes later says little more of how the memory works.
    package init(_ entries: [Entry]) { self.entries = Array(entries.prefix(64)) }

    /// Reviews of a later day than the one before: those that tell whether something was remembered.
    package var tests: Int { entries.dropFirst().count { $0.days >= 1 } }
}
