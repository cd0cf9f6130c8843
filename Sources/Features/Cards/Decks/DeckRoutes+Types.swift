import Ambient
import Courses
import FoundationEssentials
import HTTPServing

/// A deck as the API shows it.
struct DeckView: APIType, Equatable {
    var id: DeckID
    var name: String
    var courseID: CourseID?
    var retention: Double?
    var cardCount: Int
    var newCount: Int
    var learningCount: Int
    var dueCount: Int
    var createdAt: Date
    var updatedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, name, retention
        case courseID = "course_id"
        case cardCount = "card_count"
        case newCount = "new_count"
        case learningCount = "learning_count"
        case dueCount = "due_count"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    init(_ filled: FilledDeck) {
        id = filled.deck.id
        name = filled.deck.name
        courseID = filled.deck.courseID
        retention = filled.deck.retention
        cardCount = filled.counts.cards
        newCount = filled.counts.new
        learningCount = filled.counts.learning
        dueCount = filled.counts.review
        createdAt = filled.deck.createdAt
        updatedAt = filled.deck.updatedAt
    }

    static var schemaName: String { "Deck" }

    static var constraints: [Constraint<DeckView>] {
        [
            .describe("retention", "The share of its cards that is to be remembered when due; missing where it is yours for all."),
            .describe("card_count", "All its cards, also those set aside."),
            .describe("new_count", "Cards that you have not seen yet; how many come a day your settings say."),
            .describe("learning_count", "Cards between two steps of being learned that come back today."),
            .describe("due_count", "Cards to be reviewed today."),
        ]
    }

    /// The course is there, null where there is none.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(name, forKey: .name)
        try container.encode(courseID, forKey: .courseID)
        try container.encodeIfPresent(retention, forKey: .retention)
        try container.encode(cardCount, forKey: .cardCount)
        try container.encode(newCount, forKey: .newCount)
        try container.encode(learningCount, forKey: .learningCount)
        try container.encode(dueCount, forKey: .dueCount)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(updatedAt, forKey: .updatedAt)
    }
}

struct DeckQuery: APIType {
    var paging: PageQuery
    var courseID: CourseID?

    enum CodingKeys: String, CodingKey {
        case limit
        case courseID = "course_id"
    }

    init(from decoder: any Decoder) throws {
        paging = try PageQuery(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        // Few students have more, and a menu wants them all.
        if !container.contains(.limit) { paging.limit = 100 }
        courseID = try container.decodeIfPresent(CourseID.self, forKey: .courseID)
    }

    func encode(to encoder: any Encoder) throws {
        try paging.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(courseID, forKey: .courseID)
    }

    static var constraints: [Constraint<DeckQuery>] {
        [.inlined(\.paging), .describe("course_id", "Only those of this course.")]
    }
}

struct NewDeck: APIType {
    var name: String
    var courseID: CourseID?
    var retention: Double?

    enum CodingKeys: String, CodingKey {
        case name, retention
        case courseID = "course_id"
    }

    static var constraints: [Constraint<NewDeck>] {
        [
            .length(\.name, "name", 1...200), .notBlank(\.name, "name"), .range(\.retention, "retention", 0.7...0.99),
            .example("name", "Cell Biology"),
        ]
    }
}

/// What may change about a deck. A field that is not there stays as it is.
struct DeckChange: APIType {
    var name: String?
    var courseID: CourseID?
    var changesCourse: Bool
    var retention: Double?
    var changesRetention: Bool

    enum CodingKeys: String, CodingKey {
        case name, retention
        case courseID = "course_id"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decodeIfPresent(String.self, forKey: .name)
        changesCourse = container.contains(.courseID)
        courseID = try container.decodeIfPresent(CourseID.self, forKey: .courseID)
        changesRetention = container.contains(.retention)
        retention = try container.decodeIfPresent(Double.self, forKey: .retention)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(name, forKey: .name)
        if changesCourse { try container.encode(courseID, forKey: .courseID) }
        if changesRetention { try container.encode(retention, forKey: .retention) }
    }

    var change: DeckService.Change {
        var change = DeckService.Change()
        change.name = name
        if changesCourse { change.courseID = .some(courseID) }
        if changesRetention { change.retention = .some(retention) }
        return change
    }

    static var constraints: [Constraint<DeckChange>] {
        [
            .length(\.name, "name", 1...200),
            .notBlank(\.name, "name"),
            .range(\.retention, "retention", 0.7...0.99),
            .describe("course_id", "null takes it out of its course."),
            .describe("retention", "null makes it yours for all decks."),
        ]
    }
}
