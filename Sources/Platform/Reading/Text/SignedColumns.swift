/// Rows whose cells a sign separates: `May:Emerald:Lily`. What has colons and is none, such as prose, times, addresses of the web, what a
/// compiler or a server says, is told by having another number of them in some line, or long cells, or a space behind some only.
struct SignedColumns {
    let sign: Character
    private(set) var rows: [[TableCell]] = []

    private static let leastRows = 3
    private static let leastColumns = 3
    /// Characters of a cell.
    private static let longest = 80

    init?(_ lines: [String]) {
        guard lines.count >= Self.leastRows else { return nil }
        for sign: Character in [":", ";", ","] {
            let rows = lines.map { $0.split(separator: sign, omittingEmptySubsequences: false) }
            guard let width = rows.first?.count, width >= Self.leastColumns, rows.allSatisfy({ $0.count == width }),
                Self.isTable(lines, rows, sign)
            else { continue }
            self.sign = sign
            self.rows = rows.map { $0.map { TableCell($0.trimmingSpaces()) } }
            return
        }
        return nil
    }

    private static func isTable(_ lines: [String], _ rows: [[Substring]], _ sign: Character) -> Bool {
        // `http://`, `std::vector` and 12:30:05 have colons within what is one.
        if sign == ":" {
            guard !lines.contains(where: { $0.contains("://") }), !rows.contains(where: { hasTime($0) || hasScope($0) }),
                rows.joined().contains(where: { $0.contains(where: \.isLetter) })
            else { return false }
        }
        // Of prose the commas have a space behind them; of 1,000 and 2,5 they have numbers around.
        if sign == "," {
            guard !lines.contains(where: { $0.contains(", ") }) else { return false }
            let isNumber = rows.allSatisfy { row in row.allSatisfy { $0.allSatisfy(\.isNumber) } }
            guard !(isNumber && rows.allSatisfy { $0.dropFirst().allSatisfy { $0.count == 3 } }) else { return false }
        }
        // All statements of a program end with it.
        if rows.allSatisfy({ $0.last?.allSatisfy(\.isWhitespace) ?? true }) { return false }
        let spaced = rows.flatMap { $0.dropFirst() }.filter { !$0.isEmpty }
        let withSpace = spaced.count { $0.first == " " }
        guard withSpace == 0 || withSpace == spaced.count else { return false }
        let cells = rows.joined()
        guard cells.allSatisfy({ $0.count <= longest }) else { return false }
        let words = cells.reduce(0) { $0 + $1.split(separator: " ").count }
        let stops = lines.count { $0.hasSuffix(".") || $0.hasSuffix("?") || $0.hasSuffix("!") }
        return words <= cells.count * 4 && stops * 3 <= lines.count
            && cells.count { $0.contains { $0.isLetter || $0.isNumber } } * 2 >= cells.count
    }

    /// `at 12:30`: a cell that ends in digits, and is not all of digits, before one that begins with two.
    private static func hasTime(_ row: [Substring]) -> Bool {
        zip(row, row.dropFirst()).contains { cell, next in
            cell.last?.isNumber == true && cell.contains { !$0.isNumber } && next.prefix(2).count == 2
                && next.prefix(2).allSatisfy(\.isNumber)
        }
    }

    /// `std::vector`: nothing between two colons, and a letter on both sides of them.
    private static func hasScope(_ row: [Substring]) -> Bool {
        row.indices.dropFirst().dropLast().contains { index in
            row[index].isEmpty && row[index - 1].last?.isLetter == true && row[index + 1].first?.isLetter == true
        }
    }
}
