/// A word of a line: a run of one font without a space, with its box in points from the top left corner.
struct PDFWord: Sendable {
    var text: String
    var box: PDFBox
}

struct PDFBox: Sendable {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    var width: Double { right - left }
    var height: Double { bottom - top }
    var middle: Double { (top + bottom) / 2 }

    /// Both together.
    func union(_ other: PDFBox) -> PDFBox {
        PDFBox(
            left: min(left, other.left), top: min(top, other.top), right: max(right, other.right), bottom: max(bottom, other.bottom)
        )
    }
}

/// A line of a PDF page, in points from the top left corner.
struct PDFLine: Sendable {
    /// Which way its letters stand.
    enum Direction: Sendable {
        case level
        /// Turned to the left: it runs from the bottom to the top.
        case upward
        case downward

        /// The box as it stands when the line is turned level, around the top left corner.
        func leveled(_ box: PDFBox) -> PDFBox {
            switch self {
            case .level: box
            case .upward: PDFBox(left: -box.bottom, top: box.left, right: -box.top, bottom: box.right)
            case .downward: PDFBox(left: box.top, top: -box.right, right: box.bottom, bottom: -box.left)
            }
        }
    }

    var text: String
    /// Counts the blocks of the page: lines of one block belong together.
    var block: Int
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double
    /// Of the font, in points; the line's height where the font is not known.
    var size: Double
    var isBold = false
    /// Set in letters of one width.
    var isMonospaced = false
    var direction = Direction.level
    /// As they stand on the page, from left to right; empty where they are of no more use.
    var words: [PDFWord] = []

    var middle: Double { (top + bottom) / 2 }
    var box: PDFBox { PDFBox(left: left, top: top, right: right, bottom: bottom) }
}

struct PDFPage: Sendable {
    var width: Double
    var height: Double
    /// In reading order.
    var lines: [PDFLine]
    /// What stands aside of the text: stamps in the margin, labels of an axis, writing across the page. Never a heading.
    var asides: [String] = []
    /// Whether music is written on it, whose signs are no text.
    var hasMusic = false

    /// Letters, digits and all else but white space.
    var characterCount: Int {
        lines.reduce(0) { $0 + $1.text.unicodeScalars.reduce(0) { $0 + ($1.properties.isWhitespace ? 0 : 1) } }
    }
}

/// A run of text in one font, as `pdftohtml -xml` has it.
struct PDFRun: Sendable {
    var left: Double
    var right: Double
    var top: Double
    var middle: Double
    var size: Double
    var isBold: Bool
    var isMonospaced: Bool
    /// In a font of notes and clefs.
    var isMusic = false
    var characters: Int
    var text: String

    /// `pdftohtml` gives turned text no width.
    var isTurned: Bool { right <= left }
}

/// An entry of the PDF's own table of contents.
struct PDFOutlineEntry: Sendable, Equatable {
    var level: Int
    var title: String
    /// From 1.
    var page: Int
}
