/// Finds what is written level across the text of page after page, and puts it aside: `CONFIDENTIAL` is no heading.
enum Watermarks {
    static func setAside(in pages: [PDFPage]) -> [PDFPage] {
        guard pages.count >= 2 else { return pages }
        var count: [String: Int] = [:]
        let found = pages.map { page in page.lines.indices.filter { isAcross(page.lines[$0], on: page) } }
        for (page, lines) in zip(pages, found) { for key in Set(lines.map { key(page.lines[$0]) }) { count[key, default: 0] += 1 } }
        return zip(pages, found).map { page, lines in
            let marks = lines.filter { count[key(page.lines[$0]), default: 0] * 2 > pages.count }
            guard !marks.isEmpty else { return page }
            var page = page
            page.asides += marks.map { page.lines[$0].text }
            page.lines = page.lines.enumerated().filter { !marks.contains($0.offset) }.map(\.element)
            return page
        }
    }

    /// Large letters over two lines or more of others.
    private static func isAcross(_ line: PDFLine, on page: PDFPage) -> Bool {
        guard line.text.utf8.count <= 60, line.bottom - line.top > 24 else { return false }
        var under = 0
        for other in page.lines
        where other.bottom - other.top < (line.bottom - line.top) * 0.7 && other.left < line.right && other.right > line.left {
            if other.middle > line.top, other.middle < line.bottom { under += 1 }
        }
        return under >= 2
    }

    private static func key(_ line: PDFLine) -> String { "\(line.text) \(Int(line.left / 8))" }
}
