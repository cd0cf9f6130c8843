/// What stands in a cell of a table: one line.
struct TableCell {
    var text: String
    /// Start, end, start, end … in Unicode scalars.
    var formulas: [Int] = []

    init(_ text: String, formulas: [Int] = []) {
        self.text = text
        self.formulas = formulas
    }

    init(_ inline: InlineText) {
        var inline = inline
        (text, formulas) = inline.finished()
    }

    /// On one line, with bars that cannot be taken for the border of a cell: `\|` in words, `\vert` in formulas.
    func escaped() -> TableCell {
        var out = String.UnicodeScalarView()
        var moved: [Int] = []
        var length = 0
        var isFormula = false
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            while moved.count < formulas.count, formulas[moved.count] == offset {
                moved.append(length)
                isFormula.toggle()
            }
            let piece: String =
                switch scalar {
                case "|": isFormula ? "\\vert " : "\\|"
                case "\n", "\r", "\t": " "
                default: String(scalar)
                }
            out.append(contentsOf: piece.unicodeScalars)
            length += piece.unicodeScalars.count
        }
        while moved.count < formulas.count { moved.append(length) }
        return TableCell(String(out), formulas: moved)
    }
}
