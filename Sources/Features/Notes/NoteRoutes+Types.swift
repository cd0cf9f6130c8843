import Ambient
import Courses
import FoundationEssentials
import HTTPServing
import Passages
import Summaries
import TypedText

/// A note as the API shows it.
struct NoteView: APIType {
    var id: String
    var title: String
    var kind: NoteForm
    var status: Note.Status
    var content: String
    var citations: [NoteCitationView]
    var version: Int
    var courseID: String?
    var jobID: String?
    var problem: NoteProblem?
    var documentIDs: [String]
    var topic: String?
    var isMade: Bool
    var hasMap: Bool
    var model: String?
    var refused: Int
    var remarks: [String]
    var words: Int
    var createdAt: Date
    var updatedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, title, kind, status, content, citations, version, problem, topic, model, refused, remarks, words
        case courseID = "course_id"
        case jobID = "job_id"
        case documentIDs = "document_ids"
        case isMade = "is_made"
        case hasMap = "has_map"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    init(_ note: Note) {
        id = note.id.description
        title = note.title
        kind = note.form
        status = note.status
        content = note.content.text
        citations = note.content.citations.map(NoteCitationView.init)
        version = note.version
        courseID = note.courseID?.description
        jobID = note.jobID?.description
        problem = note.problem
        documentIDs = note.wish?.documents?.map(\.description) ?? []
        topic = note.wish?.topic
        isMade = note.wish != nil
        hasMap = note.map != nil
        model = note.making.model
        refused = note.making.refused
        remarks = note.making.remarks
        words = note.making.words
        createdAt = note.createdAt
        updatedAt = note.updatedAt
    }

    static var schemaName: String { "Note" }
    static var constraints: [Constraint<NoteView>] {
        [
            .describe("kind", "`written` where it was written by hand."),
            .describe("content", "Markdown; `[n]` stands for the citation of that number."),
            .describe("version", "Grows with each change; a change names the one that it was made in."),
            .describe("job_id", "The job that makes it."), .describe("problem", "Why it could not be made, or not anew."),
            .describe("document_ids", "What it is made from."), .describe("is_made", "It can be made anew."),
            .describe("has_map", "There is a concept map of it."),
            .describe("model", "What wrote it; nothing where only the text's own sentences stand in it."),
            .describe("refused", "Lines of the model's that were left out, since their sources do not bear them out."),
            .describe("remarks", "Why it says less than it might."), .describe("words", "How much text was read."),
        ]
    }
}

/// What a `[n]` stands for.
struct NoteCitationView: APIType {
    var number: Int
    var documentID: String
    var chunkID: String
    var title: String
    var page: Int?
    var pageLabel: String?
    var section: String?
    var quote: String
    var start: Int?
    var end: Int?

    enum CodingKeys: String, CodingKey {
        case number, title, page, section, quote, start, end
        case documentID = "document_id"
        case chunkID = "chunk_id"
        case pageLabel = "page_label"
    }

    init(_ citation: NoteCitation) {
        number = citation.number
        documentID = citation.documentID.description
        chunkID = citation.chunkID.description
        title = citation.title
        page = citation.page
        pageLabel = citation.pageLabel
        section = citation.section
        quote = citation.quote
        start = citation.start
        end = citation.end
    }

    /// nil where an id is none; the checks have told that before.
    var citation: NoteCitation? {
        guard let document = DocumentID(documentID), let chunk = ChunkID(chunkID) else { return nil }
        let from = max(0, start ?? 0)
        return NoteCitation(
            number: number, documentID: document, chunkID: chunk, title: title, page: page, pageLabel: pageLabel, section: section,
            quote: quote, start: from, end: max(from, end ?? from))
    }

    static var schemaName: String { "NoteCitation" }
    static var constraints: [Constraint<NoteCitationView>] {
        [
            .range(\.number, "number", 1...999), .format(\.documentID, "document_id", .uuid), .format(\.chunkID, "chunk_id", .uuid),
            .length(\.title, "title", 0...500), .length(\.quote, "quote", 0...4_000), .range(\.page, "page", 1...1_000_000),
            .length(\.pageLabel, "page_label", 0...40), .length(\.section, "section", 0...500),
            .describe("start", "Of the chunk's text, in Unicode scalars."), .describe("end", "Behind the last."),
        ]
    }
}

extension NoteProblem: APIType {}

/// A note in a list.
struct NoteOverviewView: APIType {
    var id: String
    var title: String
    var kind: NoteForm
    var status: Note.Status
    var problem: NoteProblem?
    var courseID: String?
    var excerpt: String
    var version: Int
    var createdAt: Date
    var updatedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, title, kind, status, problem, excerpt, version
        case courseID = "course_id"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    init(_ note: NoteOverview) {
        id = note.id.description
        title = note.title
        kind = note.form
        status = note.status
        problem = note.problem
        courseID = note.courseID?.description
        excerpt = note.excerpt
        version = note.version
        createdAt = note.createdAt
        updatedAt = note.updatedAt
    }

    static var schemaName: String { "NoteOverview" }
    static var constraints: [Constraint<NoteOverviewView>] { [.describe("excerpt", "How it begins, as Markdown.")] }
}

/// A note to be made of texts, or one that is written by hand.
struct NewNote: APIType {
    var documentIDs: [String]?
    var courseID: String?
    var topic: String?
    var kind: NoteForm?
    var title: String?
    var content: String?
    var citations: [NoteCitationView]?
    var usesModel: Bool?

    enum CodingKeys: String, CodingKey {
        case topic, kind, title, content, citations
        case documentIDs = "document_ids"
        case courseID = "course_id"
        case usesModel = "uses_model"
    }

