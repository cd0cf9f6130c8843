import Manuscript

/// Tables of a Word file: of data row by row; those that only place things on the page as the things.
struct WordTables {
    private let walker: WordWalker

    init(_ walker: WordWalker) { self.walker = walker }

    func add(_ node: Node) throws(ReadingFault) {
        let rows = Self.parts(of: node, "w:tr")
        let cells = rows.map { Self.parts(of: $0, "w:tc") }
        if placesOnly(cells) {
            for cell in cells.joined() where cell.path("w:tcPr", "w:vMerge") == nil || Self.startsMerge(cell) {
                try walker.blocks(of: cell)
                walker.flushCode()
            }
            return
        }
        var grid: [[TableCell]] = []
        for row in cells {
            var line: [TableCell] = []
            for cell in row {
                let properties = cell.first("w:tcPr")
                let isMerged = properties?.first("w:vMerge") != nil && !Self.startsMerge(cell)
                // What is merged downwards holds for each row.
                let above = isMerged && grid.last.map { $0.indices.contains(line.count) } == true ? grid.last?[line.count] : nil
                line.append(above ?? content(of: cell))
                let across = min(Int(properties?.first("w:gridSpan")?["val"] ?? "") ?? 1, 200)
                if across > 1 { line += Array(repeating: TableCell(""), count: across - 1) }
            }
            grid.append(line)
        }
        walker.builder.addTable(grid, headRows: headRows(rows, cells))
    }

    /// Rows or cells, also where a content control or a change that was followed up stands around them.
    private static func parts(of node: Node, _ name: String) -> [Node] {
        var found: [Node] = []
        for child in node.elements {
            if child.name == name {
                if child.path("w:trPr", "w:del") == nil { found.append(child) }
            } else if ["w:sdt", "w:sdtContent", "w:customXml", "w:ins"].contains(child.name) {
                found += parts(of: child, name)
            }
        }
        return found
    }

    private static func startsMerge(_ cell: Node) -> Bool { cell.path("w:tcPr", "w:vMerge")?["val"] == "restart" }

    private func content(of cell: Node) -> TableCell {
        var whole = InlineText()
        add(cell, to: &whole)
        return TableCell(whole)
    }

    private func add(_ node: Node, to whole: inout InlineText) {
        for child in node.elements {
            switch child.name {
            case "w:p":
                var inline = InlineText()
                let before = walker.attached.count
                WordInline(walker, style: child.path("w:pPr", "w:pStyle")?["val"]).addChildren(of: child, to: &inline)
                let boxes = takeBoxes(after: before)
                defer { for box in boxes { add(box, to: &whole) } }
                guard !inline.isBlank else { continue }
                if !whole.isBlank { whole.add(" ") }
                let style = child.path("w:pPr", "w:pStyle")?["val"]
                if let marker = walker.listMarker(child.first("w:pPr"), style: style), marker != "•" { whole.add(marker + " ") }
                whole.append(inline)
            case "w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent", "w:ins", "w:customXml": add(child, to: &whole)
            default: break
            }
        }
    }

    /// Text boxes of a cell's paragraph, which are a part of the cell.
    private func takeBoxes(after count: Int) -> [Node] {
        var boxes: [Node] = []
        walker.attached = walker.attached.enumerated().compactMap { index, each in
            guard index >= count, case .box(let node) = each else { return each }
            boxes.append(node)
            return nil
        }
        return boxes
    }

    /// One cell is a frame around a text, one column a stack of them.
    private func placesOnly(_ rows: [[Node]]) -> Bool {
        if rows.map(\.count).max() ?? 0 <= 1 { return true }
        return rows.joined().contains { cell in
            let paragraphs = cell.all("w:p")
            let texts = paragraphs.filter { $0.deep("w:t") != nil }.count
            return texts > 6 || cell.first("w:tbl") != nil
                || paragraphs.contains { walker.styles.headingLevel($0.path("w:pPr", "w:pStyle")?["val"]) ?? 0 > 0 }
        }
    }

    /// Rows that are said to be repeated on each page; else a first row in bold.
    private func headRows(_ rows: [Node], _ cells: [[Node]]) -> Int {
        let said = rows.prefix { $0.path("w:trPr", "w:tblHeader").map(WordStyles.isOn) ?? false }.count
        if said > 0 || rows.count < 2 { return said }
        let runs = cells[0].flatMap { $0.deepAll("w:r") }.filter { $0.first("w:t") != nil }
        return !runs.isEmpty && runs.allSatisfy { $0.path("w:rPr", "w:b").map(WordStyles.isOn) ?? false } ? 1 : 0
    }
}
