import Ambient
import Courses
import FoundationEssentials
import HTTPServing
import Planning

/// A work that counts, as the API shows it.
struct AssessmentView: APIType, Equatable {
    var id: AssessmentID
    var courseID: CourseID
    var name: String
    var category: String
    var weight: Double
    var pointsPossible: Double
    var points: Double?
    var isExtra: Bool
    var dueDate: Date?

    enum CodingKeys: String, CodingKey {
        case id, name, category, weight, points
        case courseID = "course_id"
        case pointsPossible = "points_possible"
        case isExtra = "is_extra"
        case dueDate = "due_date"
    }

    init(_ work: CourseAssessment) {
        id = work.id
        courseID = work.courseID
        name = work.name
        category = work.category
        weight = work.weight
        pointsPossible = work.pointsPossible
        points = work.points
        isExtra = work.isExtra
        dueDate = work.dueDate
    }

    static var schemaName: String { "Assessment" }

    static var constraints: [Constraint<AssessmentView>] {
        [
            .describe("category", "Works of one category are averaged, and its worst may be dropped; empty stands alone."),
            .describe("points", "Missing where it is not marked yet."),
        ]
    }
}

struct AssessmentList: APIType {
    var data: [AssessmentView]
}

struct NewAssessment: APIType {
    var name: String
    var category: String?
    var weight: Double
    var pointsPossible: Double?
    var points: Double?
    var isExtra: Bool?
    var dueDate: Date?

    enum CodingKeys: String, CodingKey {
        case name, category, weight, points
        case pointsPossible = "points_possible"
        case isExtra = "is_extra"
        case dueDate = "due_date"
    }

    var change: GradeService.Change {
        var change = GradeService.Change()
        (change.name, change.category, change.weight, change.pointsPossible) = (name, category, weight, pointsPossible)
        (change.isExtra, change.points) = (isExtra, .some(points))
        if let dueDate { change.dueDate = .some(dueDate) }
        return change
    }

    static var constraints: [Constraint<NewAssessment>] {
        [
            .length(\.name, "name", 1...200), .notBlank(\.name, "name"), .length(\.category, "category", 0...100),
            .range(\.weight, "weight", 0...100_000), .range(\.pointsPossible, "points_possible", 0.01...1_000_000),
            .range(\.points, "points", 0...1_000_000), .check("due_date") { $0.dueDate.flatMap(EventFields.fault) },
            .describe("weight", "What it counts beside the others, mostly percent."), .example("name", "Midterm"),
            .describe("points_possible", "100 by itself."),
        ]
    }
}

/// What may change about a work. A field that is not there stays as it is.
struct AssessmentChange: APIType {
    var name: String?
    var category: String?
    var weight: Double?
    var pointsPossible: Double?
    var points: Double?
    var changesPoints: Bool
    var isExtra: Bool?
    var dueDate: Date?
    var changesDue: Bool

    enum CodingKeys: String, CodingKey {
        case name, category, weight, points
        case pointsPossible = "points_possible"
        case isExtra = "is_extra"
        case dueDate = "due_date"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decodeIfPresent(String.self, forKey: .name)
        category = try container.decodeIfPresent(String.self, forKey: .category)
        weight = try container.decodeIfPresent(Double.self, forKey: .weight)
        pointsPossible = try container.decodeIfPresent(Double.self, forKey: .pointsPossible)
        changesPoints = container.contains(.points)
        points = try container.decodeIfPresent(Double.self, forKey: .points)
        isExtra = try container.decodeIfPresent(Bool.self, forKey: .isExtra)
        changesDue = container.contains(.dueDate)
        dueDate = try container.decodeIfPresent(Date.self, forKey: .dueDate)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encodeIfPresent(category, forKey: .category)
        try container.encodeIfPresent(weight, forKey: .weight)
        try container.encodeIfPresent(pointsPossible, forKey: .pointsPossible)
        if changesPoints { try container.encode(points, forKey: .points) }
        try container.encodeIfPresent(isExtra, forKey: .isExtra)
        if changesDue { try container.encode(dueDate, forKey: .dueDate) }
    }

    var change: GradeService.Change {
        var change = GradeService.Change()
        (change.name, change.category, change.weight, change.pointsPossible) = (name, category, weight, pointsPossible)
        change.isExtra = isExtra
        if changesPoints { change.points = .some(points) }
        if changesDue { change.dueDate = .some(dueDate) }
        return change
    }

