import Courses
import HTTPServing

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
