import Manuscript

/// Collects paragraphs and counts what is left out.
final class ManuscriptBuilder {
    private(set) var paragraphs: [Manuscript.Paragraph] = []
    private var unread: [Manuscript.Unread] = []
    /// The page in hand; nil where there are none.
    var page: Int?

    var isEmpty: Bool { paragraphs.isEmpty }

    /// Adds a paragraph unless it says nothing.
    func add(_ kind: Manuscript.Kind, _ text: String, formulas: [Int] = [], _ more: (inout Manuscript.Paragraph) -> Void = { _ in })
    {
        let text = text.normalisedLineEnds
        guard text.contains(where: { !$0.isWhitespace }) else { return }
        if kind == .text || kind == .table || kind == .item, NavigationLine.isOne(text) { return leaveOut(.boilerplate) }
        var paragraph = Manuscript.Paragraph(kind, text)
        paragraph.page = page
        if !formulas.isEmpty { paragraph.formulas = formulas }
        more(&paragraph)
        paragraphs.append(paragraph)
    }

    func add(_ kind: Manuscript.Kind, _ inline: InlineText, _ more: (inout Manuscript.Paragraph) -> Void = { _ in }) {
        var inline = inline
        let (text, formulas) = inline.finished()
        add(kind, text, formulas: formulas, more)
    }

    func addHeading(_ inline: InlineText, level: Int) {
        var inline = inline
        let (text, formulas) = inline.finished()
        // Offsets do not survive a title that is set over lines.
        add(.heading, text.singleLine, formulas: text.contains("\n") ? [] : formulas) { $0.level = level }
    }

    /// Adds an item with its marker: `B)`, `•`.
    func addItem(_ inline: InlineText, marker: String, level: Int) {
        var inline = inline
        let (text, formulas) = inline.finished()
        let count = marker.unicodeScalars.count + 1
        add(.item, "\(marker) \(text)", formulas: formulas.map { $0 + count }) { paragraph in
            paragraph.level = level
            paragraph.marker = count
        }
    }

    /// From here on a table goes on in another, below its head again, so that what is found of it says what its columns are: the size of a
    /// passage that search finds. Unicode scalars.
    private static let longTable = 1_500
    /// The same of one without a head.
    private static let longestTable = 6_000

    /// Adds a table; rows of one cell only are paragraphs.
    func addTable(_ rows: [[TableCell]], headRows: Int = 0) {
        let rows = rows.filter { row in row.contains { !$0.text.isEmpty } }
        guard let width = rows.map(\.count).max(), width > 0 else { return }
        if width == 1 {
            for row in rows { add(.text, row[0].text, formulas: row[0].formulas) }
            return
        }
        let headRows = min(headRows, rows.count)
        var table = TableText(width: width)
        for row in rows[..<headRows] { table.add(row) }
        let head = table
        let most = headRows > 0 ? Self.longTable : Self.longestTable
        for row in rows[headRows...] {
            if table.length > most, table.rows > headRows {
                add(table, headRows: headRows)
                table = head
            }
            table.add(row)
        }
        add(table, headRows: headRows)
    }

    private func add(_ table: TableText, headRows: Int) {
        add(.table, table.text, formulas: table.formulas) { if headRows > 0 { $0.headRows = headRows } }
    }

    func addCode(_ code: String, language: String? = nil) {
        add(.code, code.normalisedLineEnds.trimmingBlankLines()) { $0.language = language }
    }

    /// Takes over what a document within the document says.
    func add(_ inner: Manuscript) {
        for var paragraph in inner.paragraphs {
            paragraph.page = page
            paragraphs.append(paragraph)
        }
        for each in inner.unread { for _ in 0..<each.count { leaveOut(each.kind) } }
    }

    /// Adds a picture where it stands; what it shows is not read.
    ///
    /// - Parameters:
    ///   - picture: the file's own name of it.
    ///   - words: what the file says in its place.
    func addFigure(_ picture: String, words: String) {
        leaveOut(.picture)
        let words = words.normalisedLineEnds.singleLine
        let kind = picture.split(separator: ".").last?.lowercased() ?? ""
        guard ["png", "jpg", "jpeg", "gif", "webp"].contains(kind), picture.utf8.count <= 500 else {
            // No browser shows it; what is said of it is worth having all the same.
            return words.contains(" ") ? add(.caption, words) : ()
        }
        var paragraph = Manuscript.Paragraph(.figure, words.contains(" ") ? words : "")
        paragraph.page = page
        paragraph.picture = picture
        paragraphs.append(paragraph)
    }

    func leaveOut(_ kind: Manuscript.UnreadKind) {
        if let index = unread.firstIndex(where: { $0.kind == kind && $0.page == page }) {
            unread[index].count += 1
        } else {
            unread.append(.init(kind, page: page))
        }
    }

    func manuscript() -> Manuscript {
        var manuscript = Manuscript()
        manuscript.paragraphs = paragraphs
        manuscript.unread = unread
        return manuscript
    }
}
