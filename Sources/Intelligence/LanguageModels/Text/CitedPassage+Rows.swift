/// Rows of tables that an answer tells.
extension CitedPassage {
    /// The row that a statement tells as “key — head: cell; head: cell”; nil where it tells none of this passage.
    ///
    /// Its words are more those of the head than of the row, so the words alone would find the head.
    func row(told statement: String) -> Range<Int>? {
        guard let dash = statement.firstRange(of: " — ") else { return nil }
        let key = statement[..<dash.lowerBound].trimmed
        let rest = String(statement[dash.upperBound...])
        let scalars = Array(text.unicodeScalars)
        var start = 0
        for end in scalars.indices.filter({ scalars[$0] == "\n" }) + [scalars.count] {
            defer { start = end + 1 }
            guard start < end else { continue }
            let cells = TableRow.cells(String(String.UnicodeScalarView(scalars[start..<end])))
            guard cells.count >= 2, cells[0] == key else { continue }
            if cells.dropFirst().allSatisfy({ $0.isEmpty || rest.contains($0) }) { return start..<end }
        }
        return nil
    }
}
