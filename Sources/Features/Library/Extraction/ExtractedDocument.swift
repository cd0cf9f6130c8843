/// What a file says: its text by page, and where its headings stand.
package struct ExtractedDocument: Sendable, Equatable {
    /// From the file's metadata.
    package var title: String?
    /// The first heading, for a document whose title says nothing.
    package var heading: String?
    package var metadata = DocumentMetadata()
    /// What the file calls its pages.
    package var labels = PageLabels()
    /// Whether the pages are the file's own. Otherwise they are parts of our making, so that none is too long to show.
    package var isPaged: Bool
    package var pages: [ExtractedPage]
    /// How a text's bytes stand for characters, in the words of HTTP; nil for other files.
    package var charset: String?
    /// What of the file is not in the pages.
    package var notes: [ReadingNote] = []

    package init(
        title: String? = nil, heading: String? = nil, metadata: DocumentMetadata = DocumentMetadata(), isPaged: Bool,
        pages: [ExtractedPage], charset: String? = nil, notes: [ReadingNote] = []
    ) {
        self.title = title
        self.heading = heading
        self.metadata = metadata
        self.isPaged = isPaged
        self.pages = pages
        self.charset = charset
        self.notes = notes
    }

    /// What a document of this text is best called; nil where nothing says it.
    func title(ofFile filename: String) -> String? {
        guard let title, TellingTitle.isName(title, ofFile: filename) else { return title }
        return heading ?? title
    }
}

/// One page's text. Paragraphs stand apart by an empty line; a heading is a paragraph of its own.
package struct ExtractedPage: Sendable, Equatable {
    /// From 1.
    package var number: Int
    package var text: String
    package var headings: [Heading]
    /// Tables, code, formulas and the like, in the order in which they begin; they may lie within one another.
    package var blocks: [TextBlock] = []
    /// The page must be read from its picture; nil where its text is all there is.
    package var picture: PagePicture?
}

/// A page whose words stand in its picture, not in the file's text.
package struct PagePicture: Sendable, Codable, Hashable {
    package enum Reason: String, Sendable, Codable {
        /// There is no text.
        case noText = "no_text"
        /// The text is stored under wrong characters.
        case garbled
        /// A picture covers nearly all of the page, and the text is a stamp at most.
        case covered
    }

    package var reason: Reason
    /// In points.
    package var width: Double
    package var height: Double
    /// What the file has as the text of a garbled page, in case it is only strange: a page of genes, or of abbreviations.
    package var layer: String?
}

/// A heading in a page's text.
package struct Heading: Sendable, Codable, Hashable {
    /// 1 is the outermost.
    package var level: Int
    package var title: String
    /// Where it begins in the page's text, in Unicode scalars.
    package var offset: Int

    package init(level: Int, title: String, offset: Int) {
        self.level = level
        self.title = title
        self.offset = offset
    }
}

/// Puts paragraphs together to a page and keeps count of where they begin.
struct PageBuilder {
    private(set) var text = ""
    private(set) var headings: [Heading] = []
    private(set) var blocks: [TextBlock] = []
    /// Unicode scalars in `text`.
    private(set) var length = 0

    var isEmpty: Bool { length == 0 }

    /// - Parameter blocks: what the paragraph is or holds, by places in `paragraph`.
    mutating func add(_ paragraph: String, headingLevel: Int? = nil, blocks: [TextBlock] = []) {
        let whole = paragraph.withoutNULs
        // The first line of code may be indented, and offsets count from it.
        let paragraph = blocks.isEmpty ? whole.trimmingSpaces() : whole
        guard paragraph.contains(where: { !$0.isWhitespace }) else {
            // A figure of which nothing is said has its place all the same.
            for var block in blocks where block.kind == .figure {
                (block.start, block.end) = (length, length)
                self.blocks.append(block)
            }
            return
        }
        if length > 0 {
            text += "\n\n"
            length += 2
        }
        if let headingLevel {
            headings.append(Heading(level: headingLevel, title: paragraph.singleLine, offset: length))
        }
        for var block in blocks {
            block.start += length
            block.end += length
            self.blocks.append(block)
        }
        text += paragraph
        length += paragraph.unicodeScalars.count
    }

    /// Marks a heading that the text itself does not have, at the top.
    mutating func addSilentHeading(_ title: String, level: Int) {
        headings.append(Heading(level: level, title: title.withoutNULs.singleLine, offset: length))
    }

    func page(_ number: Int) -> ExtractedPage { ExtractedPage(number: number, text: text, headings: headings, blocks: blocks) }
}

extension String {
    /// Without U+0000, which no database takes as text; a PDF's fonts and metadata may say it.
    var withoutNULs: String {
        utf8.contains(0) ? String(String.UnicodeScalarView(unicodeScalars.filter { $0 != "\0" })) : self
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    func trimmingSpaces() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
            return ""
        }
        return String(self[first...last])
    }

    /// Every run of white space as one space.
    var singleLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
