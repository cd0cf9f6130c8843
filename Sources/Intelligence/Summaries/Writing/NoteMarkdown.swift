package import Questions

/// A note as Markdown, with `[n]` where it cites.
package struct NoteMarkdown: Sendable, Hashable {
    package let text: String
    /// What `[n]` stands for: the first is `[1]`.
    package let origins: [QuestionOrigin]

    package init(_ draft: NoteDraft) {
        var writer = Writer()
        var blocks: [String] = []
        var last: Shape?
        for line in draft.lines {
            let (written, shape) = writer.written(line, after: last)
            if shape.joins, shape == last, !blocks.isEmpty {
                blocks[blocks.count - 1] += "\n" + written
            } else {
                blocks.append(written)
            }
            last = shape
        }
        text = blocks.joined(separator: "\n\n")
        origins = writer.origins
    }

    private enum Shape: Equatable {
        case heading, paragraph, list, table

        /// Lines of one block.
        var joins: Bool { self == .list || self == .table }
    }

    private struct Writer {
        var origins: [QuestionOrigin] = []

        mutating func written(_ line: NoteDraft.Line, after last: Shape?) -> (String, Shape) {
            switch line {
            case .heading(let level, let text):
                return (String(repeating: "#", count: min(6, max(1, level))) + " " + NoteMarkdown.escaped(text), .heading)
            case .paragraph(let pieces): return (written(pieces), .paragraph)
            case .item(let depth, let pieces): return (String(repeating: "  ", count: depth) + "- " + written(pieces), .list)
            case .row(let cells):
                let row = "| " + cells.map { written($0).replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
                guard last != .table else { return (row, .table) }
                return (row + "\n|" + String(repeating: " --- |", count: cells.count), .table)
            }
        }

        private mutating func written(_ pieces: [NoteDraft.Piece]) -> String {
            var text = ""
            for piece in pieces {
                let words = NoteMarkdown.escaped(piece.text)
                if !text.isEmpty, !words.isEmpty, words.first.map({ ",;:.".contains($0) }) != true { text += " " }
                text += piece.isStrong ? "**\(words)**" : words
                if let origin = piece.origin { text += (text.isEmpty ? "" : " ") + marker(origin) }
            }
            return text
        }

        private mutating func marker(_ origin: QuestionOrigin) -> String {
            if let known = origins.firstIndex(where: { $0.passage == origin.passage && $0.range == origin.range }) {
                return "[\(known + 1)]"
            }
            origins.append(origin)
            return "[\(origins.count)]"
        }
    }

    /// Text of which Markdown takes nothing for a sign of its own. Formulas stay as they are.
    static func escaped(_ text: String) -> String {
        var out = ""
        var isMath = false
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            let isStart = out.isEmpty
            if character == "$" {
                // A price is no formula: one needs its end.
                if isMath {
                    isMath = false
                    out.append(character)
                } else if let end = characters[(index + 1)...].firstIndex(of: "$"), end > index + 1,
                    !characters[index + 1].isWhitespace, !characters[end - 1].isWhitespace,
                    end + 1 >= characters.count || !characters[end + 1].isNumber
                {
                    isMath = true
                    out.append(character)
                } else {
                    out += "\\$"
                }
            } else if isMath {
                out.append(character)
            } else if "\\`*_<[]~".contains(character) || isStart && "#>+-".contains(character) {
                out += "\\" + String(character)
            } else if character.isNewline {
                out.append(" ")
            } else {
                out.append(character)
            }
        }
        // `1. ` at the beginning would make a list.
        let digits = out.prefix { $0.isASCII && $0.isNumber }
        if !digits.isEmpty, let sign = out.dropFirst(digits.count).first, sign == "." || sign == ")" {
            out.insert("\\", at: out.index(out.startIndex, offsetBy: digits.count))
        }
        return out
    }
}
