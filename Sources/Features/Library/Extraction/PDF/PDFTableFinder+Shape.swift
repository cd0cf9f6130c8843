/// Whether rows make a table, and which.
extension PDFTableFinder {
    func table(_ rows: [Row]) -> PDFTable? {
        let full = rows.filter { $0.cells.count >= 2 }
        let columns = Self.spans(of: rows.flatMap(\.cells), in: [])
        guard columns.count >= Self.spans(of: full.flatMap(\.cells), in: []).count, full.count >= 2, columns.count >= 2,
            full.count >= 3 || columns.count >= 3
        else { return nil }
        let byColumn = columns.map { column in
            rows.flatMap(\.cells).filter { $0.line.left < column.upperBound && $0.line.right > column.lowerBound }
        }
        guard isTable(byColumn, rows: full.count) else { return nil }
        let out = PDFTableRows(byColumn.map { $0.map(\.line) }).rows
        guard out.count >= 2 else { return nil }
        return PDFTable(
            lines: Set(rows.flatMap { $0.cells.map(\.index) }), rows: out, headRows: isHeaded(byColumn) ? 1 : 0)
    }

    /// Whether the first row names the columns: it is bold and the others are not, or words stand above figures.
    private func isHeaded(_ columns: [[Cell]]) -> Bool {
        let sorted = columns.map { $0.sorted { $0.line.top < $1.line.top } }
        let heads = sorted.compactMap(\.first)
        if heads.allSatisfy(\.line.isBold), !columns.joined().allSatisfy(\.line.isBold) { return true }
        return heads.allSatisfy { !$0.isNumeric } && sorted.contains { $0.count > 1 && $0.dropFirst().allSatisfy(\.isNumeric) }
    }

    /// Tells a table from columns of text, lists and formulas.
    private func isTable(_ columns: [[Cell]], rows: Int) -> Bool {
        let cells = columns.flatMap { $0 }
        let markers = cells.filter { Self.isMarker($0.line.text) }.count
        guard markers * 4 <= cells.count else { return false }
        // An index, in columns.
        let entries = cells.filter { Self.isIndexEntry($0.line.text) }.count
        guard entries * 2 <= cells.count else { return false }
        let numeric = columns.filter { $0.filter(\.isNumeric).count * 2 > $0.count }.count
        let wordy = columns.filter { $0.reduce(0) { $0 + $1.words } > $0.count * 6 }.count
        if wordy >= 2 { return false }
        if numeric > 0 { return columns.count > 2 || wordy == 0 }
        // Without figures: short cells, and nearly no gaps.
        let words = cells.reduce(0) { $0 + $1.words }
        let isFull = cells.count * 10 >= rows * columns.count * 7
        guard isFull, columns.count == 2 else { return isFull && words <= cells.count * 6 }
        // Two columns of short lines are as likely a list set in two columns, unless the first names what the second says.
        let heads = columns.compactMap { $0.min { $0.line.top < $1.line.top } }
        let isHeaded = heads.allSatisfy(\.line.isBold) && !cells.allSatisfy(\.line.isBold)
        let small = columns[0].filter { $0.line.text.first?.isLowercase ?? false }.count
        return words <= cells.count * 4 && rows >= 3 && wordy == 0
            && (isHeaded || isSpaced(columns[0]) || small * 10 <= columns[0].count * 3 && page.width < page.height)
    }

    /// Whether there is more between the lines than between those of a text.
    private func isSpaced(_ column: [Cell]) -> Bool {
        let sorted = column.map(\.line).sorted { $0.top < $1.top }
        let gaps = zip(sorted, sorted.dropFirst()).map { ($1.top - $0.bottom) / max($1.size, 1) }.sorted()
        return gaps.first.map { $0 > 0.45 } ?? false
    }

    /// `osmosis, 12`.
    private static func isIndexEntry(_ text: String) -> Bool {
        guard let comma = text.lastIndex(of: ","), let first = text.first, first.isLetter else { return false }
        let pages = text[text.index(after: comma)...]
        return pages.first == " " && pages.dropFirst().allSatisfy { $0.isNumber || "–-f.".contains($0) } && pages.count > 1
    }

    /// `•`, `1.`, `(a)`: what stands before an item of a list.
    private static func isMarker(_ text: String) -> Bool {
        guard let word = text.split(separator: " ").first else { return false }
        if ["•", "▪", "◦", "‣", "●", "■", "○", "*", "➢", "❑", "✓"].contains(word) { return true }
        guard word.count <= 4, let last = word.last, ").".contains(last), let first = word.first else { return false }
        return first == "(" || first.isNumber && word.dropLast().allSatisfy(\.isNumber) || word.count == 2 && first.isLetter
    }
}
