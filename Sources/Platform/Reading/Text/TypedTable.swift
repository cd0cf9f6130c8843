/// A table as it is typed in plain text: cells between bars, tabs, colons and other signs, or below each other.
struct TypedTable {
    private(set) var rows: [[TableCell]] = []
    private(set) var headRows = 0
    /// Lines above the rows that speak of them.
    private(set) var remarks: [String] = []

    /// nil if the lines are none.
    init?(_ lines: [String]) {
        let comments = lines.prefix { $0.hasPrefix("#") }.map { String($0.drop { $0 == "#" }).trimmingSpaces() }
        let body = Array(lines[comments.count...])
        guard body.count >= 2 else { return nil }
        if body.allSatisfy({ $0.contains("|") }) {
            readBars(body)
        } else if body.allSatisfy({ $0.contains("\t") && !$0.hasPrefix("\t") }) {
            readTabs(body)
        } else if let separated = SignedColumns(body) {
            rows = separated.rows
            readHead(comments, sign: separated.sign)
            return
        } else if comments.isEmpty, let aligned = AlignedColumns(body) {
            (rows, headRows) = (aligned.rows, aligned.headRows)
            if headRows == 0 { headRows = Self.numberedHead(rows) }
            return
        }
        let widths = Set(rows.map(\.count))
        guard let width = widths.max(), width > 1, widths.count == 1 else { return nil }
        remarks = comments.filter { !$0.isEmpty }
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

    /// One tab a cell, or as many as it takes to come below the others. Empty cells at the end of a row are mostly not typed.
    private mutating func readTabs(_ lines: [String]) {
        func cells(omittingEmpty: Bool) -> [[TableCell]] {
            lines.map { $0.split(separator: "\t", omittingEmptySubsequences: omittingEmpty).map { TableCell($0.trimmingSpaces()) } }
        }
        let single = cells(omittingEmpty: false)
        let several = cells(omittingEmpty: true)
        let isEven = Set(several.map(\.count)).count == 1
        let isRegular = Set(single.map(\.count)).count == 1
        let hasGap = isRegular && (single.first ?? []).indices.contains { column in single.allSatisfy { $0[column].text.isEmpty } }
        rows = isEven && (!isRegular || hasGap) ? several : single
        let width = rows.map(\.count).max() ?? 0
        guard rows.count(where: { $0.count == width }) * 2 >= rows.count else { return }
        for index in rows.indices {
            rows[index] += (rows[index].count..<width).map { _ in TableCell("") }
        }
    }

    /// A comment of as many cells names them; others are remarks.
    private mutating func readHead(_ comments: [String], sign: Character) {
        let width = rows.first?.count ?? 0
        func cells(_ comment: String) -> [String] {
            comment.split(separator: sign, omittingEmptySubsequences: false).map { $0.trimmingSpaces() }
        }
        let head = comments.lastIndex { comment in
            let cells = cells(comment)
            return cells.count == width && cells.allSatisfy { $0.contains(where: \.isLetter) && $0.count <= 40 }
        }
        remarks = comments.enumerated().filter { $0.offset != head && !$0.element.isEmpty }.map(\.element)
        if let head {
            rows.insert(cells(comments[head]).map { TableCell($0) }, at: 0)
            headRows = 1
        } else {
            headRows = Self.numberedHead(rows)
        }
    }

    /// Names over a column of numbers. Where no column has numbers, a row of names is a row like the others.
    static func numberedHead(_ rows: [[TableCell]]) -> Int {
        guard rows.count > 2, SheetGrid.headRows(rows) == 1 else { return 0 }
        let below = rows.dropFirst()
        let isNumbered = rows[0].indices.contains { column in
            below.count { $0[column].text.first.map { $0.isNumber || "-+−$€£".contains($0) } ?? false } * 10 >= below.count * 8
        }
        return isNumbered ? 1 : 0
    }
}
