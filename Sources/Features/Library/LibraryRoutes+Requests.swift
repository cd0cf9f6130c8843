import Ambient
import Courses
import HTTPServing
import Passages

struct DocumentQuery: APIType {
    var paging: PageQuery
    var status: Document.Status?
    var courseID: String?
    var subject: String?
    var q: String?
    var sort: String?
    var shared: Shared?

    /// Whether what others share is listed.
    enum Shared: String, Codable, Sendable, CaseIterable {
        case only, too
    }

    enum CodingKeys: String, CodingKey {
        case status, subject, q, sort, shared
        case courseID = "course_id"
    }

    var reach: DocumentStore.Reach {
        switch shared {
        case .only: .shared
        case .too: .all
        case nil: .own
        }
    }

    /// What it is narrowed to; the rules below let nothing else through.
    var filing: DocumentFiling? {
        if courseID == "none" { return .nowhere }
        if let id = courseID.flatMap({ CourseID($0) }) { return .course(id) }
        return subject.flatMap { CourseName($0) }.map { .named($0) }
    }

    init(from decoder: any Decoder) throws {
        paging = try PageQuery(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        status = try container.decodeIfPresent(Document.Status.self, forKey: .status)
        courseID = try container.decodeIfPresent(String.self, forKey: .courseID)
        subject = try container.decodeIfPresent(String.self, forKey: .subject)
        q = try container.decodeIfPresent(String.self, forKey: .q)
        sort = try container.decodeIfPresent(String.self, forKey: .sort)
        shared = try container.decodeIfPresent(Shared.self, forKey: .shared)
    }

    func encode(to encoder: any Encoder) throws {
        try paging.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(status, forKey: .status)
        try container.encodeIfPresent(courseID, forKey: .courseID)
        try container.encodeIfPresent(subject, forKey: .subject)
        try container.encodeIfPresent(q, forKey: .q)
        try container.encodeIfPresent(sort, forKey: .sort)
        try container.encodeIfPresent(shared, forKey: .shared)
    }

    static var constraints: [Constraint<DocumentQuery>] {
        let orders = DocumentStore.Order.allCases.map(\.rawValue)
        return [
            .inlined(\.paging), .length(\.q, "q", 0...200), .length(\.subject, "subject", 0...100),
            .check("sort") { query in
                query.sort.map { orders.contains($0) } ?? true ? nil : "must be one of \(orders.joined(separator: ", "))"
            },
            .check("course_id") { query in
                query.courseID.map { $0 == "none" || CourseID($0) != nil } ?? true ? nil : "must be a course's id, or none"
            },
            .check("subject") { $0.courseID != nil && $0.subject != nil ? "and course_id name the same: send one" : nil },
            .describe("course_id", "The documents of this course, or with none those of no course."),
            .describe("subject", "The documents of the course of this name."),
            .describe("q", "Part of the title or of the file's name, in whatever case."),
            .describe(
                "shared", "`only` what others share with you, or that `too`; otherwise your own. Of a shared course always that."),
            .describe("sort", "One of \(orders.joined(separator: ", "))."),
        ]
    }
}

/// What a document is to be shown with.
struct DocumentParts: APIType {
    enum Part: String, Codable, Sendable, CaseIterable {
        case outline
    }

    var include: Part?

    static var constraints: [Constraint<DocumentParts>] {
        [.describe("include", "`outline` shows its headings too.")]
    }
}

struct AddressRequest: APIType {
    var url: String
    var title: String?
    var courseID: CourseID?

    enum CodingKeys: String, CodingKey {
        case url, title
        case courseID = "course_id"
    }

    static var constraints: [Constraint<AddressRequest>] {
        [
            .length(\.url, "url", 4...2000), .notBlank(\.url, "url"), .length(\.title, "title", 1...300),
            .describe("url", "http or https; without either it is https."),
            .describe("title", "Otherwise the page's own."), .describe("course_id", "The course that it belongs to."),
        ]
    }
}

struct DocumentChange: APIType {
    var title: String?
    var subject: String?
    /// Whether the subject is named at all; null removes it.
    var changesSubject: Bool
    var courseID: CourseID?
    /// The same of the course.
    var changesCourse: Bool

    enum CodingKeys: String, CodingKey {
        case title, subject
        case courseID = "course_id"
    }

    var filing: DocumentFiling? {
        if changesCourse { return courseID.map { .course($0) } ?? .nowhere }
        return changesSubject ? DocumentFiling(subject: subject) : nil
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        title = try container.decodeIfPresent(String.self, forKey: .title)
        changesSubject = container.contains(.subject)
        subject = try container.decodeIfPresent(String.self, forKey: .subject)
        changesCourse = container.contains(.courseID)
        courseID = try container.decodeIfPresent(CourseID.self, forKey: .courseID)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(title, forKey: .title)
        if changesSubject { try container.encode(subject, forKey: .subject) }
        if changesCourse { try container.encode(courseID, forKey: .courseID) }
    }

    static var constraints: [Constraint<DocumentChange>] {
        [
            .length(\.title, "title", 1...300), .length(\.subject, "subject", 0...100),
            .notBlank(\.title, "title"),
            .check("subject") { $0.changesCourse && $0.changesSubject ? "and course_id name the same: send one" : nil },
            .describe("course_id", "null takes it out of its course."),
            .describe(
                "subject", "The course by its name, which is made if you have none of that name; null takes it out of its course."),
        ]
    }
}

struct DocumentMove: APIType {
    var ids: [DocumentID]
    var courseID: CourseID?

    enum CodingKeys: String, CodingKey {
        case ids
        case courseID = "course_id"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        ids = try container.decode([DocumentID].self, forKey: .ids)
        // Left out by mistake it must not take them out of their courses.
        courseID = try container.decode(CourseID?.self, forKey: .courseID)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(ids, forKey: .ids)
        try container.encode(courseID, forKey: .courseID)
    }

    static var constraints: [Constraint<DocumentMove>] {
        [.count(\.ids, "ids", 1...500), .describe("course_id", "null for no course.")]
    }
}

struct MovedDocuments: APIType {
    var data: [DocumentView]
}

struct SearchRequest: APIType {
    var query: String
    var limit: Int
    var mode: SearchMode
    var documentIDs: [DocumentID]?
    var courseID: CourseID?

    enum CodingKeys: String, CodingKey {
        case query, limit, mode
        case documentIDs = "document_ids"
        case courseID = "course_id"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        query = try container.decode(String.self, forKey: .query)
        limit = try container.decodeIfPresent(Int.self, forKey: .limit) ?? 10
        mode = try container.decodeIfPresent(SearchMode.self, forKey: .mode) ?? .hybrid
        documentIDs = try container.decodeIfPresent([DocumentID].self, forKey: .documentIDs)
        courseID = try container.decodeIfPresent(CourseID.self, forKey: .courseID)
    }

    static var constraints: [Constraint<SearchRequest>] {
        [
            .length(\.query, "query", 1...2000), .notBlank(\.query, "query"), .range(\.limit, "limit", 1...100),
            .count(\.documentIDs, "document_ids", 0...1000), .describe("document_ids", "Search only these; otherwise all."),
            .describe("course_id", "Search only this course's documents; with `document_ids` those of them that it has."),
            .describe("mode", "hybrid if left out."), .describe("limit", "10 if left out."),
        ]
    }
}
