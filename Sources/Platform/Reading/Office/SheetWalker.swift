import Manuscript

/// The cells of one sheet of an Excel workbook, as they are shown.
struct SheetWalker {
    private static let mostCells = 2_000_000
    private static let mostColumns = 1_000

    let strings: SheetStrings
    let formats: SheetFormats
    let since1904: Bool

    /// Rows as they stand, empty ones between included.
    func rows(of sheet: Node) -> [[String]] {
        var rows: [[String]] = []
        var cells = 0
        for row in sheet.first("x:sheetData")?.all("x:row") ?? [] {
            let number = Int(row["r"] ?? "") ?? rows.count + 1
            // Empty stretches part tables; how long they are says nothing.
            while rows.count < number - 1, rows.last?.isEmpty != true || rows.count < 1 { rows.append([]) }
            var line: [String] = []
            for cell in row.all("x:c") {
                let column = cell["r"].flatMap(Self.column) ?? line.count
                guard column < Self.mostColumns else { continue }
                while line.count < column { line.append("") }
                line.append(text(of: cell))
                cells += 1
            }
            while line.last?.isEmpty == true { line.removeLast() }
            rows.append(line)
            if cells > Self.mostCells { break }
        }
        return rows
    }

    /// `AB12` is column 27, counted from 0.
    private static func column(_ reference: String) -> Int? {
        var number = 0
        for letter in reference.utf8 {
            guard (65...90).contains(letter) else { break }
            number = number * 26 + Int(letter) - 64
            if number > 20_000 { return nil }
        }
        return number > 0 ? number - 1 : nil
    }

    private func text(of cell: Node) -> String {
        let value = cell.first("x:v")?.text ?? ""
        // A program that does not calculate leaves the formula alone.
        if value.isEmpty, let formula = cell.first("x:f")?.text.singleLine, !formula.isEmpty { return "=" + formula }
        switch cell["t"] {
        case "s": return Int(value.trimmingSpaces()).flatMap { strings[$0] }?.singleLine ?? ""
        case "inlineStr": return cell.first("x:is").map(SheetStrings.text)?.singleLine ?? ""
        case "str", "e": return value.singleLine
        case "b": return value == "1" ? "TRUE" : "FALSE"
        case "d": return value
        default: return number(value, format: formats[Int(cell["s"] ?? "") ?? 0])
        }
    }

    private func number(_ text: String, format: SheetFormats.Format) -> String {
        guard let value = Double(text) else { return text.singleLine }
        switch format {
        case .general, .text: return NumberText.plain(value)
        // Rounded for show, a number would be found no more by who knows it.
        case .number(let places):
            return places > 0 && Self.isExact(value, places)
                ? NumberText.decimal(value, places: places, trimming: false) : NumberText.plain(value)
        case .percent(let places): return NumberText.decimal(value * 100, places: max(places, 2)) + "%"
        case .date(let showsDate, let showsTime):
            guard value >= 0, value < 2_958_466 else { return NumberText.plain(value) }
            return NumberText.date(value, since1904: since1904, showsDate: showsDate, showsTime: showsTime)
        }
    }

    private static func isExact(_ value: Double, _ places: Int) -> Bool {
        Double(NumberText.decimal(value, places: places)) == Double(NumberText.plain(value))
    }
}

/// Turns the grid of a sheet into tables and texts: what empty rows part are different things.
enum SheetGrid {
    static func add(_ rows: [[String]], to builder: ManuscriptBuilder) {
        var block: [[String]] = []
        for row in rows + [[]] {
            if row.contains(where: { !$0.isEmpty }) {
                block.append(row)
            } else {
                add(block: block, to: builder)
                block = []
            }
        }
    }

    private static func add(block: [[String]], to builder: ManuscriptBuilder) {
        var block = block[...]
        // A line above the columns is what the table is called.
        while let first = block.first, block.count > 1, first.filter({ !$0.isEmpty }).count == 1,
            block.dropFirst().contains(where: { row in row.filter { !$0.isEmpty }.count > 1 })
        {
            builder.add(.caption, first.first { !$0.isEmpty } ?? "")
            block = block.dropFirst()
        }
        // Columns that are empty in all rows, mostly a margin.
        let width = block.map(\.count).max() ?? 0
        let used = (0..<width).filter { column in block.contains { column < $0.count && !$0[column].isEmpty } }
        let table = block.map { row in used.map { TableCell($0 < row.count ? row[$0] : "") } }
        builder.addTable(table, headRows: headRows(table))
    }

    /// Names above, numbers below: a first row in which no cell is a number, over a column that has some.
    static func headRows(_ table: [[TableCell]]) -> Int {
        guard table.count > 1, let first = table.first else { return 0 }
        func isNumber(_ text: String) -> Bool {
            text.contains(where: \.isNumber) && !text.contains { $0.isLetter && $0 != "E" && $0 != "e" }
        }
        let named = first.allSatisfy { !isNumber($0.text) } && first.filter { !$0.text.isEmpty }.count * 2 > first.count
        return named ? 1 : 0
    }
}
