/// Sorts the lines of a table's columns into rows. A cell may take several lines, and its neighbours may stand at its top or its middle.
struct PDFTableRows {
    /// A cell: lines of one column, from the top down.
    private struct Cell {
        var lines: [PDFLine]
        var top: Double { lines.first?.top ?? 0 }
        var bottom: Double { lines.last?.bottom ?? 0 }
        var middle: Double { (top + bottom) / 2 }
        var text: String { lines.map(\.text).joined(separator: " ") }
    }

    private(set) var rows: [[String]] = []

    init(_ columns: [[PDFLine]]) {
        let sorted = columns.map { $0.sorted { ($0.top, $0.left) < ($1.top, $1.left) } }
        // The column with the fewest lines of those that have nearly all rows tells where rows are: its cells take one line each.
        let most = Self.levels(of: sorted)
        let anchor =
            sorted.indices.filter { Self.heights(of: sorted[$0]).count * 10 >= most * 4 }
            .min { (Self.heights(of: sorted[$0]).count, $0) < (Self.heights(of: sorted[$1]).count, $1) } ?? 0
        let lines = Self.joined(sorted[anchor])
        let isWrapped = sorted.contains { Self.heights(of: $0).count > lines.count }
        guard isWrapped, lines.count >= 2 else {
            rows = Self.byLine(sorted)
            return
        }
        rows = lines.map { _ in columns.map { _ in "" } }
        var anchors = lines.map { Cell(lines: $0) }
        for (index, cell) in anchors.enumerated() { rows[index][anchor] = cell.text }
        for (column, lines) in sorted.enumerated() where column != anchor {
            for cell in Self.cells(lines, rows: anchors.map { ($0.top, $0.bottom) }) {
                if cell.bottom < (anchors.first?.top ?? 0) - (anchors.first.map { $0.bottom - $0.top } ?? 0) {
                    // Above all rows: names of columns that the first column has none of.
                    rows.insert(columns.map { _ in "" }, at: 0)
                    anchors.insert(cell, at: 0)
                    rows[0][column] = cell.text
                    continue
                }
                let touching = anchors.indices.filter { anchors[$0].top < cell.bottom && anchors[$0].bottom > cell.top }
                let near = touching.isEmpty ? Array(anchors.indices) : touching
                let row = near.min { abs(anchors[$0].middle - cell.middle) < abs(anchors[$1].middle - cell.middle) } ?? 0
                rows[row][column] += (rows[row][column].isEmpty ? "" : " ") + cell.text
            }
        }
        rows.removeAll { $0.allSatisfy(\.isEmpty) }
    }

    /// Lines of one column that stand beside each other are one.
    private static func joined(_ lines: [PDFLine]) -> [[PDFLine]] {
        var out: [[PDFLine]] = []
        for line in lines {
            if let last = out.last?.last, abs(last.middle - line.middle) < line.size * 0.5 {
                out[out.count - 1].append(line)
            } else {
                out.append([line])
            }
        }
        return out
    }

    private static func heights(of lines: [PDFLine]) -> [[PDFLine]] { joined(lines) }

    private static func levels(of columns: [[PDFLine]]) -> Int { columns.map { heights(of: $0).count }.max() ?? 0 }

    /// Every height at which a line stands is a row.
    private static func byLine(_ columns: [[PDFLine]]) -> [[String]] {
        let all = columns.enumerated().flatMap { column, lines in lines.map { (column: column, line: $0) } }
            .sorted { ($0.line.middle, $0.line.left) < ($1.line.middle, $1.line.left) }
        var (rows, middle) = ([[String]](), -Double.infinity)
        for (column, line) in all {
            if line.middle - middle > line.size * 0.5 {
                rows.append(columns.map { _ in "" })
                middle = line.middle
            }
            rows[rows.count - 1][column] += (rows[rows.count - 1][column].isEmpty ? "" : " ") + line.text
        }
        return rows
    }

    /// Lines that follow each other closer than rows do are one cell; where all are as close, each is a cell of its own.
    private static func cells(_ lines: [PDFLine], rows: [(top: Double, bottom: Double)]) -> [Cell] {
        let gaps = zip(lines, lines.dropFirst()).map { $1.top - $0.bottom }.sorted()
        let pitch = zip(rows, rows.dropFirst()).map { $1.top - $0.bottom }.min() ?? 0
        var cells: [Cell] = []
        for line in lines {
            let size = line.size
            if let last = cells.last?.lines.last, let least = gaps.first, line.top - last.bottom < least + size * 0.12,
                line.top - last.bottom < pitch - size * 0.12 || line.middle - last.middle < size * 0.5
            {
                cells[cells.count - 1].lines.append(line)
            } else {
                cells.append(Cell(lines: [line]))
            }
        }
        return cells
    }
}
