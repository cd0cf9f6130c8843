/// Where on a sheet something is drawn, in squares of some points: what lies close together is one drawing, whatever number of strokes it
/// is made of.
struct PDFInkMap {
    /// Points.
    private static let square = 6.0

    let sheet: PDFRectangle
    private let columns: Int
    private let rows: Int
    /// Differences: the sum over all squares before and above one tells how many boxes cover it.
    private var counts: [Int32]

    init(_ sheet: PDFRectangle) {
        self.sheet = sheet
        columns = Int(sheet.width / Self.square) + 1
        rows = Int(sheet.height / Self.square) + 1
        counts = [Int32](repeating: 0, count: (columns + 1) * (rows + 1))
    }

    mutating func add(_ box: PDFRectangle) {
        // A page's background, and the rules of a table or above footnotes, are no drawing.
        guard box.area < sheet.area * 0.85, box.width.isFinite, box.height.isFinite else { return }
        if box.height < 1.5, box.width > sheet.width * 0.3 { return }
        func column(_ x: Double) -> Int { min(max(Int((x - sheet.left) / Self.square), 0), columns - 1) }
        func row(_ y: Double) -> Int { min(max(Int((y - sheet.bottom) / Self.square), 0), rows - 1) }
        let (first, last) = (column(box.left), column(box.right) + 1)
        let (top, bottom) = (row(box.bottom), row(box.top) + 1)
        let width = columns + 1
        counts[top * width + first] += 1
        counts[top * width + last] -= 1
        counts[bottom * width + first] -= 1
        counts[bottom * width + last] += 1
    }

    /// The drawings: stretches of squares that touch, or have one free square between them.
    func stretches() -> [PDFRectangle] {
        let width = columns + 1
        var covered = [Int32](repeating: 0, count: counts.count)
        for row in 0..<rows {
            var sum: Int32 = 0
            for column in 0..<columns {
                sum += counts[row * width + column]
                covered[row * width + column] = sum + (row > 0 ? covered[(row - 1) * width + column] : 0)
            }
        }
        var found: [PDFRectangle] = []
        for start in covered.indices where covered[start] > 0 {
            var (left, right, top, bottom) = (columns, 0, rows, 0)
            var open = [start]
            covered[start] = 0
            while let at = open.popLast() {
                let (row, column) = (at / width, at % width)
                (left, right, top, bottom) = (min(left, column), max(right, column), min(top, row), max(bottom, row))
                for nextRow in max(0, row - 2)...min(rows - 1, row + 2) {
                    for nextColumn in max(0, column - 2)...min(columns - 1, column + 2) {
                        let next = nextRow * width + nextColumn
                        if covered[next] > 0 {
                            covered[next] = 0
                            open.append(next)
                        }
                    }
                }
            }
            let box = PDFRectangle(
                sheet.left + Double(left) * Self.square, sheet.bottom + Double(top) * Self.square,
                min(sheet.right, sheet.left + Double(right + 1) * Self.square),
                min(sheet.top, sheet.bottom + Double(bottom + 1) * Self.square))
            if box.width > 12, box.height > 12 { found.append(box) }
        }
        return found
    }
}