    static var constraints: [Constraint<AssessmentChange>] {
        [
            .length(\.name, "name", 1...200),
            .check("name") { $0.name?.allSatisfy(\.isWhitespace) == true ? "must not be blank" : nil },
            .length(\.category, "category", 0...100), .range(\.weight, "weight", 0...100_000),
            .range(\.pointsPossible, "points_possible", 0.01...1_000_000), .range(\.points, "points", 0...1_000_000),
            .describe("points", "null takes the mark back."), .describe("due_date", "null clears it."),
            .check("due_date") { $0.dueDate.flatMap(EventFields.fault) },
        ]
    }
}

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
            .check("categories") { view in
                let names = (view.categories ?? []).map(\.name)
                if Set(names).count < names.count { return "must have names of their own" }
                let faults = (view.categories ?? []).contains {
                    $0.name.isEmpty || ($0.dropsLowest ?? 0) < 0 || ($0.weight ?? 0) < 0
                }
                return faults ? "must have names, and no number below 0" : nil
            },
            .describe("steps", "Of your own scale, the best first."),
            .describe("target", "A grade of the scale, such as A− or 85."),
        ]
    }
}

struct GradeQuery: APIType {
    var target: String?

    static var constraints: [Constraint<GradeQuery>] {
        [.length(\.target, "target", 1...20), .describe("target", "Another one than the course's: what would it take?")]
    }
}

/// How a course stands.
struct GradeView: APIType {
    struct Mark: APIType {
        var share: Double
        var grade: String
        var points: Double?

        static var schemaName: String { "GradeMark" }

        init?(_ share: Double?, _ scale: GradeScale) {
            guard let share else { return nil }
            let grade = scale.grade(share)
            (self.share, self.grade, points) = (share, grade.label, grade.points)
        }
    }

    struct Need: APIType {
        var assessmentID: AssessmentID
        var outcome: String
        var share: Double?
        var points: Double?
        var then: Double?

        enum CodingKeys: String, CodingKey {
            case outcome, share, points, then
            case assessmentID = "assessment_id"
        }

        static var schemaName: String { "GradeNeed" }
        static var constraints: [Constraint<Need>] {
            [
                .describe("outcome", "needed, reached_anyway or out_of_reach."), .describe("share", "Of its points, 0 to 1."),
                .describe("then", "The share of the course with nothing there, or with all of it."),
            ]
        }
    }

    var current: Mark?
    var forecast: Mark?
    var worst: Mark?
    var best: Mark?
    var marked: Double
    var passed: Bool?
    var targetShare: Double?
    var needs: [Need]
    var grading: GradingView

    enum CodingKeys: String, CodingKey {
        case current, forecast, worst, best, marked, passed, needs, grading
        case targetShare = "target_share"
    }

    static var schemaName: String { "CourseGrade" }

    static var constraints: [Constraint<GradeView>] {
        [
            .describe("forecast", "Where all that is not marked goes as before."),
            .describe("worst", "Where nothing more is reached."), .describe("best", "Where all of the rest is reached."),
            .describe("marked", "How much of all weights is marked, 0 to 1."),
            .describe("needs", "What each work alone must become for the target, the others going on as before."),
        ]
    }

    init(_ standing: GradeService.Standing, target: String?) throws(PlannerFailure) {
        let (scale, book) = (standing.grading.gradeScale, standing.book)
        current = Mark(book.current, scale)
        forecast = book.current.flatMap { Mark(book.forecast(rest: $0), scale) }
        worst = Mark(book.forecast(rest: 0), scale)
        best = Mark(book.forecast(rest: 1), scale)
        marked = book.marked
        passed = book.current.map { scale.passed($0) }
        if let target {
            guard let share = scale.share(for: target) else {
                throw PlannerFailure.invalid("target", "must be a grade of the scale")
            }
            targetShare = share
        } else {
            targetShare = standing.grading.targetShare
        }
        grading = GradingView(standing.grading)
        let possible = Dictionary(standing.works.map { ($0.id, $0.pointsPossible) }) { first, _ in first }
        needs = (targetShare.map { standing.needs($0) } ?? []).map { item in
            switch item.need {
            case .share(let share):
                Need(assessmentID: item.id, outcome: "needed", share: share, points: share * possible[item.id, default: 0])
            case .reachedAnyway(let share): Need(assessmentID: item.id, outcome: "reached_anyway", then: share)
            case .outOfReach(let share): Need(assessmentID: item.id, outcome: "out_of_reach", then: share)
            }
        }
    }
}

struct AverageQuery: APIType {
    var scale: String?

    static var constraints: [Constraint<AverageQuery>] {
        [
            .check("scale") {
                $0.scale.map { ["four_point", "percentage"].contains($0) } == false ? "must be four_point or percentage" : nil
            },
            .describe("scale", "four_point (by itself) or percentage."),
        ]
    }
}

/// The average of a student's grades.
struct AverageView: APIType {
    struct Course: APIType {
        var courseID: CourseID
        var credits: Double
        var share: Double?
        var grade: String?
        var points: Double?

        enum CodingKeys: String, CodingKey {
            case credits, share, grade, points
            case courseID = "course_id"
        }

        static var schemaName: String { "CourseAverage" }
    }

    var gpa: Double?
    var forecast: Double?
    var scale: String
    var credits: Double
    var creditsEarned: Double
    var courses: [Course]

    enum CodingKeys: String, CodingKey {
        case gpa, forecast, scale, credits, courses
        case creditsEarned = "credits_earned"
    }

    static var schemaName: String { "GradeAverage" }
}
