/// Lines put together: which of them are one paragraph, an item, a term with what explains it.
extension PDFText {
    /// Lines that belong together, or a table or program code.
    struct Paragraph {
        var lines: [PDFLine] = []
        /// What the lines explain, which stands out to their left on a line of its own.
        var term: PDFLine?
        /// What is more than prose, with its own breaks of lines.
        var block: (text: String, kind: TextBlock.Kind, headRows: Int?)?
    }

    func paragraphs(of page: PDFPage) -> [Paragraph] {
        var paragraphs: [Paragraph] = []
        var open: [PDFLine] = []
        func close() {
            if !open.isEmpty { paragraphs.append(Paragraph(lines: open)) }
            open = []
        }
        let blocks = Dictionary(grouping: page.lines, by: \.block).mapValues { lines in
            (left: lines.map(\.left).min() ?? 0, right: lines.map(\.right).max() ?? 0)
        }
        let codes = isTypewritten ? [] : PDFCode.found(on: page)
        let coded = codes.reduce(into: Set<Int>()) { $0.formUnion($1.lines) }
        let tables = PDFTableFinder(page, without: coded).tables()
        let taken = tables.reduce(into: coded) { $0.formUnion($1.lines) }
        var starts: [Int: (text: String, kind: TextBlock.Kind, headRows: Int?)] = [:]
        for table in tables { starts[table.first] = (table.text, .table, table.headRows) }
        for code in codes { starts[code.lines.min() ?? 0] = (code.text, .code, nil) }
        for (index, line) in page.lines.enumerated() {
            if let block = starts[index] {
                close()
                paragraphs.append(Paragraph(block: block))
            }
            if taken.contains(index) { continue }
            if let previous = open.last, let block = blocks[line.block], self.starts(line, after: previous, block: block) {
                close()
            }
            open.append(line)
        }
        close()
        return definitions(Self.choicesInOrder(paragraphs), on: page)
    }

    /// Terms together with what explains them below and further in, as manuals have them. What stands farthest out is a heading.
    private func definitions(_ paragraphs: [Paragraph], on page: PDFPage) -> [Paragraph] {
        let margin = page.lines.map(\.left).min() ?? 0
        let named = Set(outline.map { Self.key($0.title) })
        var out: [Paragraph] = []
        for paragraph in paragraphs {
            guard let last = out.last, last.term == nil, last.lines.count == 1, let term = last.lines.first,
                let first = paragraph.lines.first, paragraph.block == nil, term.text.count <= 80, term.left > margin + bodySize,
                abs(term.size - bodySize) < bodySize * 0.1, first.left - term.left > bodySize,
                first.left - term.left < bodySize * 12,
                first.top > term.middle, first.top - term.bottom < bodySize * 0.4, abs(first.size - bodySize) < bodySize * 0.1,
                !first.isBold, !named.contains(Self.key(term.text)), term.text.last.map({ !".!?".contains($0) }) ?? false
            else {
                out.append(paragraph)
                continue
            }
            out[out.count - 1] = Paragraph(lines: paragraph.lines, term: term)
        }
        return out
    }

    /// `A)`, `C)`, `B)`, `D)`: choices that stand in two columns are read by their letters.
    private static func choicesInOrder(_ paragraphs: [Paragraph]) -> [Paragraph] {
        var out: [Paragraph] = []
        var run: [(letter: UInt8, paragraph: Paragraph)] = []
        func close() {
            let sorted = run.sorted { $0.letter < $1.letter }
            let follows = zip(sorted, sorted.dropFirst()).allSatisfy { $1.letter == $0.letter + 1 }
            out += (follows ? sorted : run).map(\.paragraph)
            run = []
        }
        for paragraph in paragraphs {
            guard let letter = choice(paragraph), !run.contains(where: { $0.letter == letter }) else {
                close()
                if let letter = choice(paragraph) { run.append((letter, paragraph)) } else { out.append(paragraph) }
                continue
            }
            run.append((letter, paragraph))
        }
        close()
        return out
    }

    /// The letter that a choice of a question begins with.
    private static func choice(_ paragraph: Paragraph) -> UInt8? {
        guard paragraph.block == nil, paragraph.lines.count <= 4, let text = paragraph.lines.first?.text else { return nil }
        let marker = text.utf8.prefix(4).filter { $0 != UInt8(ascii: "(") }
        guard let letter = marker.first, (65...74).contains(letter) || (97...106).contains(letter),
            marker.dropFirst().first == UInt8(ascii: ")")
        else { return nil }
        return letter | 0x20
    }

    private func starts(_ line: PDFLine, after previous: PDFLine, block: (left: Double, right: Double)) -> Bool {
        if line.block != previous.block { return !continues(line, after: previous) }
        if abs(line.size - previous.size) > bodySize * 0.12 || line.isBold != previous.isBold { return true }
        if line.top - previous.bottom > line.size * 0.9 { return true }
        if Self.startsItem(line.text) { return true }
        let indent = line.left - block.left
        let isShort = previous.right < block.right - (block.right - block.left) * 0.2
        let isEnded = previous.text.last.map { ".!?:”\"".contains($0) } ?? true
        if indent > bodySize * 0.8, indent < bodySize * 6, previous.left - block.left < bodySize * 0.5, isEnded { return true }
        return isShort && isEnded
    }

    /// A paragraph that goes on in the next block: at a column's end, or where the tool cut it.
    private func continues(_ line: PDFLine, after previous: PDFLine) -> Bool {
        let isBelow =
            abs(line.left - previous.left) < bodySize * 0.3 && line.top > previous.middle
            && line.top - previous.bottom < max(bodySize * 0.5, lineGap * 1.1) && abs(line.size - previous.size) <= bodySize * 0.06
        // The tool cuts where a raised or lowered letter makes a line higher.
        if isBelow, previous.isBold == line.isBold, previous.text.count > 30, let last = previous.text.last,
            !".!?:;”\"".contains(last),
            !Self.startsItem(line.text)
        {
            return true
        }
        guard abs(line.size - previous.size) <= bodySize * 0.06, line.isBold == previous.isBold, !previous.isBold,
            abs(line.size - bodySize) <= bodySize * 0.06, let last = previous.text.last, let first = line.text.first
        else { return false }
        return first.isLowercase && (last.isLetter || last == "-" || last == ",") && previous.text.count > 20
    }

    private static func startsItem(_ text: String) -> Bool {
        guard let word = text.split(separator: " ").first, text.contains(" ") else { return false }
        if ["•", "▪", "◦", "–", "‣", "●", "■", "○", "*", "-"].contains(word) { return true }
        guard word.count <= 4, let last = word.last, ").".contains(last), let first = word.first else { return false }
        return first.isNumber || first == "(" || word.count == 2
    }
}
