import Courses
import FoundationEssentials
import HTTPServing

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
