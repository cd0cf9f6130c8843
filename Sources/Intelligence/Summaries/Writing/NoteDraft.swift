package import Questions

/// A note as it is written, line by line, each with what it rests on.
package struct NoteDraft: Sendable, Hashable {
    /// A piece of a line, and where the text says it; nil for words of the note's own.
    package struct Piece: Sendable, Hashable {
        /// As plain text.
        package var text: String
        package var origin: QuestionOrigin?
        package var isStrong: Bool

        package init(_ text: String, _ origin: QuestionOrigin? = nil, isStrong: Bool = false) {
            self.text = text
            self.origin = origin
            self.isStrong = isStrong
        }
    }

    package enum Line: Sendable, Hashable {
        /// From 1.
        case heading(Int, String)
        case paragraph([Piece])
        /// Depth from 0.
        case item(Int, [Piece])
        /// Of a table; the first row of one is its head.
        case row([[Piece]])
    }

    package var title: String
    package var lines: [Line]

    package init(title: String, lines: [Line] = []) {
        self.title = title
        self.lines = lines
    }

    /// Nothing of the text is in it.
    package var isEmpty: Bool {
        !lines.contains { line in
            switch line {
            case .heading: false
            case .paragraph(let pieces), .item(_, let pieces): pieces.contains { $0.origin != nil }
            case .row(let cells): cells.joined().contains { $0.origin != nil }
            }
        }
    }
}
