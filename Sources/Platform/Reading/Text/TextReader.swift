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
            if line.allSatisfy(\.isWhitespace) {
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

/// Tells a program's lines from a writer's.
enum CodeLines {
    private static let openings = [
        "def ", "class ", "import ", "from ", "function ", "var ", "let ", "const ", "public ", "private ", "static ", "#include",
        "using ",
        "package ", "func ", "fn ", "my ", "sub ", "elif ", "except ", "SELECT ", "INSERT ", "UPDATE ", "CREATE ", "#!/", "<?php",
        "template<",
    ]

    /// Whether most lines of a paragraph are code.
    static func isCode(_ lines: [String]) -> Bool {
        let marks = lines.reduce(0) { $0 + weight($1) }
        return marks >= 2 * lines.count || lines.count >= 2 && marks * 2 >= 3 * lines.count
    }

    /// 0 for a line that anyone may write, up to 3 for one that only a program has.
    private static func weight(_ line: String) -> Int {
        let text = line.trimmingSpaces()
        if text.hasSuffix(";") || text == "{" || text == "}" || text.hasSuffix("{") || text.hasPrefix("}") {
            return text.hasSuffix(";") && !text.contains("(") && !text.contains("=") && text.split(separator: " ").count > 6 ? 0 : 3
        }
        var weight = 0
        if openings.contains(where: text.hasPrefix) { weight += text.hasSuffix(".") ? 0 : 1 }
        if text.hasSuffix(":"),
            ["if ", "for ", "while ", "else", "try", "with ", "def ", "class ", "elif "].contains(where: text.hasPrefix)
        {
            weight += 2
        }
        if text.contains(" = ") || text.contains("==") || text.contains("+=") || text.contains("->") || text.contains("=>")
            || text.contains("::")
        {
            weight += 1
        }
        if hasCall(text) { weight += text.hasSuffix(")") || text.hasSuffix(":") ? 2 : 1 }
        if line.hasPrefix("    ") || line.hasPrefix("\t") { weight += 1 }
        if text.hasPrefix("return ") || text.hasPrefix("return;") || text.hasPrefix("//") || text.hasPrefix("/*") { weight += 2 }
        // Full sentences are prose, whatever stands in them.
        if text.hasSuffix("."), text.split(separator: " ").count > 5 { weight -= 2 }
        return max(0, min(3, weight))
    }

    /// `name(`, with no space between.
    private static func hasCall(_ text: String) -> Bool {
        var before: Character?
        for character in text {
            if character == "(", let before, before.isLetter || before == "_" || before.isNumber {
                let word = text.prefix { $0 != "(" }.reversed().prefix { $0.isLetter || $0 == "_" || $0 == "." || $0.isNumber }
                return word.contains("_") || word.contains(".") || text.hasSuffix(")") || text.hasSuffix(":")
            }
            before = character
        }
        return false
    }
}

/// A table as it is typed in plain text: cells between bars or tabs.
struct TypedTable {
    private(set) var rows: [[TableCell]] = []
    private(set) var headRows = 0

    /// nil if the lines are none.
    init?(_ lines: [String]) {
        guard lines.count >= 2 else { return nil }
        if lines.allSatisfy({ $0.contains("|") }) {
            readBars(lines)
        } else if lines.allSatisfy({ $0.contains("\t") && !$0.hasPrefix("\t") }) {
            rows = lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map { TableCell($0.trimmingSpaces()) } }
        }
        let widths = Set(rows.map(\.count))
        guard let width = widths.max(), width > 1, widths.count == 1 else { return nil }
        if headRows == 0 { headRows = SheetGrid.headRows(rows) }
    }

    private mutating func readBars(_ lines: [String]) {
        for (index, line) in lines.enumerated() {
            var text = line.trimmingSpaces()[...]
            if text.hasPrefix("|") { text = text.dropFirst() }
            if text.hasSuffix("|") { text = text.dropLast() }
            if text.allSatisfy({ "-:|+= ".contains($0) }) {
                if index == 1 { headRows = 1 }
                continue
            }
            rows.append(text.split(separator: "|", omittingEmptySubsequences: false).map { TableCell($0.trimmingSpaces()) })
        }
    }
}
