import Ambient
import Assembly
import Courses
import HTTPServing
import Passages

/// The body of a new conversation.
struct NewConversation: APIType {
    var title: String?
    var courseID: CourseID?
    var documentIDs: [DocumentID]?
    var remembers: Bool?

    enum CodingKeys: String, CodingKey {
        case title, remembers
        case courseID = "course_id"
        case documentIDs = "document_ids"
    }

    static var constraints: [Constraint<NewConversation>] {
        [
            .length(\.title, "title", 1...200), .notBlank(\.title, "title"),
            .count(\.documentIDs, "document_ids", 0...500), .checked("document_ids"),
            .describe("title", "Without one the first question becomes the title."),
            .describe("course_id", "The course that it belongs to."),
            .describe("document_ids", "Answer from these documents only; without it from all of the course, or of the library."),
            .describe(
                "remembers", "false: nothing that is said in it is remembered, and nothing that is remembered is used in it."),
        ]
    }
}

/// What may change about a conversation. A field that is not there stays as it is; `document_ids: null` means all documents.
struct ConversationChange: APIType {
    var title: String?
    var courseID: CourseID?
    var changesCourse: Bool
    var documentIDs: [DocumentID]?
    var changesDocuments: Bool
    var remembers: Bool?

    enum CodingKeys: String, CodingKey {
        case title, remembers
        case courseID = "course_id"
        case documentIDs = "document_ids"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        title = try container.decodeIfPresent(String.self, forKey: .title)
        changesCourse = container.contains(.courseID)
        courseID = try container.decodeIfPresent(CourseID.self, forKey: .courseID)
        changesDocuments = container.contains(.documentIDs)
        documentIDs = try container.decodeIfPresent([DocumentID].self, forKey: .documentIDs)
        remembers = try container.decodeIfPresent(Bool.self, forKey: .remembers)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(title, forKey: .title)
        if changesCourse { try container.encode(courseID, forKey: .courseID) }
        if changesDocuments { try container.encode(documentIDs, forKey: .documentIDs) }
        try container.encodeIfPresent(remembers, forKey: .remembers)
    }

    static var constraints: [Constraint<ConversationChange>] {
        [
            .length(\.title, "title", 1...200), .notBlank(\.title, "title"),
            .count(\.documentIDs, "document_ids", 0...500), .checked("document_ids"),
            .describe("course_id", "null takes it out of its course."),
            .describe("document_ids", "null for all of the course, or of the library."),
            .describe(
                "remembers", "false: nothing that is said in it is remembered, and nothing that is remembered is used in it."),
        ]
    }
}

/// Which conversations to list.
struct ConversationQuery: APIType {
    var paging: PageQuery
    var courseID: String?
    var q: String?
    var after: String?

    enum CodingKeys: String, CodingKey {
        case q, after
        case courseID = "course_id"
    }

    init(from decoder: any Decoder) throws {
        paging = try PageQuery(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        courseID = try container.decodeIfPresent(String.self, forKey: .courseID)
        q = try container.decodeIfPresent(String.self, forKey: .q)
        after = try container.decodeIfPresent(String.self, forKey: .after)
    }

    func encode(to encoder: any Encoder) throws {
        try paging.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(courseID, forKey: .courseID)
        try container.encodeIfPresent(q, forKey: .q)
        try container.encodeIfPresent(after, forKey: .after)
    }

    /// The rules below let nothing else through.
    var filter: ConversationFilter {
        var filter = ConversationFilter(text: q.flatMap { $0.isEmpty ? nil : $0 })
        if let courseID { filter.course = .some(CourseID(courseID)) }
        return filter
    }

    var place: ConversationPlace? { after.flatMap { ConversationPlace($0) } }

    static var constraints: [Constraint<ConversationQuery>] {
        [
            .inlined(\.paging), .length(\.q, "q", 0...200),
            .check("after") { $0.after != nil && $0.place == nil ? "must be the `next` of an earlier answer" : nil },
            .check("page") { $0.after != nil && $0.paging.page != 1 ? "cannot be given beside after" : nil },
            .describe("after", "Reads on: the `next` of the answer before. Right also when conversations come and move meanwhile."),
            .check("course_id") { query in
                query.courseID.map { $0 == "none" || CourseID($0) != nil } ?? true ? nil : "must be a course's id, or none"
            },
            .describe("course_id", "The conversations of this course, or with none those of no course."),
            .describe("q", "Part of the title, of a question or of an answer, in whatever case."),
        ]
    }
}

/// Which messages of a conversation to list: a page, or a stretch by their numbers, which is the same however the conversation grows.
struct MessageQuery: APIType {
    var paging: PageQuery
    var after: Int?
    var before: Int?

    enum CodingKeys: String, CodingKey { case after, before }

    init(from decoder: any Decoder) throws {
        paging = try PageQuery(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        after = try container.decodeIfPresent(Int.self, forKey: .after)
        before = try container.decodeIfPresent(Int.self, forKey: .before)
    }

    func encode(to encoder: any Encoder) throws {
        try paging.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(after, forKey: .after)
        try container.encodeIfPresent(before, forKey: .before)
    }

    var stretch: MessageStretch {
        if let after { return .after(after) }
        return before.map(MessageStretch.before) ?? .offset(paging.offset)
    }

    static var constraints: [Constraint<MessageQuery>] {
        [
            .inlined(\.paging), .range(\.after, "after", 0...Int.max), .range(\.before, "before", 1...Int.max),
            .check("before") { $0.after != nil && $0.before != nil ? "cannot be given beside after" : nil },
            .describe("after", "Those behind the message with this number."),
            .describe("before", "Those nearest before the message with this number: a conversation is read from its end."),
        ]
    }
}

/// A question.
struct Ask: APIType {
    var content: String
    var scope: QuestionScope?

    static var constraints: [Constraint<Ask>] {
        [
            .length(\.content, "content", 1...8000), .notBlank(\.content, "content"), .example("content", "What is osmosis?"),
            .describe("scope", "`all` asks all of the library, this once; without it what the conversation is about."),
        ]
    }
}

/// What questions are suggested for.
struct SuggestionScope: APIType {
    var courseID: CourseID?
    var documentIDs: [DocumentID]?
    var questions: [String]?
    var limit: Int?

    enum CodingKeys: String, CodingKey {
        case questions, limit
        case courseID = "course_id"
        case documentIDs = "document_ids"
    }

    static var constraints: [Constraint<SuggestionScope>] {
        [
            .count(\.documentIDs, "document_ids", 0...500), .checked("document_ids"), .count(\.questions, "questions", 0...12),
            .range(\.limit, "limit", 1...8),
            .check("questions") { scope in
                scope.questions?.contains { $0.isEmpty || $0.count > 300 } == true ? "must have 1 to 300 characters each" : nil
            },
            .describe("course_id", "Of the documents of this course."),
            .describe("document_ids", "Of these documents only; without it of all of the course, or of the library."),
            .describe("questions", "Questions that the caller would rather suggest; those that are answered come first."),
            .describe("limit", "How many; 4 if it is not said."),
        ]
    }
}

/// Questions that were tried.
struct Suggestions: APIType {
    var questions: [String]
}

extension Conversation: APIType {}
extension ChatMessage: APIType {}
extension Citation: APIType {}
extension MessageUsage: APIType {}
extension Proposal: APIType {}
extension ToolDeed: APIType {}
