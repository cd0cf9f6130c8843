/// A piece of an answer, in the order in which it is read.
enum AnswerPart: Sendable, Hashable {
    /// Prose of a source.
    case text(String, source: Int)
    /// Entries with their markers.
    case list([String], source: Int)
    case code(String, source: Int)
    /// Rows, the first of which names the columns.
    case table([String], source: Int)
    /// Something is left out.
    case gap
    /// In the tutor's own words; no source says it.
    case remark(String)

    var words: Int {
        switch self {
        case .text(let text, _): TextLength.words(in: text)
        case .list(let items, _): items.reduce(0) { $0 + TextLength.words(in: $1) }
        case .code(let text, _): (TextLength.words(in: text) + 1) / 2
        case .table(let rows, _): (rows.reduce(0) { $0 + TextLength.words(in: $1) } + 1) / 2
        case .gap, .remark: 0
        }
    }

    /// The first part, and those after it while they have no more words than this in all; nothing is announced that is not shown.
    static func opening(of parts: [AnswerPart], words: Int) -> [AnswerPart] {
        var left = words
        var opening: [AnswerPart] = []
        for part in parts {
            left -= part.words
            if left < 0, opening.contains(where: { $0.words > 0 }) { break }
            opening.append(part)
        }
        while let last = opening.last, last.words == 0 { opening.removeLast() }
        return opening
    }
}

/// Writes an answer's parts as Markdown, each with the `[n]` of what it comes from.
struct AnswerPage: Sendable {
    let sources: [SourcePassage]

    func text(of parts: [AnswerPart]) -> String {
        var out: [String] = []
        for (index, part) in parts.enumerated() {
            switch part {
            case .text(let text, let source):
                out.append(Self.marked(cleaned(text, announces: Self.shows(parts, after: index)), number(source)))
            case .list(let items, let source):
                var lines = items.map(Self.item)
                if let last = lines.popLast() { lines.append(Self.marked(cleaned(last, announces: true), number(source))) }
                out.append(lines.joined(separator: "\n"))
            case .code(let text, let source):
                let fence = Self.fence(around: text)
                let isAnnounced = index > 0 && Self.isText(parts[index - 1], of: source)
                if !isAnnounced { out.append("From \(place(of: source)) [\(number(source))]:") }
                out.append("\(fence)\n\(Self.withoutIndent(text))\n\(fence)")
            case .table(let rows, let source):
                let isAnnounced = index > 0 && Self.isText(parts[index - 1], of: source)
                if !isAnnounced { out.append("From \(place(of: source)) [\(number(source))]:") }
                out.append(Self.table(rows))
            case .gap: out.append("…")
            case .remark(let text): out.append(text)
            }
        }
        // Entries that follow one another are one list.
        var text = ""
        for (index, piece) in out.enumerated() {
            let goesOn = index > 0 && piece.hasPrefix("- ") && out[index - 1].hasPrefix("- ") && !out[index - 1].contains("\n\n")
            text += (index == 0 ? "" : goesOn ? "\n" : "\n\n") + piece
        }
        return text
    }

    private func number(_ source: Int) -> Int { sources[source].number }

    private func place(of source: Int) -> String {
        let heading = sources[source].sections.first?.path.last ?? sources[source].title
        return "“\(heading)”"
    }

    private static func isText(_ part: AnswerPart, of source: Int) -> Bool {
        switch part {
        case .text(_, let other), .list(_, let other): other == source
        default: false
        }
    }

    private static func shows(_ parts: [AnswerPart], after index: Int) -> Bool {
        guard index + 1 < parts.count else { return false }
        switch parts[index + 1] {
        case .list, .code, .table: return true
        default: return false
        }
    }

    /// Without the source's own reference marks, which a reader would take for citations, and without a colon that shows nothing.
    private func cleaned(_ text: String, announces: Bool) -> String {
        var text = Discourse.withoutReferences(CitationMarkers.removed(from: text)).trimmed
        if text.hasSuffix(":"), !announces { text = text.dropLast() + "." }
        return text
    }

    /// The citation stands before the end of the sentence: “… water [2].” reads better than “… water. [2]”.
    static func marked(_ text: String, _ number: Int) -> String {
        guard let last = text.last else { return text }
        if ".!…".contains(last), !text.hasSuffix("..."), !text.hasSuffix("etc.") {
            return text.dropLast() + " [\(number)]" + String(last)
        }
        if "。！．".contains(last) { return text.dropLast() + " [\(number)]" + String(last) }
        if last == ":" { return text.dropLast() + " [\(number)]:" }
        return text + " [\(number)]"
    }

    private static func item(_ text: String) -> String {
        guard let bare = ListMarker.text(of: text) else { return "- " + text }
        guard ListMarker.isNumbered(text), let mark = text.split(separator: " ").first,
            mark.allSatisfy({ $0.isNumber || ".)".contains($0) })
        else { return "- " + bare }
        return "\(mark.filter(\.isNumber)). " + bare
    }

    private static func fence(around code: String) -> String {
        var (longest, run) = (2, 0)
        for character in code {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        return String(repeating: "`", count: longest + 1)
    }

    private static func withoutIndent(_ code: String) -> String {
        let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
        let indent = lines.filter { !$0.allSatisfy(\.isWhitespace) }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { $0.dropFirst(min(indent, $0.prefix { $0 == " " }.count)) }.joined(separator: "\n")
    }

    private static func table(_ rows: [String]) -> String {
        let cells = rows.map(TableRow.cells)
        let width = cells.map(\.count).max() ?? 0
        func line(_ row: [String]) -> String {
            "| " + (row + Array(repeating: "", count: width - row.count)).joined(separator: " | ") + " |"
        }
        guard let head = cells.first else { return "" }
        return ([line(head), "|" + String(repeating: " --- |", count: width)] + cells.dropFirst().map(line)).joined(separator: "\n")
    }
}

/// A row of a table as it is stored: cells apart by ` | `.
package enum TableRow {
    package static func cells(_ row: String) -> [String] {
        var cells: [String] = []
        var rest = row[...]
        while let range = rest.firstRange(of: " | ") {
            cells.append(rest[..<range.lowerBound].trimmed)
            rest = rest[range.upperBound...]
        }
        cells.append(rest.trimmed)
        return cells
    }

    /// “Graz — Population: 291,072; Area: 127 km²”.
    static func told(_ row: String, under head: String) -> String {
        let (cells, heads) = (cells(row), cells(head))
        guard let key = cells.first else { return row }
        let rest = cells.enumerated().dropFirst().filter { !$1.isEmpty }.map { index, cell in
            heads.indices.contains(index) && !heads[index].isEmpty ? "\(heads[index]): \(cell)" : cell
        }
        return rest.isEmpty ? key : "\(key) — \(rest.joined(separator: "; "))."
    }
}
