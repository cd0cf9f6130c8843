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
