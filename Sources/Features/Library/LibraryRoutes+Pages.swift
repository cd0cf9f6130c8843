package import HTTPServing
import Passages

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
