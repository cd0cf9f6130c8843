/// One piece of work that counts towards the grade of a course.
package struct Assessment: Sendable, Hashable {
    package var name: String
    /// Works of one category are averaged, and the worst of them may be dropped. Empty stands alone.
    package var category: String
    /// What it counts beside the others, in whatever unit the course uses: mostly percent.
    package var weight: Double
    /// The share of its points that was reached, 1 for all of them and more with a bonus; nil where it is not marked yet.
    package var share: Double?
    /// It adds to the grade, and takes nothing from who leaves it out.
    package var isExtra: Bool

    package init(_ name: String, category: String = "", weight: Double, share: Double?, isExtra: Bool = false) {
        self.name = name
        self.category = category
        self.weight = weight
        self.share = share
        self.isExtra = isExtra
    }
}

/// Works of a kind: what they count together, and how many of the worst do not.
package struct AssessmentCategory: Sendable, Hashable, Codable {
    package var name: String
    /// What its average counts; nil where it is the sum of its works' weights.
    package var weight: Double?
    package var dropsLowest: Int

    package init(_ name: String, weight: Double? = nil, dropsLowest: Int = 0) {
        self.name = name
        self.weight = weight
        self.dropsLowest = dropsLowest
    }
}
