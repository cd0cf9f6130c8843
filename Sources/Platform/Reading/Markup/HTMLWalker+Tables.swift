import Manuscript

/// Tables of data, row by row; tables that only place things on the page are read as the things.
extension HTMLWalker {
    /// Cells are repeated over the rows that they span; more than that is an attack.
    private static let mostSpan = 500
    private static let mostCells = 2_000_000

    func table(_ node: Node) {
        flush()
        for caption in node.all("caption") { captions(caption) }
        var rows = Self.rows(of: node)
        rows.removeAll { isLeftOut($0) }
        guard !Self.placesOnly(node, rows: rows) else {
            for row in rows {
                for cell in row.elements {
                    flush()
                    blocks(of: cell)
                    flush()
                }
            }
            return
        }
        var notes: [Node] = []
        var grid: [[TableCell]] = []
        var spans: [Int: (left: Int, cell: TableCell)] = [:]
        var cells = 0
        for row in rows {
            var line: [TableCell] = []
            func fill() {
                while let span = spans[line.count] {
                    spans[line.count] = span.left > 1 ? (span.left - 1, span.cell) : nil
                    line.append(span.cell)
                }
            }
            for child in row.elements where child.name == "td" || child.name == "th" {
                fill()
                if isLeftOut(child) { continue }
                var inline = InlineText()
                HTMLInline(self).addChildren(of: child, to: &inline)
                notes += inline.notes
                let cell = TableCell(inline)
                let down = min(Int(child["rowspan"] ?? "") ?? 1, Self.mostSpan)
                let across = min(max(1, Int(child["colspan"] ?? "") ?? 1), Self.mostSpan)
                for column in 0..<across {
                    if down > 1 { spans[line.count] = (down - 1, column == 0 ? cell : TableCell("")) }
                    line.append(column == 0 ? cell : TableCell(""))
                }
            }
            fill()
            cells += line.count
            if cells > Self.mostCells { break }
            grid.append(line)
        }
        builder.addTable(grid, headRows: Self.headRows(of: rows))
        place(notes)
    }

    private func captions(_ node: Node) {
        var inline = InlineText()
        HTMLInline(self).addChildren(of: node, to: &inline)
        builder.add(.caption, inline)
    }

    /// Rows of the table itself, not of tables in its cells; the foot last, wherever it stands.
    private static func rows(of node: Node) -> [Node] {
        var (rows, foot) = ([Node](), [Node]())
        for child in node.elements {
            switch child.name {
            case "tr": rows.append(child)
            case "thead", "tbody": rows += child.all("tr")
            case "tfoot": foot += child.all("tr")
            default: break
            }
        }
        return rows + foot
    }

    /// The first rows that hold nothing but head cells.
    private static func headRows(of rows: [Node]) -> Int {
        rows.prefix { row in
            let cells = row.elements.filter { $0.name == "td" || $0.name == "th" }
            return !cells.isEmpty && cells.allSatisfy { $0.name == "th" }
        }.count
    }

    private static func placesOnly(_ node: Node, rows: [Node]) -> Bool {
        if node["role"] == "presentation" || node["role"] == "none" { return true }
        if node.deep("th") != nil || node.first("caption") != nil { return false }
        let cells = rows.flatMap { $0.elements.filter { $0.name == "td" } }
        if cells.count <= 1 { return true }
        let blocks: Set<String> = ["h1", "h2", "h3", "h4", "table", "pre", "article", "section"]
        return cells.contains { cell in
            var (heavy, paragraphs) = (false, 0)
            cell.visit { child in
                if blocks.contains(child.name) { heavy = true }
                if child.name == "p" { paragraphs += 1 }
                return !heavy
            }
            return heavy || paragraphs > 3 || cell.text.count > 1_500
        }
    }
}
