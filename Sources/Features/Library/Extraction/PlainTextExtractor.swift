/// Plain text: form feeds are page breaks; otherwise it is cut into parts between paragraphs.
enum PlainTextExtractor {
    static func extract(_ text: String) -> ExtractedDocument {
        let text = text.normalisedLineEnds
        let sheets = text.split(separator: "\u{0C}", omittingEmptySubsequences: false)
        if sheets.count > 1 {
            var pages = sheets.enumerated().map { index, sheet in
                var page = PageBuilder()
                for paragraph in paragraphs(of: sheet) { page.add(paragraph) }
                return page.page(index + 1)
            }
            if pages.last?.text.isEmpty == true { pages.removeLast() }
            return ExtractedDocument(title: nil, isPaged: true, pages: pages)
        }
        var parts = PartBuilder()
        for paragraph in paragraphs(of: text[...]) { parts.add(paragraph) }
        return ExtractedDocument(title: nil, isPaged: false, pages: parts.finish())
    }

    /// Runs of lines between empty lines.
    private static func paragraphs(of text: Substring) -> [String] {
        var paragraphs: [String] = []
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.allSatisfy(\.isWhitespace) {
                if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
                lines = []
            } else {
                lines.append(line)
            }
        }
        if !lines.isEmpty { paragraphs.append(lines.joined(separator: "\n")) }
        return paragraphs
    }
}

/// Cuts a document that has no pages into parts of readable length, before a heading if one is near.
struct PartBuilder {
    /// Unicode scalars.
    private static let enough = 4_000
    private static let most = 8_000

    private var parts: [ExtractedPage] = []
    private var open = PageBuilder()

    mutating func add(_ paragraph: String, headingLevel: Int? = nil) {
        if open.length >= (headingLevel == nil ? Self.most : Self.enough) { close() }
        open.add(paragraph, headingLevel: headingLevel)
    }

    mutating func finish() -> [ExtractedPage] {
        close()
        return parts
    }

    private mutating func close() {
        if !open.isEmpty { parts.append(open.page(parts.count + 1)) }
        open = PageBuilder()
    }
}

extension String {
    /// Lines end with LF alone; NUL and the soft hyphen, which no reader shows, are gone.
    var normalisedLineEnds: String {
        var out = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in unicodeScalars {
            switch scalar {
            case "\r": out.append("\n")
            case "\n" where afterReturn: break
            case "\0", "\u{AD}", "\u{FEFF}": break
            default: out.append(scalar)
            }
            afterReturn = scalar == "\r"
        }
        return String(out)
    }
}
