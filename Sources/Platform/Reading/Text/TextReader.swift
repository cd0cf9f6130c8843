import Manuscript

/// Plain text in whatever encoding: paragraphs, and code where it is written without a mark.
enum TextReader {
    static func read(_ bytes: [UInt8]) throws(ReadingFault) -> Manuscript {
        guard let charset = Charset.detect(bytes) else { throw .damaged }
        var manuscript = read(charset.decode(bytes))
        manuscript.charset = charset.label
        return manuscript
    }

    static func read(_ text: String) -> Manuscript {
        let builder = ManuscriptBuilder()
        let sheets = text.normalisedLineEnds.split(separator: "\u{0C}", omittingEmptySubsequences: false)
        if sheets.count > 1 {
            var pages = sheets.count
            if sheets.last?.allSatisfy(\.isWhitespace) == true { pages -= 1 }
            for (index, sheet) in sheets.enumerated() {
                builder.page = index + 1
                add(sheet, to: builder)
            }
            builder.page = nil
            var manuscript = builder.manuscript()
            manuscript.pageCount = pages
            return manuscript
        }
        add(sheets.first ?? "", to: builder)
        return builder.manuscript()
    }

    private static func add(_ text: Substring, to builder: ManuscriptBuilder) {
        var code: [String] = []
        func closeCode() {
            builder.addCode(code.joined(separator: "\n\n"))
            code = []
        }
        for lines in paragraphs(of: text) {
            if CodeLines.isCode(lines) {
                code.append(lines.joined(separator: "\n"))
                continue
            }
            if !code.isEmpty { closeCode() }
            if let table = TypedTable(lines) {
                builder.add(.note, table.remarks.joined(separator: "\n"))
                builder.addTable(table.rows, headRows: table.headRows)
            } else {
                builder.add(.text, LineBreaks.joined(outdented(lines)).trimmingBlankLines())
            }
        }
        if !code.isEmpty { closeCode() }
    }

    /// Without the indentation that all lines share.
    private static func outdented(_ lines: [String]) -> [String] {
        let margin = lines.map { $0.prefix { $0 == " " || $0 == "\t" }.count }.min() ?? 0
        return margin == 0 ? lines : lines.map { String($0.dropFirst(margin)) }
    }

    /// Runs of lines between empty lines.
    private static func paragraphs(of text: Substring) -> [[String]] {
        var paragraphs: [[String]] = []
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            // U+001F parts the nodes of Info files.
            if line.allSatisfy({ $0.isWhitespace || $0 == "\u{1F}" }) {
                if !lines.isEmpty { paragraphs.append(lines) }
                lines = []
            } else {
                var line = String(line)
                while line.last?.isWhitespace == true { line.removeLast() }
                lines.append(line)
            }
        }
        if !lines.isEmpty { paragraphs.append(lines) }
        return paragraphs
    }
}
