/// A table of a page: lines whose places make rows and columns, though the file says nothing of either.
struct PDFTable {
    /// Which lines of the page it is made of.
    let lines: Set<Int>
    /// The line of the page at which it is to be read: the first of its lines in reading order.
    var first: Int { lines.min() ?? 0 }
    /// The cells of each row from left to right, empty where there is nothing.
    let rows: [[String]]
    /// How many of the first rows name the columns.
    let headRows: Int

    /// Cells beside each other, a row on each line.
    var text: String {
        rows.map { $0.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ").trimmingSpaces() }.joined(separator: "\n")
    }
}
