/// Finds the lines that stand on page after page at the same height, such as a book's title or the page number, and drops them. Lines that
/// differ in anything but the page's number say something of their page, and stay.
enum RunningHeads {
    /// The part of a page's height, at top and bottom, in which running heads stand.
    private static let margin = 0.12
    /// How far the printed page number may be from the count of pages where nothing else tells that it is one.
    private static let mostFront = 60

    static func removed(from pages: [PDFPage]) -> [PDFPage] {
        // Set larger than most lines, it is a title that comes back, as on slides.
        let sizes = pages.flatMap { $0.lines.map(\.size) }.sorted()
        let large = sizes.isEmpty ? 0 : sizes[sizes.count / 2] * 1.2
        let offsets = numbering(of: pages)
        var count: [Key: Int] = [:]
        for (index, page) in pages.enumerated() {
            let keys = page.lines.compactMap { key($0, on: page, index: index, offsets: offsets, below: large) }
            for key in Set(keys) { count[key, default: 0] += 1 }
        }
        // A chapter's title runs through its pages only; three of a kind at one height is no accident in the margin.
        let least = max(3, min(pages.count / 20, 8))
        return pages.enumerated().map { index, page in
            var page = page
            let (height, lines) = (page.height, page.lines)
            page.lines = lines.filter { line in
                if isOutside(line, height), isPageNumber(line, on: page, index: index, offsets: offsets) { return false }
                guard let key = key(line, on: page, index: index, offsets: offsets, below: large) else { return true }
                return count[key, default: 0] < least
            }
            // A page that has nothing else keeps what it has, but for its number.
            if page.lines.isEmpty {
                page.lines = lines.filter { !isPageNumber($0, on: page, index: index, offsets: offsets) }
            }
            return page
        }
    }

    private struct Key: Hashable {
        let text: String
        let height: Int
    }

    private static func isInMargin(_ line: PDFLine, _ height: Double) -> Bool {
        line.middle < height * margin || line.middle > height * (1 - margin)
    }

    private static func isOutside(_ line: PDFLine, _ height: Double) -> Bool {
        line.middle < height * 0.08 || line.middle > height * 0.92
    }

    /// The text with the page's number left out, and the height to within four points; nil outside the margins and for large type.
    private static func key(_ line: PDFLine, on page: PDFPage, index: Int, offsets: Set<Int>, below large: Double) -> Key? {
        guard line.size < large, isInMargin(line, page.height) else { return nil }
        return Key(text: withoutPageNumber(line.text, index: index, offsets: offsets), height: Int((line.middle / 4).rounded()))
    }

    // MARK: - Page numbers

    private static let words: Set<String> = [
        "page", "pages", "p", "pg", "pp", "of", "seite", "von", "s", "sur", "pagina", "página", "pág", "pag", "de", "di", "strona",
        "str",
        "sida", "side", "sivu", "стр", "страница", "из", "folio", "blatt", "頁", "页", "第", "쪽",
    ]

    /// How far printed page numbers run ahead of the count of pages: for each way of numbering one.
    ///
    /// A number that stands alone in the margin, or beside “page”, and rises with the pages is one.
    private static func numbering(of pages: [PDFPage]) -> Set<Int> {
        var count: [Int: Int] = [:]
        for (index, page) in pages.enumerated() {
            let values = page.lines.filter { isInMargin($0, page.height) }.flatMap { line -> [Int] in
                let tokens = tokens(line.text)
                guard tokens.allSatisfy({ Int($0) != nil || words.contains($0) }), tokens.count <= 4 else {
                    return tokens.count > 1 ? [tokens.first, tokens.last].compactMap { $0.flatMap { Int($0) } } : []
                }
                return tokens.prefix(2).compactMap { Int($0) }
            }
            for offset in Set(values.map { $0 - index }) { count[offset, default: 0] += 1 }
        }
        let least = max(3, pages.count / 10)
        return Set(count.filter { $0.value >= least }.keys)
    }

    private static func tokens(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// `12`, `- 12 -`, `Page 12 of 30`, `xii`: with a number that fits the page.
    private static func isPageNumber(_ line: PDFLine, on page: PDFPage, index: Int, offsets: Set<Int>) -> Bool {
        let tokens = tokens(line.text)
        guard !tokens.isEmpty, tokens.count <= 4 else { return false }
        let isWorded = tokens.contains { words.contains($0) && !["s", "p", "de", "di", "of"].contains($0) }
        guard tokens.allSatisfy({ Int($0) != nil || words.contains($0) || isRoman($0) }) else { return false }
        let numbers = tokens.compactMap { Int($0) }
        if isWorded, !numbers.isEmpty || tokens.contains(where: isRoman) { return true }
        // Beside other words on its line it may be part of a table.
        let isAlone = !page.lines.contains { other in
            other.left != line.left && abs(other.middle - line.middle) < line.size * 0.5 && Int(other.text) != nil
        }
        guard isAlone else { return false }
        if numbers.isEmpty { return tokens.count == 1 }
        guard let number = numbers.first else { return false }
        return isPage(number, index, offsets) || offsets.isEmpty && number == index + 1
    }

    /// Whether a number counts with the pages. What looks like a year is one, unless the pages are counted so.
    private static func isPage(_ number: Int, _ index: Int, _ offsets: Set<Int>) -> Bool {
        offsets.contains(number - index) && (abs(number - index) <= mostFront || !(1000...2200).contains(number))
    }

    private static func isRoman(_ token: String) -> Bool { token.utf8.count <= 6 && token.allSatisfy { "ivxlc".contains($0) } }

    /// `Cell Biology 12` is on each page alike but for the page's number; `Exercise 12` may be what the page is.
    private static func withoutPageNumber(_ text: String, index: Int, offsets: Set<Int>) -> String {
        let lower = text.lowercased()
        var parts = lower.split(separator: " ").map(String.init)
        for at in Set([0, parts.count - 1]) where parts.indices.contains(at) {
            guard let number = Int(parts[at]), isPage(number, index, offsets) else { continue }
            // A word and a number behind it: the number is as likely the word's, unless a mark stands between them.
            let isSetApart = parts.contains { ["|", "-", "–", "—", "•", "·", "/"].contains($0) }
            let neighbour = at == 0 ? parts.dropFirst().first : parts.dropLast().last
            let isWorded = neighbour.map { words.contains($0.filter(\.isLetter)) } ?? true
            if isWorded || isSetApart && abs(number - index) <= mostFront { parts[at] = "#" }
        }
        if let of = parts.firstIndex(where: { ["of", "von", "/", "de", "sur"].contains($0) }), of > 0, of + 1 < parts.count,
            let number = Int(parts[of - 1]), Int(parts[of + 1]) != nil, isPage(number, index, offsets) || number == index + 1
        {
            parts[of - 1] = "#"
        }
        return parts.joined(separator: "")
    }
}
