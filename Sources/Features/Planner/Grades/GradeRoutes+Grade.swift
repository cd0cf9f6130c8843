import HTTPServing
import Planning

struct GradeQuery: APIType {
    var target: String?

    static var constraints: [Constraint<GradeQuery>] {
        [
            .length(\.target, "target", 1...20), .checked("target"),
            .describe("target", "Another one than the course's: what would it take?"),
        ]
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
