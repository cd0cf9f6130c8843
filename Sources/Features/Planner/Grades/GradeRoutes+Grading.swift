import HTTPServing
import Planning

/// How a course is graded, on the wire.
struct GradingView: APIType {
    struct Step: APIType {
        var label: String
        var from: Double
        var points: Double?

        static var schemaName: String { "GradeStep" }
        static var constraints: [Constraint<Step>] { [.describe("from", "The least share that earns it, 0 to 1.")] }
    }

    struct Category: APIType {
        var name: String
        var weight: Double?
        var dropsLowest: Int?

        enum CodingKeys: String, CodingKey {
            case name, weight
            case dropsLowest = "drops_lowest"
        }

        static var schemaName: String { "AssessmentCategory" }
        static var constraints: [Constraint<Category>] {
            [
                .length(\.name, "name", 1...100), .range(\.weight, "weight", 0...100_000),
                .range(\.dropsLowest, "drops_lowest", 0...100),
            ]
        }
    }

    var scale: String
    var steps: [Step]?
    var passes: Double?
    var credits: Double?
    var target: String?
    var categories: [Category]?

    static var schemaName: String { "CourseGrading" }

    init(_ grading: CourseGrading) {
        scale = grading.scale.rawValue
        steps = grading.custom?.steps.map { Step(label: $0.label, from: $0.from, points: $0.points) }
        passes = grading.gradeScale.passes
        credits = grading.credits
        target = grading.target
        categories = grading.categories.map { Category(name: $0.name, weight: $0.weight, dropsLowest: $0.dropsLowest) }
    }

    func grading() throws(PlannerFailure) -> CourseGrading {
        guard let name = CourseGrading.ScaleName(rawValue: scale) else {
            throw PlannerFailure.invalid("scale", "must be percentage, four_point, pass_fail or custom")
        }
        var custom: GradeScale?
        if name == .custom {
            custom = GradeScale((steps ?? []).map { .init($0.label, from: $0.from, points: $0.points) }, passes: passes ?? 0.5)
            guard custom != nil else {
                throw PlannerFailure.invalid("steps", "must fall from the best grade to one that begins at 0, two at least")
            }
        }
        let grading = CourseGrading(
            scale: name, custom: custom, credits: credits ?? 1, target: target,
            categories: (categories ?? []).map { .init($0.name, weight: $0.weight, dropsLowest: $0.dropsLowest ?? 0) })
        guard target == nil || grading.targetShare != nil else {
            throw PlannerFailure.invalid("target", "must be a grade of the scale")
        }
        return grading
    }

    static var constraints: [Constraint<GradingView>] {
        [
            .choices(\.scale, "scale", CourseGrading.ScaleName.allCases.map(\.rawValue)), .count(\.steps, "steps", 0...30),
            .range(\.passes, "passes", 0...1), .range(\.credits, "credits", 0...1000), .length(\.target, "target", 1...20),
            .count(\.categories, "categories", 0...50),
            .each(\.categories, "categories"),
            .check("categories") { view in
                let names = (view.categories ?? []).map(\.name)
                if Set(names).count < names.count { return "must have names of their own" }
                let faults = (view.categories ?? []).contains {
                    $0.name.isEmpty || ($0.dropsLowest ?? 0) < 0 || ($0.weight ?? 0) < 0
                }
                return faults ? "must have names, and no number below 0" : nil
            },
            .checked("steps"), .checked("target"),
            .describe("steps", "Of your own scale, the best first."),
            .describe("target", "A grade of the scale, such as A− or 85."),
        ]
    }
}
