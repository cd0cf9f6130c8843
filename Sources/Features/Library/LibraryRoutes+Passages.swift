import Ambient
import HTTPServing
import Passages

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
