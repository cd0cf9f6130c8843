import Ambient
import Courses
package import HTTPServing
import Passages

extension DocumentView: APIType {
    package static var schemaName: String { "Document" }
    package static var constraints: [Constraint<Self>] {
        [
            .describe("sha256", "Of the file's content."), .describe("progress", "How far the stage in hand has come."),
            .describe("stages", "Its way from a file to answers, in order, each stage as it stands."),
            .describe(
                "place_in_line", "While it waits: 1 is the next. Left out while it has no turn yet, or waits behind 1000 others."),
            .describe("course_id", "The course that it belongs to."), .describe("subject", "That course's name."),
            .describe("error", "Why it failed, and what to do."),
            .describe("notes", "What of the file is not in its text, and what may be wrong there."),
            .describe("metadata", "Who wrote it, when, in what language, and where it is to be had, as far as that is known."),
            .describe("page_labels", "What the file calls its pages, where that is not their count."),
            .describe("job_id", "The job that reads it."),
            .describe("version", "Each new file that takes the document's place has the next."),
            .describe("version_of", "Of an old version, or of one that is being read: the document."),
            .describe("latest_version", "Of an old version: the number of the newest."),
            .describe("shared_with", "How many people you let read it; left out where there are none."),
            .describe("shared_by", "Who lets you read it, where it is another's."),
            .describe("update", "What is about to take the document's place, or failed to."),
            .describe(
                "twin",
                "In the answer to an upload: a document in the same course that has the same title or file name, which this one could replace."
            ),
            .describe("has_pages", "Whether the pages are the file's own; otherwise they are parts of the text."),
            .describe("duplicate", "In the answer to an upload: you had this file already."),
            .describe(
                "unpacked", "In the answer to the upload of a zip: what became of its files; this document is the first of them."),
            .describe("outline", "Its headings in order, where `include` asks for them."),
        ]
    }
}

extension DocumentView.Metadata: APIType {
    package static var schemaName: String { "DocumentMetadata" }
    package static var constraints: [Constraint<Self>] {
        [
            .describe("date", "`2021-03-04` or shorter where it can be told so, else as the file says it."),
            .describe("language", "A BCP 47 tag: said by the file, or found out from the text."),
            .describe("doi", "Without an address before it."), .describe("address", "Where a web page is."),
        ]
    }
}

extension DocumentView.PageLabel: APIType {
    package static var schemaName: String { "PageLabel" }
    package static var constraints: [Constraint<Self>] {
        [
            .describe("page", "The page from which on pages are called so, from 1."),
            .describe("prefix", "What stands before the number: `A-`."),
            .describe(
                "style", "`D` figures, `r` and `R` Roman numerals, `a` and `A` letters; without it there is the prefix alone."),
            .describe("start", "The number of that page."),
        ]
    }
}

extension DocumentView.Progress: APIType { package static var schemaName: String { "DocumentProgress" } }

extension DocumentView.OutlineEntry: APIType { package static var schemaName: String { "OutlineEntry" } }

extension DocumentView.Unpacked: APIType {
    package static var schemaName: String { "UnpackedArchive" }
    package static var constraints: [Constraint<Self>] {
        [.describe("documents", "How many of its files are documents now."), .describe("skipped", "Files that cannot be read.")]
    }
}

extension DocumentView.Problem: APIType { package static var schemaName: String { "DocumentProblem" } }

extension DocumentView.Note: APIType {
    package static var schemaName: String { "ReadingNote" }
    package static var constraints: [Constraint<Self>] {
        [
            .describe("message", "In a sentence."), .describe("pages", "Where; empty where it is of the whole file."),
            .describe("count", "Of how many things it speaks: pages, pictures, files."),
            .describe("names", "What they are called, where they have names."),
        ]
    }
}

extension DocumentView.Note.Pages: APIType { package static var schemaName: String { "PageRange" } }

struct SearchAnswer: APIType {
    /// The best first; empty where nothing comes close.
    var data: [PassageView]
    /// There is text to search, and nothing of it comes close to the query.
    var nothingClose: Bool

    enum CodingKeys: String, CodingKey {
        case data
        case nothingClose = "nothing_close"
    }
}

struct PassageView: APIType {
    var chunkID: String
    var documentID: String
    var title: String
    var section: String?
    var page: Int?
    /// What the file calls that page, where it is not its number.
    var pageLabel: String?
    var text: String
    var score: Double
    /// How many further passages say nearly the same, and are left out.
    var alike: Int

    enum CodingKeys: String, CodingKey {
        case chunkID = "chunk_id"
        case documentID = "document_id"
        case pageLabel = "page_label"
        case title, section, page, text, score, alike
    }

    init(_ passage: Passage, alike: Int) {
        chunkID = passage.chunkID.description
        documentID = passage.documentID.description
        title = passage.title
        section = passage.section
        page = passage.page
        pageLabel = passage.pageLabel
        text = passage.textBelowHeadings
        score = passage.score
        self.alike = alike
    }

    static var schemaName: String { "Passage" }

