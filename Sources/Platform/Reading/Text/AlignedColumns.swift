/// Rows whose cells stand below each other, with at least two spaces between columns all the way down.
struct AlignedColumns {
    private(set) var rows: [[TableCell]] = []
    private(set) var headRows = 0

    private static let leastRows = 3
    /// Spaces between columns.
    private static let gap = 2
    private static let mostLines = 5_000

    init?(_ lines: [String]) {
        guard lines.count >= Self.leastRows, lines.count <= Self.mostLines,
            lines.allSatisfy({ $0.contains("  ") || Self.isRule($0) })
        else {
            return nil
        }
        // Tabs go to every eighth place.
        let grid = lines.map { Array(Self.untabbed($0)) }
        let ruled = lines.map(Self.isRule)
        let body = zip(grid, ruled).filter { !$0.1 }.map(\.0)
        guard body.count >= Self.leastRows, body.allSatisfy({ $0.allSatisfy { !Self.isDrawn($0) } }) else { return nil }
        let columns = Self.columns(body)
        guard columns.count >= 2 else { return nil }
        let cells = body.map { line in
            columns.map { range in
                String(line[min(range.lowerBound, line.count)..<min(range.upperBound, line.count)]).trimmingSpaces()
            }
        }
        guard Self.isTable(cells) else { return nil }
        rows = cells.map { $0.map { TableCell($0) } }
        // The head stands above a rule, or between two.
        let below = ruled[0] ? ruled.dropFirst().firstIndex(of: true).map { $0 - 1 } : ruled.firstIndex(of: true)
        if below == 1 { headRows = 1 }
    }

    /// A line of hyphens or the like, in one piece or several.
    static func isRule(_ line: String) -> Bool {
        let signs = line.filter { !$0.isWhitespace }
        return signs.count >= 3 && signs.allSatisfy { "-=_─═+".contains($0) }
    }

    /// What pictures of letters and boxes are made of.
    private static func isDrawn(_ character: Character) -> Bool { "|\\│┃─━┌┐└┘├┤".contains(character) }

    private static func untabbed(_ line: String) -> String {
        guard line.contains("\t") else { return line }
        var out = ""
        for character in line {
            if character == "\t" {
                out += String(repeating: " ", count: 8 - out.count % 8)
            } else {
                out.append(character)
            }
        }
        return out
    }

    /// Between stretches of at least two places that are blank in all lines.
    private static func columns(_ lines: [[Character]]) -> [Range<Int>] {
        let width = lines.map(\.count).max() ?? 0
        var isBlank = [Bool](repeating: true, count: width)
        for line in lines {
            for (place, character) in line.enumerated() where character != " " { isBlank[place] = false }
        }
        var columns: [Range<Int>] = []
        var place = 0
        while place < width {
            guard !isBlank[place] else {
                place += 1
                continue
            }
            var end = place
            while end < width, !(isBlank[end] && (end + 1 >= width || isBlank[end + 1])) { end += 1 }
            columns.append(place..<end)
            place = end
        }
        return columns
    }

    /// Whether these are cells, and not words of text in columns, a list of options with what they do, or code.
    private static func isTable(_ rows: [[String]]) -> Bool {
        let width = rows[0].count
        // Each row begins at the left; above, the corner may be empty.
        guard rows.dropFirst().allSatisfy({ !$0[0].isEmpty }) else { return false }
        let filled = rows.reduce(0) { $0 + $1.count { !$0.isEmpty } }
        guard filled * 10 >= rows.count * width * 7, rows.count(where: { $0.count { !$0.isEmpty } >= 2 }) == rows.count else {
            return false
        }
        let cells = rows.joined().filter { !$0.isEmpty }
        guard cells.count(where: { $0.contains { $0.isLetter || $0.isNumber } }) * 10 >= cells.count * 8 else { return false }
        let words = cells.map { $0.split(separator: " ").count }
        // Running text in columns has lines of many words, and they end in the middle of a sentence.
        guard words.reduce(0, +) <= cells.count * 4, (words.max() ?? 0) <= 14 else { return false }
        if width == 2 {
            let isWords = rows.allSatisfy { row in row.allSatisfy { $0.split(separator: " ").count <= 4 && $0.count <= 32 } }
            return isWords && !rows.contains { $0[0].hasPrefix("-") }
        }
        return true
    }
}
