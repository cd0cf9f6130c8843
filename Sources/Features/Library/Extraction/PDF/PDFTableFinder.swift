/// Finds the tables of a page by the white space between their columns.
struct PDFTableFinder {
    /// A line of the page that may be a cell.
    struct Cell {
        let index: Int
        let line: PDFLine
        let isNumeric: Bool
        let words: Int

        /// Long enough to be a line of running text.
        var isLong: Bool { words >= 5 && line.text.utf8.count >= 24 }

        init(_ index: Int, _ line: PDFLine) {
            (self.index, self.line) = (index, line)
            var (digits, letters, words, isIn) = (0, 0, 0, false)
            for scalar in line.text.unicodeScalars {
                if scalar.properties.isWhitespace { isIn = false } else if !isIn { (words, isIn) = (words + 1, true) }
                if scalar.properties.numericType != nil { digits += 1 } else if scalar.properties.isAlphabetic { letters += 1 }
            }
            self.words = words
            isNumeric = digits > 0 && letters <= max(2, digits / 2) || ["–", "—", "-", "−", "…", "n/a"].contains(line.text)
        }
    }

    struct Row {
        var cells: [Cell]
        var top: Double
        var bottom: Double
    }

    let page: PDFPage
    /// Lines that are something else.
    private let others: Set<Int>

    init(_ page: PDFPage, without others: Set<Int> = []) {
        self.page = page
        self.others = others
    }

    func tables() -> [PDFTable] {
        let prose = proseLines()
        let cells = page.lines.enumerated().flatMap { index, line in
            prose.contains(index) || line.text.isEmpty || others.contains(index)
                ? [] : Self.pieces(of: line).map { Cell(index, $0) }
        }
        guard cells.count >= 4 else { return [] }
        let rows = rows(of: cells)
        var tables: [PDFTable] = []
        var at = 0
        while at < rows.count {
            guard rows[at].cells.count >= 2, rows[at].cells.filter(\.isLong).count < 2 else {
                at += 1
                continue
            }
            let end = reach(of: rows, from: at)
            if let table = table(Array(rows[start(of: rows, at, before: end)..<end])) ?? table(Array(rows[at..<end])) {
                tables.append(table)
                at = end
            } else {
                at += 1
            }
        }
        return tables
    }

    /// Lines of running text, by their places on the page: no cell of a table is like them.
    private func proseLines() -> Set<Int> {
        var prose: Set<Int> = []
        for stack in stacks() {
            let lines = stack.map { page.lines[$0] }
            let characters = lines.reduce(0) { $0 + $1.text.count }
            let letters = lines.reduce(0) { $0 + $1.text.unicodeScalars.reduce(0) { $0 + ($1.properties.isAlphabetic ? 1 : 0) } }
            // A long cell takes a few lines; a column of text goes on.
            let least = lines.count == 1 ? 60 : lines.count < 4 ? 50 : 22
            if characters > lines.count * least, letters * 4 > characters * 3 {
                prose.formUnion(stack)
                // A line that was cut where its words stand far apart has its rest within the column.
                guard lines.count >= 4 else { continue }
                let box = lines.dropFirst().reduce(lines[0].box) { $0.union($1.box) }
                for (index, line) in page.lines.enumerated()
                where line.middle > box.top && line.middle < box.bottom && line.left > box.left - 2 && line.right < box.right + 2 {
                    prose.insert(index)
                }
            }
        }
        // The first line of a paragraph may stand further in, the last may be short.
        let blocks = Set(prose.map { page.lines[$0].block })
        for (index, line) in page.lines.enumerated() where blocks.contains(line.block) && line.words.count >= 5 {
            prose.insert(index)
        }
        return prose
    }

    /// Lines that begin at the same place and follow each other as closely as all of their stack do.
    private func stacks() -> [[Int]] {
        let order = page.lines.indices.sorted { (page.lines[$0].top, $0) < (page.lines[$1].top, $1) }
        var open: [[Int]] = []
        for index in order {
            let line = page.lines[index]
            let at = open.indices.last { at in
                guard let last = open[at].last.map({ page.lines[$0] }) else { return false }
                return abs(last.left - line.left) < 2 && line.top - last.bottom < line.size * 0.9 && line.middle > last.bottom
                    && abs(line.size - last.size) < line.size * 0.1
            }
            if let at { open[at].append(index) } else { open.append([index]) }
        }
        return open.flatMap { stack -> [[Int]] in
            let gaps = zip(stack, stack.dropFirst()).map { page.lines[$1].top - page.lines[$0].bottom }
            guard let least = gaps.min() else { return [stack] }
            var parts = [[stack[0]]]
            for (gap, index) in zip(gaps, stack.dropFirst()) {
                if gap > least + page.lines[index].size * 0.15 {
                    parts.append([index])
                } else {
                    parts[parts.count - 1].append(index)
                }
            }
            return parts
        }
    }

