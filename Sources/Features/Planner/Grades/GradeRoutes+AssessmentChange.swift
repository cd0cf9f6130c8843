import FoundationEssentials
import HTTPServing

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
            .notBlank(\.name, "name"),
            .length(\.category, "category", 0...100), .range(\.weight, "weight", 0...100_000),
            .range(\.pointsPossible, "points_possible", 0.01...1_000_000), .range(\.points, "points", 0...1_000_000),
            .describe("points", "null takes the mark back."), .describe("due_date", "null clears it."),
            .check("due_date") { $0.dueDate.flatMap(EventFields.fault) },
        ]
    }
}
