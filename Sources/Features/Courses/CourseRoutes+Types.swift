import Ambient
import FoundationEssentials
import HTTPServing

/// A course as the API shows it.
struct CourseView: APIType, Equatable {
    var id: String
    var name: String
    var colour: CourseColour
    var term: String?
    var examDate: String?
    var isArchived: Bool
    var position: Int
    var documentCount: Int
    var conversationCount: Int
    /// How many people may read it besides its owner.
    var sharedWith: Int
    /// How its owner is called, where it is another's.
    var sharedBy: String?
    var createdAt: Date
    var updatedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, name, colour, term, position
        case examDate = "exam_date"
        case isArchived = "is_archived"
        case documentCount = "document_count"
        case conversationCount = "conversation_count"
        case sharedWith = "shared_with"
        case sharedBy = "shared_by"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    init(_ filled: FilledCourse) {
        let course = filled.course
        id = course.id.description
        name = course.name.description
        colour = course.colour
        term = course.term
        examDate = course.examDate?.description
        isArchived = course.isArchived
        position = course.position
        documentCount = filled.documentCount
        conversationCount = filled.conversationCount
        sharedWith = filled.memberCount
        sharedBy = filled.owner
        createdAt = course.createdAt
        updatedAt = course.updatedAt
    }

    static var schemaName: String { "Course" }

    static var constraints: [Constraint<CourseView>] {
        [
            .describe("term", "When it is held, in your own words."), .format(\.examDate, "exam_date", .date),
            .describe("position", "Where it stands among its owner's courses, from 0."),
            .describe("shared_with", "How many people may read it besides you."),
            .describe("shared_by", "How its owner is called, where somebody shares it with you: you read it, and change nothing."),
        ]
    }

    /// Every field but the owner's name is there, null where there is nothing.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(name, forKey: .name)
        try container.encode(colour, forKey: .colour)
        try container.encode(term, forKey: .term)
        try container.encode(examDate, forKey: .examDate)
        try container.encode(isArchived, forKey: .isArchived)
        try container.encode(position, forKey: .position)
        try container.encode(documentCount, forKey: .documentCount)
        try container.encode(conversationCount, forKey: .conversationCount)
        try container.encode(sharedWith, forKey: .sharedWith)
        try container.encodeIfPresent(sharedBy, forKey: .sharedBy)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(updatedAt, forKey: .updatedAt)
    }
}

struct CourseQuery: APIType {
    var paging: PageQuery
    var archived: Bool?
    var shared: Bool?

    enum CodingKeys: String, CodingKey { case archived, shared, limit }

    init(from decoder: any Decoder) throws {
        paging = try PageQuery(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        // Few students have more, and a menu wants them all.
        if !container.contains(.limit) { paging.limit = 100 }
        archived = try container.decodeIfPresent(Bool.self, forKey: .archived)
        shared = try container.decodeIfPresent(Bool.self, forKey: .shared)
    }

    func encode(to encoder: any Encoder) throws {
        try paging.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(archived, forKey: .archived)
        try container.encodeIfPresent(shared, forKey: .shared)
    }

    static var constraints: [Constraint<CourseQuery>] {
        [
            .inlined(\.paging), .describe("archived", "Only those that are archived, or are not; otherwise all."),
            .describe("shared", "Those that others share with you too, behind your own."),
        ]
    }
}

struct NewCourse: APIType {
    var name: String
    var colour: CourseColour?
    var term: String?
    var examDate: String?

    enum CodingKeys: String, CodingKey {
        case name, colour, term
        case examDate = "exam_date"
    }

    var checkedName: CourseName {
        get throws { try courseName(name) }
    }

    static var constraints: [Constraint<NewCourse>] {
        [
            .length(\.name, "name", 1...CourseName.longest), .notBlank(\.name, "name"), .length(\.term, "term", 0...100),
            .format(\.examDate, "exam_date", .date), .example("name", "Cell Biology"), .example("term", "Winter 2026/27"),
        ]
    }
}

/// What may change about a course. A field that is not there stays as it is.
struct CourseChange: APIType {
    var name: String?
    var colour: CourseColour?
    var term: String?
    var changesTerm: Bool
    var examDate: String?
    var changesExamDate: Bool
    var isArchived: Bool?
    var position: Int?

    enum CodingKeys: String, CodingKey {
        case name, colour, term, position
        case examDate = "exam_date"
        case isArchived = "is_archived"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decodeIfPresent(String.self, forKey: .name)
        colour = try container.decodeIfPresent(CourseColour.self, forKey: .colour)
        changesTerm = container.contains(.term)
        term = try container.decodeIfPresent(String.self, forKey: .term)
        changesExamDate = container.contains(.examDate)
        examDate = try container.decodeIfPresent(String.self, forKey: .examDate)
        isArchived = try container.decodeIfPresent(Bool.self, forKey: .isArchived)
        position = try container.decodeIfPresent(Int.self, forKey: .position)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(name, forKey: .name)
        try container.encodeIfPresent(colour, forKey: .colour)
        if changesTerm { try container.encode(term, forKey: .term) }
        if changesExamDate { try container.encode(examDate, forKey: .examDate) }
        try container.encodeIfPresent(isArchived, forKey: .isArchived)
        try container.encodeIfPresent(position, forKey: .position)
    }

    var change: CourseService.Change {
        get throws {
            var change = CourseService.Change()
            change.name = try name.map(courseName)
            change.colour = colour
            if changesTerm { change.term = .some(term?.heldLine) }
            if changesExamDate { change.examDate = .some(examDate.flatMap { CalendarDay($0) }) }
            change.isArchived = isArchived
            change.position = position
            return change
        }
    }

    static var constraints: [Constraint<CourseChange>] {
        [
            .length(\.name, "name", 1...CourseName.longest),
            .notBlank(\.name, "name"),
            .length(\.term, "term", 0...100), .format(\.examDate, "exam_date", .date), .range(\.position, "position", 0...100_000),
            .describe("term", "null clears it."), .describe("exam_date", "null clears it."),
            .describe("position", "Where it is to stand among your courses, from 0; the others make room."),
        ]
    }
}

/// The rules above let no blank name through.
private func courseName(_ text: String) throws(CoursesFailure) -> CourseName {
    guard let name = CourseName(text) else { throw .blankName }
    return name
}

extension String {
    /// On one line; nil if there is nothing on it.
    var heldLine: String? {
        let line = split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.isEmpty ? nil : line
    }
}