    private func rows(of cells: [Cell]) -> [Row] {
        var rows: [Row] = []
        for cell in cells.sorted(by: { ($0.line.middle, $0.line.left) < ($1.line.middle, $1.line.left) }) {
            let line = cell.line
            let height = line.bottom - line.top
            if let last = rows.last, let near = last.cells.last?.line,
                abs(near.middle - line.middle) < min(height, near.bottom - near.top) * 0.4,
                !last.cells.contains(where: { $0.line.left < line.right && $0.line.right > line.left })
            {
                rows[rows.count - 1].cells.append(cell)
                rows[rows.count - 1].bottom = max(last.bottom, line.bottom)
            } else {
                rows.append(Row(cells: [cell], top: line.top, bottom: line.bottom))
            }
        }
        return rows.map { row in
            var row = row
            row.cells.sort { $0.line.left < $1.line.left }
            return row
        }
    }

    /// The end of the rows from `start` that white space from top to bottom parts into columns.
    private func reach(of rows: [Row], from start: Int) -> Int {
        var columns = Self.spans(of: rows[start].cells, in: [])
        var most = columns.count
        var (end, next) = (start + 1, start + 1)
        while next < rows.count {
            let row = rows[next]
            let size = row.cells.map(\.line.size).max() ?? 0
            guard row.top - rows[next - 1].bottom < size * 1.8, row.cells.filter(\.isLong).count < 2 else { break }
            let joined = Self.spans(of: row.cells, in: columns)
            if row.cells.count == 1 {
                // Part of a cell that takes more than one line, or the name of the rows below; only between rows.
                guard joined.count >= columns.count else { break }
                columns = joined
                next += 1
                continue
            }
            most = max(most, row.cells.count)
            guard joined.count >= 2, joined.count >= columns.count || joined.count * 4 >= most * 3 else { break }
            columns = joined
            next += 1
            end = next
        }
        // What is left of the last cells.
        while end < rows.count, rows[end].cells.count == 1, let cell = rows[end].cells.first, continues(cell, rows[start..<end]) {
            end += 1
        }
        return end
    }

    /// The stretches from left to right that cells take, those that overlap as one.
    static func spans(of cells: [Cell], in known: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
        var spans: [ClosedRange<Double>] = []
        let all = known + cells.map { $0.line.left...max($0.line.left, $0.line.right) }
        for span in all.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = spans.last, span.lowerBound < last.upperBound + 1 {
                spans[spans.count - 1] = last.lowerBound...max(last.upperBound, span.upperBound)
            } else {
                spans.append(span)
            }
        }
        return spans
    }

    /// Whether a cell's line is one of several of a cell in these rows.
    private func continues(_ cell: Cell, _ rows: ArraySlice<Row>) -> Bool {
        !cell.isNumeric
            && rows.contains { row in
                row.cells.contains { other in
                    other.line.block == cell.line.block && other.line.left < cell.line.right && other.line.right > cell.line.left
                        && max(cell.line.top - other.line.bottom, other.line.top - cell.line.bottom) < cell.line.size * 2
                }
            }
    }

    /// Where the table begins whose rows from `first` on have several cells: lines of cells may stand above.
    private func start(of rows: [Row], _ first: Int, before end: Int) -> Int {
        var start = first
        while start > 0, rows[start - 1].cells.count == 1, let cell = rows[start - 1].cells.first,
            continues(cell, rows[start..<end])
        {
            start -= 1
        }
        return start
    }

    /// The line, or its parts where there are gaps wider than any between words.
    private static func pieces(of line: PDFLine) -> [PDFLine] {
        guard line.words.count > 1, !line.text.unicodeScalars.contains(where: VisualOrder.isRightToLeft) else { return [line] }
        var groups: [[PDFWord]] = []
        for word in line.words {
            if let last = groups.last?.last, word.box.left - last.box.right < line.size {
                groups[groups.count - 1].append(word)
            } else {
                groups.append([word])
            }
        }
        if groups.count == 1 { return [line] }
        return groups.compactMap { words in
            var piece = PDFLine(words, block: line.block)
            piece?.compose(isRightToLeft: false)
            piece?.size = line.size
            piece?.isBold = line.isBold
            return piece
        }
    }
}
