/// Tables of plain texts, whose cells are apart by a sign or by their columns: “May:Emerald:Lily”.
enum PlainTable {
    /// The rows, the first of which names the columns; nil where the lines are no table.
    static func rows(of lines: [String]) -> [String]? {
        let comments = lines.prefix { $0.hasPrefix("#") || $0.hasPrefix("//") || $0.hasPrefix(";") }
        let rows = Array(lines[comments.count...])
        guard rows.count >= 4 else { return nil }
        for sign in ["\t", ":", ";", "|", "  "] {
            let cells = rows.map { cut($0, at: sign) }
            guard let width = cells.map(\.count).min(), width >= (sign == ":" ? 3 : 2), width <= 12,
                cells.count(where: { $0.count == width }) * 10 >= cells.count * 9,
                cells.allSatisfy({ $0.allSatisfy { $0.count <= 48 } && !($0.first ?? "").isEmpty })
            else { continue }
            // A comment with as many cells names the columns.
            let head = comments.map { cut(String($0.drop { "#/; ".contains($0) }), at: sign) }.first { $0.count == width }
            let body = cells.map { $0.joined(separator: " | ") }
            return [(head ?? Array(repeating: "", count: width)).joined(separator: " | ")] + body
        }
        return nil
    }

    private static func cut(_ line: String, at sign: String) -> [String] {
        var cells: [String] = []
        var rest = line.trimmed[...]
        while let range = rest.firstRange(of: sign) {
            cells.append(rest[..<range.lowerBound].trimmed)
            rest = rest[range.upperBound...]
            if sign == "  " { rest = rest.drop(while: \.isWhitespace) }
        }
        cells.append(rest.trimmed)
        return cells
    }
}
