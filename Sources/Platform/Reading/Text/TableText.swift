/// A table as lines of text while it is put together.
struct TableText {
    let width: Int
    private(set) var text = ""
    private(set) var formulas: [Int] = []
    /// Unicode scalars in `text`.
    private(set) var length = 0
    private(set) var rows = 0

    init(width: Int) { self.width = width }

    mutating func add(_ row: [TableCell]) {
        if rows > 0 { put("\n") }
        rows += 1
        for column in 0..<width {
            if column > 0 { put(" | ") }
            guard column < row.count else { continue }
            let cell = row[column].escaped()
            formulas += cell.formulas.map { $0 + length }
            put(cell.text)
        }
    }

    private mutating func put(_ piece: String) {
        text += piece
        length += piece.unicodeScalars.count
    }
}
