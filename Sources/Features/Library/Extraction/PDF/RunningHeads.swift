/// Finds the lines that stand on page after page at the same height, such as a book's title or the page number, and drops them.
enum RunningHeads {
    /// The part of a page's height, at top and bottom, in which running heads stand.
    private static let margin = 0.12

    static func removed(from pages: [PDFPage]) -> [PDFPage] {
        guard pages.count >= 3 else { return pages }
        // Set larger than most lines, it is a title that comes back, as on slides.
        let sizes = pages.flatMap { $0.lines.map(\.size) }.sorted()
        let large = sizes.isEmpty ? 0 : sizes[sizes.count / 2] * 1.2
        var count: [Key: Int] = [:]
        for page in pages {
            for key in Set(page.lines.compactMap { key($0, on: page, below: large) }) { count[key, default: 0] += 1 }
        }
        // A chapter's title runs through its pages only; three of a kind at one height is no accident in the margin.
        let least = max(3, min(pages.count / 20, 8))
        return pages.map { page in
            var page = page
            let (height, lines) = (page.height, page.lines)
            page.lines = lines.filter { line in
                guard let key = key(line, on: page, below: large) else { return true }
                if count[key, default: 0] >= least { return false }
                return !isPageNumber(line.text) || line.middle > height * 0.08 && line.middle < height * 0.92
            }
            // A page that has nothing else keeps what it has.
            return page.lines.isEmpty && lines.count > 2 ? PDFPage(width: page.width, height: page.height, lines: lines) : page
        }
    }

    private struct Key: Hashable {
        let text: String
        let height: Int
    }

    /// The text with digits made alike, and the height to within four points; nil outside the margins and for large type.
    private static func key(_ line: PDFLine, on page: PDFPage, below large: Double) -> Key? {
        guard line.size < large else { return nil }
        guard line.middle < page.height * margin || line.middle > page.height * (1 - margin) else { return nil }
        var text = ""
        for character in line.text.lowercased() where !character.isWhitespace {
            if !character.isNumber { text.append(character) } else if text.last != "#" { text.append("#") }
        }
        return Key(text: text, height: Int((line.middle / 4).rounded()))
    }

    /// `12`, `- 12 -`, `Page 12 of 30`, `xii`.
    private static func isPageNumber(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        guard !words.isEmpty, words.count <= 4 else { return false }
        return words.allSatisfy { word in
            word.allSatisfy(\.isNumber) || ["page", "of", "p", "pg"].contains(word) || word.allSatisfy { "ivxlc".contains($0) }
        }
    }
}
