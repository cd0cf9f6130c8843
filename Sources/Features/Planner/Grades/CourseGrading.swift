package import Planning

/// How a course is graded, and what the student wants to reach.
package struct CourseGrading: Sendable, Hashable, Codable {
    package enum ScaleName: String, Sendable, Hashable, Codable, CaseIterable {
        case percentage
        case fourPoint = "four_point"
        case passFail = "pass_fail"
        case custom
    }

    package var scale: ScaleName
    /// Only where the scale is the student's own.
    package var custom: GradeScale?
    package var credits: Double
    /// A grade of the scale: `A−`, `85`.
    package var target: String?
    package var categories: [AssessmentCategory]

    package init(
        scale: ScaleName = .percentage, custom: GradeScale? = nil, credits: Double = 1, target: String? = nil,
        categories: [AssessmentCategory] = []
    ) {
        self.scale = scale
        self.custom = custom
        self.credits = credits
        self.target = target
        self.categories = categories
    }

    package var gradeScale: GradeScale {
        switch scale {
        case .percentage: .percentage
        case .fourPoint: .fourPoint
        case .passFail: .passFail
        case .custom: custom ?? .percentage
        }
    }

    /// The share that the target asks for; nil where there is none.
    package var targetShare: Double? { target.flatMap { gradeScale.share(for: $0) } }
}
