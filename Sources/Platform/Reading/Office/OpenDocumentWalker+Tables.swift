import Manuscript

/// Tables, sheets and slides.
extension OpenDocumentWalker {
    func table(_ node: Node) {
        let head = node.first("table:table-header-rows")?.all("table:table-row").count ?? 0
        let rows = grid(of: node, keepsFormulas: true)
        builder.addTable(rows, headRows: head > 0 ? head : 0)
    }

    /// A sheet's cells as texts, for `SheetGrid`.
    func grid(of node: Node) -> [[String]] { grid(of: node, keepsFormulas: false).map { $0.map(\.text) } }

    private func grid(of node: Node, keepsFormulas: Bool) -> [[TableCell]] {
        var grid: [[TableCell]] = []
        var cells = 0
        node.visit { row in
            guard row.name == "table:table-row" else { return row.name != "table:table" && row.name != "table:shapes" }
            var line: [TableCell] = []
            for cell in row.elements where cell.name == "table:table-cell" || cell.name == "table:covered-table-cell" {
                let covered = cell.name == "table:covered-table-cell"
                let above =
                    covered && cell.children.isEmpty
                    ? grid.last.flatMap { $0.indices.contains(line.count) ? $0[line.count] : nil } : nil
                let content = keepsFormulas ? above ?? self.cell(cell) : self.cell(cell)
                // Empty cells go on to the edge of the sheet.
                let times = min(Int(cell["number-columns-repeated"] ?? "") ?? 1, content.text.isEmpty ? 1_000 : 200)
                for _ in 0..<max(1, times) { line.append(content) }
            }
            while line.last?.text.isEmpty == true { line.removeLast() }
            let times = min(Int(row["number-rows-repeated"] ?? "") ?? 1, line.isEmpty ? 1 : 200)
            for _ in 0..<max(1, times) { grid.append(line) }
            cells += line.count * max(1, times)
            return false
        }
        return cells > 2_000_000 ? Array(grid.prefix(2_000)) : grid
    }

    private func cell(_ node: Node) -> TableCell {
        var inline = InlineText()
        for paragraph in node.elements where paragraph.name.hasPrefix("text:") {
            if !inline.isBlank { inline.add(" ") }
            if paragraph.name == "text:list" {
                inline.add(paragraph.deepAll("text:p").map(\.text).joined(separator: " "))
            } else {
                inlines(of: paragraph, to: &inline)
            }
        }
        return TableCell(inline)
    }

    func slide(_ node: Node) {
        let shapes = Array(node.elements)
        for shape in shapes where shape["class"] == "title" {
            var inline = InlineText()
            for paragraph in shape.deepAll("text:p") {
                if !inline.isBlank { inline.addBreak() }
                inlines(of: paragraph, to: &inline)
            }
            builder.addHeading(inline, level: 1)
            addAttached()
        }
        for shape in shapes where shape["class"] != "title" && shape.name.hasPrefix("draw:") { block(shape) }
        for notes in node.all("presentation:notes") {
            for frame in notes.deepAll("draw:text-box") {
                for paragraph in frame.deepAll("text:p") {
                    var inline = InlineText()
                    inlines(of: paragraph, to: &inline)
                    builder.add(.note, inline)
                }
            }
        }
    }
}