    static var constraints: [Constraint<PassageView>] {
        [
            .describe("section", "The headings above what answers, outermost first."),
            .describe("page_label", "What the file calls the page, where it is not its number: `iv`."),
            .describe("text", "Without the headings that it begins with."),
        ]
    }

    /// Every field is there, null where there is nothing.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(chunkID, forKey: .chunkID)
        try container.encode(documentID, forKey: .documentID)
        try container.encode(title, forKey: .title)
        try container.encode(section, forKey: .section)
        try container.encode(page, forKey: .page)
        try container.encodeIfPresent(pageLabel, forKey: .pageLabel)
        try container.encode(text, forKey: .text)
        try container.encode(score, forKey: .score)
        try container.encode(alike, forKey: .alike)
    }
}

struct PageView: APIType {
    struct HeadingView: APIType {
        var level: Int
        var title: String
        var offset: Int
        static var schemaName: String { "Heading" }
    }

    var number: Int
    var text: String
    var headings: [HeadingView]
    var blocks: [TextBlock]

    init(_ page: ExtractedPage) {
        number = page.number
        text = page.text
        headings = page.headings.map { HeadingView(level: $0.level, title: $0.title, offset: $0.offset) }
        blocks = page.blocks
    }

    static var schemaName: String { "DocumentPage" }

    static var constraints: [Constraint<PageView>] {
        [.describe("blocks", "What is more than prose: tables, code, formulas, items of lists, captions, notes.")]
    }
}

extension TextBlock: APIType {
    package static var schemaName: String { "TextBlock" }
    package static var constraints: [Constraint<Self>] {
        [
            .describe("start", "Where it begins in the page's text, in Unicode code points."),
            .describe("end", "Where it ends."),
            .describe("head_rows", "Of a table: how many rows name the columns. Rows are lines, cells stand apart by ` | `."),
            .describe("language", "Of code, if the file names it."),
            .describe("level", "Of a list's item: how deep it stands, from 0."),
            .describe("marker", "Of a list's item: how many code points its marker takes, with the space after it."),
            .describe("box", "Of a figure: left, top, right and bottom on its page, in points from the top left corner."),
            .describe("picture", "Of a figure: what to ask for its picture by."),
        ]
    }
}

/// The words of a page that was read from its picture, with their places.
struct WordsView: APIType {
    struct WordView: APIType {
        var text: String
        var left: Double
        var top: Double
        var right: Double
        var bottom: Double
        var confidence: Int
        static var schemaName: String { "RecognisedWord" }
        static var constraints: [Constraint<Self>] { [.describe("confidence", "How sure it is, from 0 to 100.")] }
    }

    struct LineView: APIType {
        var words: [WordView]
        static var schemaName: String { "RecognisedLine" }
    }

    var number: Int
    var width: Double
    var height: Double
    var language: String
    var confidence: Int?
    var lines: [LineView]

    init(_ page: RecognisedPage, number: Int) {
        self.number = number
        (width, height, language, confidence) = (page.width, page.height, page.language, page.confidence)
        lines = page.lines.map { line in
            LineView(
                words: line.words.map { word in
                    WordView(
                        text: word.text, left: word.box[0], top: word.box[1], right: word.box[2], bottom: word.box[3],
                        confidence: word.confidence)
                })
        }
    }

    static var schemaName: String { "RecognisedPage" }
    static var constraints: [Constraint<Self>] {
        [
            .describe("width", "Of the page, in points, as the places are: from its top left corner."),
            .describe("language", "What it was read as, in tesseract's codes."),
            .describe("confidence", "How sure it is of the page, from 0 to 100."),
        ]
    }
}

struct OutlineView: APIType {
    var data: [DocumentView.OutlineEntry]
    static var schemaName: String { "Outline" }
}

struct ChunkView: APIType {
    struct SpanView: APIType {
        var page: Int
        var start: Int
        var end: Int
        var at: Int
        static var schemaName: String { "ChunkSpan" }
    }

    var chunkID: String
    var documentID: String
    var title: String
    var ordinal: Int
    var page: Int?
    var section: String?
    var text: String
    var start: Int
    var end: Int
    var spans: [SpanView]
    var tokenCount: Int

    enum CodingKeys: String, CodingKey {
        case chunkID = "chunk_id"
        case documentID = "document_id"
        case tokenCount = "token_count"
        case title, ordinal, page, section, text, start, end, spans
    }

    init(_ chunk: StoredChunk, title: String) {
        chunkID = chunk.id.description
        documentID = chunk.documentID.description
        self.title = title
        ordinal = chunk.ordinal
        page = chunk.page
        section = chunk.section
        text = chunk.text
        start = chunk.spans.first?.start ?? 0
        end = chunk.spans.first?.end ?? 0
        spans = chunk.spans.map { SpanView(page: $0.page, start: $0.start, end: $0.end, at: $0.at) }
        tokenCount = chunk.tokenCount
    }

    static var schemaName: String { "Chunk" }

    static var constraints: [Constraint<ChunkView>] {
        [
            .describe("start", "Where it begins in the text of its first page, in Unicode code points."),
            .describe("end", "Where it ends in the text of its first page."),
            .describe("spans", "The stretches of each page that it is made of; `at` is where one begins in `text`."),
        ]
    }
}