    /// What it is to be made of; nil where it is written by hand.
    var wish: (kind: NoteKind, NoteWish)? {
        guard let kind = kind?.kind else { return nil }
        return (
            kind,
            NoteWish(
                documents: documentIDs?.compactMap { DocumentID($0) }, course: courseID.flatMap { CourseID($0) },
                topic: topic.flatMap { $0.isBlank ? nil : $0.oneLine }, usesModel: usesModel ?? true)
        )
    }

    static var constraints: [Constraint<NewNote>] {
        [
            .length(\.title, "title", 1...200), .length(\.topic, "topic", 1...200), .count(\.documentIDs, "document_ids", 1...100),
            .format(\.courseID, "course_id", .uuid), .length(\.content, "content", 0...NoteService.longest),
            .count(\.citations, "citations", 0...999), .each(\.citations, "citations"),
            .notBlank(\.title, "title"),
            .check("document_ids") { body in
                body.documentIDs.map { $0.allSatisfy { DocumentID($0) != nil } } == false ? "must be ids of documents" : nil
            },
            .check("document_ids") { body in
                guard body.kind?.kind != nil else { return nil }
                let isAny = body.documentIDs != nil || body.courseID != nil || body.topic?.isBlank == false
                return isAny ? nil : "or course_id or topic must say what the note is made from"
            },
            .check("kind") { body in
                body.kind?.kind == nil && body.documentIDs != nil ? "must say what is to be made of the documents" : nil
            },
            .check("content") { body in
                body.kind?.kind != nil && body.content != nil ? "is written by hand, and cannot be there beside a kind" : nil
            },
            .describe("document_ids", "Made from these; else from the course; else from whatever is near the topic."),
            .describe("topic", "A heading such as `Chapter 2`, or any subject: only what stands there."),
            .describe("kind", "What is made; nothing, or `written`, for a note by hand."),
            .describe("content", "Markdown, of a note by hand; `[n]` stands for the citation of that number."),
            .describe("uses_model", "Whether the configured model may write it. Its lines are checked against their sources."),
        ]
    }
}

/// A change of a note, by who has seen a version of it.
struct NoteChange: APIType {
    var version: Int
    var title: String?
    var content: String?
    var citations: [NoteCitationView]?
    var courseID: String?
    var editor: String?

    enum CodingKeys: String, CodingKey {
        case version, title, content, citations, editor
        case courseID = "course_id"
    }

    var change: NoteService.Change {
        .init(
            title: title?.oneLine, text: content, citations: citations?.compactMap(\.citation) ?? [],
            course: courseID.flatMap { CourseID($0) }, version: version, editor: editor)
    }

    static var constraints: [Constraint<NoteChange>] {
        [
            .range(\.version, "version", 1...Int(Int32.max)), .length(\.title, "title", 1...200),
            .length(\.content, "content", 0...NoteService.longest), .count(\.citations, "citations", 0...999),
            .each(\.citations, "citations"), .format(\.courseID, "course_id", .uuid), .length(\.editor, "editor", 1...80),
            .notBlank(\.title, "title"),
            .describe("version", "Of what the change was made in. If the note has another by now, the answer is 409."),
            .describe("citations", "Those that are new, or stand for something else; the others stay."),
            .describe("editor", "Tells one window from another: what is typed in one within ten minutes is one version."),
        ]
    }
}

struct NoteRegeneration: APIType {
    var kind: NoteForm?
    var usesModel: Bool?

    enum CodingKeys: String, CodingKey {
        case kind
        case usesModel = "uses_model"
    }

    static var constraints: [Constraint<NoteRegeneration>] {
        [
            .check("kind") { $0.kind == .written ? "must be one that is made" : nil },
            .describe("kind", "Makes another kind of note of the same texts."),
        ]
    }
}

struct NoteRestoration: APIType {
    var to: Int
    var version: Int

    static var constraints: [Constraint<NoteRestoration>] {
        [
            .range(\.to, "to", 1...Int(Int32.max)), .range(\.version, "version", 1...Int(Int32.max)),
            .describe("to", "The version that is brought back."), .describe("version", "The version that was seen last."),
        ]
    }
}

/// What a note said once.
struct NoteVersionView: APIType {
    var version: Int
    var title: String
    var content: String
    var citations: [NoteCitationView]
    var origin: NoteVersion.Origin
    var createdAt: Date

    enum CodingKeys: String, CodingKey {
        case version, title, content, citations, origin
        case createdAt = "created_at"
    }

    init(_ version: NoteVersion) {
        self.version = version.number
        title = version.title
        content = version.content.text
        citations = version.content.citations.map(NoteCitationView.init)
        origin = version.origin
        createdAt = version.createdAt
    }

    static var schemaName: String { "NoteVersion" }
    static var constraints: [Constraint<NoteVersionView>] {
        [.describe("content", "In a list only its beginning, and no citations.")]
    }
}

extension NoteVersion.Origin: APIType {}

struct NoteVersionList: APIType {
    var versions: [NoteVersionView]
}

struct NoteQuery: APIType {
    var courseID: String?

    enum CodingKeys: String, CodingKey { case courseID = "course_id" }

    static var constraints: [Constraint<NoteQuery>] {
        [.format(\.courseID, "course_id", .uuid), .describe("course_id", "Only the notes of this course.")]
    }
}

struct NoteExportQuery: APIType {
    var format: NoteFormat?

    static var constraints: [Constraint<NoteExportQuery>] {
        [.describe("format", "Markdown where nothing is said; `svg` is the concept map.")]
    }
}

extension NoteFormat: APIType {}
