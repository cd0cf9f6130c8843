import FoundationEssentials
import HTTPServing

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
