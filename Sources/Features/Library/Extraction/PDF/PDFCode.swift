/// Program code of a page: lines in letters of one width, which keep their breaks and their indentation.
struct PDFCode {
    /// Which lines of the page it is made of.
    let lines: Set<Int>
    let text: String

    static func found(on page: PDFPage) -> [PDFCode] {
        let typed = page.lines.enumerated().filter { $0.element.isMonospaced && !$0.element.text.isEmpty }
        var groups: [[(offset: Int, element: PDFLine)]] = []
        for entry in typed.sorted(by: { ($0.element.middle, $0.element.left) < ($1.element.middle, $1.element.left) }) {
            if let last = groups.last?.last?.element, entry.element.top - last.bottom < entry.element.size * 1.6 {
                groups[groups.count - 1].append(entry)
            } else {
                groups.append([entry])
            }
        }
        return groups.compactMap { group in
            let text = written(group.map(\.element))
            return text.contains("\n") ? PDFCode(lines: Set(group.map(\.offset)), text: text) : nil
        }
    }

    /// Whether the lines in letters of one width look like a program's rather than a typewriter's.
    static func isCode(_ pages: [PDFPage]) -> Bool {
        let lines = pages.flatMap { $0.lines.filter(\.isMonospaced) }
        let telling = lines.filter { line in
            line.text.last.map { ";{}:()[],\\".contains($0) } ?? false || line.text.contains(" = ") || line.text.contains("(")
        }
        return telling.count * 4 > lines.count
    }

    private static func written(_ lines: [PDFLine]) -> String {
        let (letters, width) = lines.reduce((0, 0.0)) { ($0.0 + $1.text.unicodeScalars.count, $0.1 + $1.right - $1.left) }
        guard letters > 0, width > 0, let left = lines.map(\.left).min() else { return "" }
        let step = width / Double(letters)
        var rows: [[PDFWord]] = []
        var middle = -Double.infinity
        for line in lines {
            if abs(line.middle - middle) > line.size * 0.4 { rows.append([]) }
            middle = line.middle
            rows[rows.count - 1] += line.words
        }
        return rows.map { words in
            var text = ""
            var right = left
            for word in words.sorted(by: { $0.box.left < $1.box.left }) {
                let gap = Int(((word.box.left - right) / step).rounded())
                text += String(repeating: " ", count: max(gap, 0)) + word.text
                right = word.box.right
            }
            return text
        }.joined(separator: "\n")
    }
}
